"""Statements that stay with the server: same answers, same errors, and never somebody else’s rows."""

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import DataError, NotSupportedError, OperationalError, connection, transaction
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.json import Jsonb

from mediane.casework.models import Case
from mediane.casework.states import State
from mediane.kit import rowsecurity
from mediane.kit.prepared import kept, prepared
from mediane.kit.rowsecurity import Context
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.stories import a_case

# PostgreSQL plans for the values it is given five times: then the plan is that of all values.
OFTEN = 8


@prepared
def people_named(name: str) -> QuerySet[Beneficiary]:
    return Beneficiary.objects.filter(last_name=name)


@prepared
def cases_open(most: int) -> QuerySet[Case, str]:
    return Case.objects.filter(state=State.RECEIVED, version__lt=most).values_list("reference", flat=True)


@pytest.fixture
def two_cases(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    a_case(cast.awa, at)


def asked(text: str, *values: Any) -> list[tuple]:
    with kept() as cursor:
        cursor.execute(text, values)
        return cursor.fetchall()


def known_by_the_server() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [text for (text,) in cursor.fetchall()]


@pytest.mark.parametrize(
    ("type_name", "value"),
    [
        ("bool", True),
        ("smallint", 3),
        ("bigint", 3_000_000_000),
        ("text", "l’été, 'entre quotes' \\ et %s"),
        ("varchar", State.RECEIVED),
        ("bytea", b"\x00\xff'\\"),
        ("date", date(2024, 2, 29)),
        ("timestamptz", datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC)),
        ("uuid", UUID(int=7)),
        ("bigint[]", [1, 3_000_000_000]),
        ("varchar[]", ["a,b", 'guillemet "', "\\", "{}", "", "NULL", "l’é"]),
        ("varchar[]", []),
        ("date[]", [date(2024, 2, 29), None]),
        ("jsonb", Jsonb({"é": [1, None]})),
        ("numeric", 10**30),
        ("date", None),
    ],
)
def test_a_value_arrives_as_by_django(cast: Cast, type_name: str, value: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT %s::{type_name}", [value])
        expected = cursor.fetchall()
    assert asked(f"SELECT %s::{type_name}", value) == expected


@given(st.lists(st.none() | st.text(st.characters(exclude_characters="\0", codec="utf-8"))))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_of_texts_arrives_whole(cast: Cast, texts: list[str | None]) -> None:
    assert asked("SELECT %s::text[]", texts) == [(texts,)]


def test_it_is_one_statement_whatever_the_values(cast: Cast) -> None:
    for value in (1, 40_000, 3_000_000_000, None):
        asked("SELECT %s::bigint IS NULL", value)
    assert known_by_the_server().count("SELECT $1::bigint IS NULL") == 1


def test_what_never_changes_is_in_the_text_and_the_rest_is_not(cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        cases_open(41)
    (text,) = (text for text in known_by_the_server() if "casework_case" in text)
    assert "'received'" in text
    assert "41" not in text


def test_nothing_else_is_prepared(cast: Cast) -> None:
    with pytest.raises(DataError), transaction.atomic():
        asked("SELECT %s::date", "the first of May")
    for _ in range(OFTEN):
        Beneficiary.objects.filter(last_name="Morvan").first()
    assert connection.connection.prepare_threshold is None
    assert not any("Morvan" in text or "people_beneficiary" in text for text in known_by_the_server())


def test_it_is_counted_and_told_as_any_other(cast: Cast, django_assert_num_queries: Callable) -> None:
    with django_assert_num_queries(1) as seen:
        people_named("Traoré")
    assert "Traoré" in seen.captured_queries[0]["sql"]


def test_wrappers_see_it_with_its_values(cast: Cast) -> None:
    seen = []

    def listen(execute: Callable, text: str, values: Any, many: bool, context: dict) -> Any:
        seen.append((text.count("%s"), list(values)))
        return execute(text, values, many, context)

    with connection.execute_wrapper(listen):
        people_named("Traoré")
    assert seen == [(1, ["Traoré"])]


def test_its_errors_are_those_of_django(cast: Cast) -> None:
    with pytest.raises(DataError), transaction.atomic():
        asked("SELECT %s::bigint", "not a number")
    assert asked("SELECT %s::bigint", "4") == [(4,)]


def test_nothing_is_asked_in_a_broken_transaction(cast: Cast) -> None:
    with pytest.raises(TransactionManagementError), transaction.atomic():
        transaction.set_rollback(True)
        asked("SELECT 1")


def test_a_connection_that_was_cut_costs_one_answer(committed: str, cast: Cast) -> None:
    """As when the server is started again: what it had kept is gone, and given to it again."""
    assert asked("SELECT %s::int", 1) == [(1,)]
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    with pytest.raises(OperationalError):
        asked("SELECT %s::int", 2)
    connection.close_if_unusable_or_obsolete()
    assert asked("SELECT %s::int", 3) == [(3,)]


def test_a_column_altered_meanwhile_costs_one_answer(committed: str, cast: Cast) -> None:
    """Of a running application while it is migrated: the request that meets it fails, not those after it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE page (words varchar(3)); INSERT INTO page VALUES ('oui')")
    for _ in range(OFTEN):
        with transaction.atomic():
            asked("SELECT words FROM page")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE page ALTER words TYPE varchar(9)")
    with pytest.raises(NotSupportedError), transaction.atomic():
        asked("SELECT words FROM page")
    with transaction.atomic():
        assert asked("SELECT words FROM page") == [("oui",)]


def test_the_plan_of_one_person_never_shows_her_rows_to_another(cast: Cast, two_cases: None) -> None:
    """The same connection, the same statement, planned once for all: row security is of each execution."""
    for _ in range(OFTEN):
        for person in (cast.samira, cast.awa, cast.lucette):
            with rowsecurity.working_for(rowsecurity.person(person.pk)):
                own = list(Case.objects.filter(beneficiary=person).values_list("reference", flat=True))
                assert cases_open(100) == own
                assert people_named("Traoré") == ([cast.awa] if person == cast.awa else [])
    assert cases_open(100) == []


@given(order=st.lists(st.integers(0, 7), min_size=1, max_size=12))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_order_of_contexts_the_rows_are_those_of_django(
    cast: Cast, two_cases: None, order: list[int]
) -> None:
    contexts: list[Context] = [
        rowsecurity.public(),
        rowsecurity.signin(),
        rowsecurity.staff(cast.paris.pk),
        rowsecurity.staff(cast.tarn.pk),
        rowsecurity.national(cast.cnaf.pk),
        *(rowsecurity.person(one.pk) for one in (cast.samira, cast.lucette, cast.awa)),
    ]
    for number in order:
        with rowsecurity.working_for(contexts[number]):
            plain = Case.objects.filter(state=State.RECEIVED, version__lt=100)
            assert sorted(cases_open(100)) == sorted(plain.values_list("reference", flat=True))
