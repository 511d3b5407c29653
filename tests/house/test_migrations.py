"""Models and tables say the same, and whoever migrates by stages is never without row security."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from mediane.kit import rowsecurity

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("mediane.")}


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(databases=["default", "owner"])
def test_what_an_app_above_protects_again_is_undone_twice() -> None:
    first = rowsecurity.protect("thing", "SELECT", upkeep_reads=rowsecurity.ALL_ROWS)
    again = rowsecurity.protect("thing", staff=rowsecurity.ALL_ROWS, upkeep_reads=rowsecurity.ALL_ROWS)
    with connections["owner"].cursor() as owner:
        owner.execute("CREATE TEMPORARY TABLE thing (id bigint)")
        for words in (first.sql, again.sql, again.reverse_sql, first.reverse_sql):
            owner.execute(words)


def test_row_security_comes_with_the_table() -> None:
    """The very migration that creates a table says who sees its rows, or that everybody may."""
    loader = MigrationLoader(None)
    forgotten = []
    for (app, name), migration in loader.disk_migrations.items():
        said = " ".join(str(getattr(operation, "sql", "")) for operation in migration.operations)
        created = [
            f"{app}_{operation.name_lower}"
            for operation in migration.operations
            if app in OURS and type(operation).__name__ == "CreateModel"
        ]
        forgotten += [f"{name}: {table}" for table in created if f"COMMENT ON TABLE {table} IS" not in said]
    assert forgotten == []
