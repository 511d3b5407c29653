from django.db import migrations

from mediane.kit import rowsecurity


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        rowsecurity.protect(
            "journal_entry",
            "SELECT, INSERT",
            staff=rowsecurity.STAFF_ROWS,
            person=f"{rowsecurity.PERSON_ROWS} AND actor_kind = 'person' AND actor_id = beneficiary_id",
        ),
    ]
