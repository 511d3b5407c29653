from django.db import migrations

from mediane.kit import rowsecurity


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        rowsecurity.protect(
            "people_beneficiary",
            "SELECT, INSERT, UPDATE",
            staff=rowsecurity.STAFF_ROWS,
            person_reads=f"id = {rowsecurity.BENEFICIARY}",
            signing_in=rowsecurity.SIGNING_IN,
        ),
    ]
