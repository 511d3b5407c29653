from pathlib import Path

from django.db import migrations

from mediane.kit import rowsecurity
from mediane.kit.loading import load

CATALOGUE = Path(__file__).parent.parent / "fixtures" / "catalogue.json"


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [
        rowsecurity.reference(
            "catalogue_benefit",
            "catalogue_ground",
            "catalogue_cause",
            "catalogue_channel",
            "catalogue_origin",
            "catalogue_body",
            "catalogue_reason",
        ),
        migrations.RunPython(load("catalogue", CATALOGUE), migrations.RunPython.noop),
    ]
