from pathlib import Path

from django.db import migrations

from mediane.kit import rowsecurity
from mediane.kit.loading import load

FIXTURES = Path(__file__).parent.parent / "fixtures"


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("accounts", "0002_row_security")]
    operations = [
        rowsecurity.reference("organisations_organisation", "organisations_servicetarget"),
        rowsecurity.protect(
            "organisations_membership",
            staff_reads=rowsecurity.STAFF_ROWS,
            signing_in=rowsecurity.SIGNING_IN,
        ),
        migrations.RunSQL(
            "CREATE POLICY colleagues_reads ON accounts_user FOR SELECT USING (id IN (SELECT user_id"
            f" FROM organisations_membership WHERE {rowsecurity.STAFF_ROWS}))",
            "DROP POLICY colleagues_reads ON accounts_user",
        ),
        migrations.RunPython(load("organisations", FIXTURES / "cafs.json", "Organisation"), migrations.RunPython.noop),
        migrations.RunPython(load("organisations", FIXTURES / "targets.json", "ServiceTarget"), migrations.RunPython.noop),
    ]
