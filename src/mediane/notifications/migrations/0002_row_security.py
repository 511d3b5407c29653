from django.db import migrations

from mediane.kit import rowsecurity


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]
    operations = [
        rowsecurity.protect("notifications_delivery", "SELECT, INSERT", staff=rowsecurity.STAFF_ROWS),
    ]
