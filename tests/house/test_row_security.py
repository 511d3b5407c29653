"""The database alone keeps people apart: Python’s filters are taken away, and the catalogue is walked."""

from datetime import datetime

import pytest
from django.apps import apps
from django.db import connection
from django.db.utils import DatabaseError, IntegrityError

from mediane.casework import actions as casework
from mediane.casework.models import Note
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

# Without a policy because they hold no personal data: what the application may do there is all they need.
READ_BY_ALL = "SELECT"
QUEUE = {
    "procrastinate_jobs": "numbers only: written in every context, read by the worker",
    "procrastinate_events": "history of the queue",
    "procrastinate_periodic_defers": "history of the queue",
    "procrastinate_workers": "heartbeats",
}

# Of a Caf, and of nobody: its public page says them. Only who decides of them writes.
TOLD_TO_ALL = {"organisations_opening", "mailroom_mailpolicy"}
# Of a Caf, or national and read by all: triggers hold what composite keys would (tests/correspondence).
TOLD_TO_ALL |= {"correspondence_lettertemplate"}


def sql(query: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall() if cursor.description else []


def protected_tables() -> list[str]:
    rows = sql(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
        " AND a.attname = 'organisation_id' AND c.relrowsecurity ORDER BY 1"
    )
    return [name for (name,) in rows if name not in TOLD_TO_ALL]


@pytest.mark.django_db
def test_a_new_table_without_a_policy_fails() -> None:
    rows = sql(
        "SELECT relname, relrowsecurity AND relforcerowsecurity,"
        " array_to_string(ARRAY(SELECT privilege_type FROM information_schema.role_table_grants"
        " WHERE table_name = relname AND grantee = current_user ORDER BY 1), ', ')"
        " FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'm', 'v')"
    )
    open_tables = {name: granted for name, is_forced, granted in rows if not is_forced and granted}
    assert {
        name: granted for name, granted in open_tables.items() if granted != READ_BY_ALL
    }.keys() == QUEUE.keys()


@pytest.mark.django_db
def test_the_application_owns_nothing_and_bypasses_nothing() -> None:
    assert sql("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]
    assert sql("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False, False)]
    assert sql(
        "SELECT count(*) FROM information_schema.role_table_grants"
        " WHERE grantee = current_user AND privilege_type = 'TRUNCATE'"
    ) == [(0,)]


@pytest.mark.django_db
def test_every_key_between_tables_of_a_caf_carries_the_caf() -> None:
    """Checks of plain foreign keys bypass row-level security: the neighbour’s row would be accepted."""
    tables = protected_tables()
    plain = sql(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
        " AND conrelid::regclass::text = ANY(%s) AND confrelid::regclass::text = ANY(%s)"
        " AND array_length(conkey, 1) = 1",
        tables,
        tables,
    )
    assert plain == []
    carried = {
        (table, column)
        for table, column in sql(
            "SELECT conrelid::regclass::text, a.attname FROM pg_constraint"
            " JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[2]"
            " WHERE contype = 'f' AND array_length(conkey, 1) = 2"
        )
    }
    wanted = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and model._meta.db_table in tables
        and field.related_model._meta.db_table in tables
    }
    assert wanted <= carried


def test_without_any_filter_a_caf_sees_no_row_of_another(cast: Cast, at: datetime) -> None:
    a_studied_case(cast.samira, cast.claire, at)
    a_studied_case(cast.awa, cast.remi, at)
    seen = {}
    for caf in (cast.paris, cast.tarn):
        with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
            for table in protected_tables():
                foreign = sql(f"SELECT count(*) FROM {table} WHERE organisation_id <> %s", caf.pk)
                assert foreign == [(0,)], table
                seen[table, caf.code] = sql(f"SELECT count(*) FROM {table}")[0][0]
    assert seen["casework_case", "75"] == seen["casework_case", "82"] == 1
    assert seen["casework_step", "82"] == 3


def test_without_any_filter_a_person_sees_no_row_of_another(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    a_case(cast.lucette, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        for table in (
            "casework_case",
            "referrals_referral",
            "documents_sealingkey",
            "complaints_priorcomplaint",
        ):
            assert sql(f"SELECT DISTINCT beneficiary_id FROM {table}") == [(cast.samira.pk,)], table
        for table in ("casework_step", "casework_deadline"):
            mine = sql(f"SELECT DISTINCT case_id IN (SELECT id FROM casework_case) FROM {table}")
            assert mine == [(True,)], table


def test_a_person_never_sees_private_notes_nor_the_work_behind(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.note(case=case, text="Reste 614,20 € d’indu fondé.", by=cast.claire, at=at)
        casework.read_news(case=case, by=cast.claire, at=at)
        assert Note.objects.count() == 1
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert Note.objects.count() == 0
        assert sql("SELECT count(*) FROM casework_step WHERE NOT is_shared") == [(0,)]
        assert sql("SELECT count(*) FROM journal_entry WHERE actor_kind <> 'person'") == [(0,)]
        assert sql("SELECT count(*) FROM accounts_user") == [(0,)]


def test_outside_a_context_nothing_is_seen(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.public()):
        for table in protected_tables():
            assert sql(f"SELECT count(*) FROM {table}") == [(0,)], table


def test_a_row_cannot_be_written_for_another_caf(cast: Cast, at: datetime) -> None:
    case = a_case(cast.awa, at)
    with pytest.raises(DatabaseError, match="row-level security"):
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            Note.objects.create(
                organisation=cast.tarn, case=case, sealed=b"x", author="Claire Vasseur", written_at=at
            )


def test_a_row_cannot_point_at_a_neighbour_s(cast: Cast, at: datetime) -> None:
    case = a_case(cast.awa, at)
    with pytest.raises(IntegrityError, match="same_caf"):
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            Note.objects.create(
                organisation=cast.paris, case=case, sealed=b"x", author="Claire Vasseur", written_at=at
            )
            sql("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_context_ends_with_its_block_and_needs_a_transaction(cast: Cast) -> None:
    setting = "SELECT current_setting('mediane.organisation', true)"
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
            assert sql(setting) == [("",)]
        assert sql(setting) == [(str(cast.paris.pk),)]
    assert sql(setting) == [("",)]


def test_a_context_is_refused_outside_a_transaction(committed: str) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        rowsecurity.set_for_transaction(rowsecurity.public())
