from django.db import migrations

QUEUE = ("procrastinate_jobs", "procrastinate_events", "procrastinate_periodic_defers", "procrastinate_workers")


class Migration(migrations.Migration):
    """The queue is written from every context and read by the worker alone: jobs hold numbers only."""

    initial = True
    dependencies = [("procrastinate", "__latest__")]
    operations = [
        migrations.RunSQL(
            f"COMMENT ON TABLE {table} IS 'application: SELECT, INSERT, UPDATE, DELETE'",
            f"COMMENT ON TABLE {table} IS NULL",
        )
        for table in QUEUE
    ]
