from django.db import migrations

from mediane.kit import rowsecurity


class Migration(migrations.Migration):
    dependencies = [
        ("complaints", "0001_initial"),
        ("people", "0002_row_security"),
        ("documents", "0002_row_security"),
    ]
    operations = [
        rowsecurity.protect(
            "complaints_priorcomplaint", staff=rowsecurity.STAFF_ROWS, person=rowsecurity.PERSON_ROWS
        ),
        rowsecurity.same_tenant("complaints_priorcomplaint", "beneficiary_id", "people_beneficiary"),
        rowsecurity.same_tenant("complaints_priorcomplaint", "proof_id", "documents_document"),
    ]
