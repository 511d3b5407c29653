from django.db import migrations

from mediane.kit import rowsecurity


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial"), ("organisations", "0002_row_security")]
    operations = [
        rowsecurity.protect(
            "documents_sealingkey", staff=rowsecurity.STAFF_ROWS, person=rowsecurity.PERSON_ROWS
        ),
        rowsecurity.protect("documents_document", staff=rowsecurity.STAFF_ROWS, person=rowsecurity.PERSON_ROWS),
        rowsecurity.same_tenant("documents_document", "key_id", "documents_sealingkey"),
    ]
