from django.db import migrations

from mediane.kit import rowsecurity


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("sessions", "0001_initial")]
    operations = [
        rowsecurity.protect(
            "accounts_user",
            "SELECT, INSERT, UPDATE",
            signing_in=rowsecurity.SIGNING_IN,
        ),
        # A session is found by its random key before anybody is known; it holds numbers only.
        rowsecurity.protect("django_session", sessions="true"),
    ]
