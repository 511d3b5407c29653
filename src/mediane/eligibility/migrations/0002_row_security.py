from pathlib import Path

from django.db import migrations

from mediane.kit import rowsecurity
from mediane.kit.loading import load

POLICIES = Path(__file__).parent.parent / "fixtures" / "policies.json"


class Migration(migrations.Migration):
    dependencies = [("eligibility", "0001_initial"), ("people", "0002_row_security")]
    operations = [
        rowsecurity.reference("eligibility_eligibilitypolicy"),
        rowsecurity.protect(
            "eligibility_eligibilitycheck",
            "SELECT, INSERT, UPDATE",
            staff=rowsecurity.STAFF_ROWS,
            person=rowsecurity.PERSON_ROWS,
        ),
        rowsecurity.same_tenant("eligibility_eligibilitycheck", "beneficiary_id", "people_beneficiary"),
        migrations.RunPython(load("eligibility", POLICIES, "EligibilityPolicy"), migrations.RunPython.noop),
    ]
