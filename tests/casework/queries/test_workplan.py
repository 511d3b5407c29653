from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework import actions
from mediane.casework.models import Case
from mediane.casework.queries import workplan
from mediane.casework.queries.waits import listed_waits
from mediane.casework.queries.workplan import Cursor, Filters, Tab
from mediane.casework.rules.urgency import week_ends
from mediane.kit import references, rowsecurity
from mediane.referrals.models import Referral
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

TODAY = date(2026, 11, 23)


def listed(cast: Cast, tab: Tab = Tab.ALL, filters: Filters | None = None, after: Cursor | None = None):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return workplan.page(
            organisation_id=cast.paris.pk,
            user_id=cast.claire.id,
            today=TODAY,
            tab=tab,
            filters=filters or Filters(),
            after=after,
        )


def counted(cast: Cast, tab: Tab = Tab.ALL, filters: Filters | None = None) -> workplan.Counts:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return workplan.counts(
            organisation_id=cast.paris.pk,
            user_id=cast.claire.id,
            today=TODAY,
            tab=tab,
            filters=filters or Filters(),
        )


def copies(row, **differs):
    """A row like another, not saved yet."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.fields if field.name != "id"}
    return type(row)(**(values | differs))


def many(cast: Cast, like: Case, count: int, *, closed: bool = False) -> None:
    """Cases like any other, in bulk."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        referral = Referral.objects.get(pk=like.referral_id)
        sent = Referral.objects.bulk_create(
            copies(referral, reference=references.make()) for _ in range(count)
        )
        Case.objects.bulk_create(
            copies(
                like,
                referral_id=own.pk,
                reference=own.reference,
                due_on=TODAY + timedelta(days=n % 40 - 5),
                state="withdrawn" if closed else "received",
                closed_at=like.received_at + timedelta(hours=n) if closed else None,
            )
            for n, own in enumerate(sent)
        )


def in_every_tab(cast: Cast, at: datetime) -> None:
    """At least one case in each tab, some of them of another Caf."""
    a_case(cast.awa, at)
    waiting, decided = (a_studied_case(of, cast.nadia, at) for of in (cast.samira, cast.lucette))
    day = at.date()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.ask_documents(case=waiting, labels=["Bail"], due_on=day, by=cast.nadia, at=at)
        actions.await_decision(
            case=decided, body="MDPH", reason="Taux", look_again_on=TODAY, by=cast.nadia, at=at
        )
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        actions.write_to_service(case=decided, body="Bonjour", by=cast.lucette.as_actor(), at=at)
    a_studied_case(cast.samira, cast.claire, at)
    many(cast, a_case(cast.lucette, at, urgency=["eviction"]), 12)


def within_the_page(cast: Cast, tab: Tab, filters: Filters) -> tuple[int, int, int]:
    """What is late, due this week and later, counted on the list itself."""
    days = [case.due_on for case in listed(cast, tab, filters).cases]
    return (
        sum(on < TODAY for on in days),
        sum(TODAY <= on <= week_ends(TODAY) for on in days),
        sum(on > week_ends(TODAY) for on in days),
    )


@pytest.mark.parametrize("tab", [tab for tab in Tab if tab != Tab.CLOSED])
@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(urgent=True), Filters(channels=("ONLINE",), benefits=("APL", "RSA"), until=TODAY)],
)
def test_each_group_of_a_tab_counts_what_its_list_shows(
    cast: Cast, at: datetime, tab: Tab, filters: Filters
) -> None:
    in_every_tab(cast, at)
    counts = counted(cast, tab, filters)
    assert (counts.late, counts.this_week, counts.later) == within_the_page(cast, tab, filters)
    assert counts.tabs[tab] == len(listed(cast, tab).cases) > 0
    everywhere = within_the_page(cast, Tab.ALL, Filters())
    assert (counts.late_everywhere, counts.this_week_everywhere) == everywhere[:2]


def test_the_counts_are_those_of_the_lists(cast: Cast, at: datetime) -> None:
    a_case(cast.lucette, at)
    a_studied_case(cast.samira, cast.claire, at)
    a_case(cast.awa, at)
    counts = counted(cast)
    assert {tab: counts.tabs[tab] for tab in counts.tabs} == {
        tab: len(listed(cast, tab).cases) for tab in counts.tabs
    }
    assert counts.tabs[Tab.ALL] == counts.shown == 2
    assert counts.tabs[Tab.MINE] == counts.tabs[Tab.UNASSIGNED] == counts.tabs[Tab.TO_QUALIFY] == 1


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(benefits=("APL",)), 1),
        (Filters(benefits=("RSA",)), 0),
        (Filters(channels=("ONLINE",), grounds=("OVERPAYMENT_NOT_UNDERSTOOD",)), 1),
        (Filters(since=date(2026, 11, 9), until=date(2026, 11, 9)), 1),
        (Filters(until=date(2026, 11, 8)), 0),
        (Filters(urgent=True), 0),
        (Filters(causes=("OTHER",)), 0),
        (Filters(origins=("BENEFICIARY",)), 1),
        (Filters(assignees=(1, 2)), 0),
    ],
)
def test_a_filter_narrows_the_list_and_its_groups_alike(
    cast: Cast, at: datetime, filters: Filters, found: int
) -> None:
    a_case(cast.samira, at)
    assert len(listed(cast, filters=filters).cases) == found
    assert counted(cast, filters=filters).shown == found
    assert counted(cast, filters=filters).tabs[Tab.ALL] == 1


@pytest.mark.parametrize("closed", [False, True])
def test_pages_follow_each_other_without_a_gap_nor_a_repeat(cast: Cast, at: datetime, closed: bool) -> None:
    like = a_case(cast.samira, at)
    many(cast, like, 70, closed=closed)
    tab = Tab.CLOSED if closed else Tab.ALL
    seen, page = [], listed(cast, tab)
    while True:
        seen += [case.reference for case in page.cases]
        if page.next is None:
            break
        again = Cursor.read(str(page.next), closed=closed)
        assert again == page.next
        page = listed(cast, tab, after=again)
    assert len(seen) == len(set(seen)) == (70 if closed else 71)


@given(st.text(max_size=30))
def test_a_cursor_we_did_not_write_is_ignored(text: str) -> None:
    for closed in (True, False):
        cursor = Cursor.read(text, closed=closed)
        assert cursor is None or cursor.reference


@given(st.integers(0, 10**16 - 1))
def test_an_instant_survives_the_address(microseconds: int) -> None:
    moment = workplan.EPOCH + microseconds * workplan.MICROSECOND
    cursor = Cursor(moment, "K7MQ-4TRX")
    assert Cursor.read(str(cursor), closed=True) == cursor
    day = replace(cursor, key=moment.date())
    assert Cursor.read(str(day), closed=False) == day


@pytest.mark.parametrize("closed", [False, True])
def test_the_list_is_read_from_its_partial_index(
    committed: str, cast: Cast, at: datetime, closed: bool
) -> None:
    like = a_case(cast.samira, at)
    many(cast, like, 400)
    many(cast, like, 1500, closed=True)
    with connections["owner"].cursor() as owner:
        owner.execute("ANALYZE casework_case, referrals_referral, people_beneficiary")
    tab = Tab.CLOSED if closed else Tab.ALL
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with CaptureQueriesContext(connection) as captured:
            listed(cast, tab)
        (statement,) = [query["sql"] for query in captured if "ORDER BY" in query["sql"]]
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + statement)
            plan = "\n".join(row for (row,) in cursor.fetchall())
    assert ("case_closed_newest_first" if closed else "case_open_most_urgent_first") in plan
    # The inner reading, that cuts the page; of so few rows the outer one may join as it likes.
    assert "Seq Scan on casework_case u0" not in plan


def test_the_tabs_are_counted_from_the_index_alone(committed: str, cast: Cast) -> None:
    """What the row policy looks at is in the index too: no case is opened to be counted."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {workplan.COUNTING.format('count(*)')}", {"organisation": cast.paris.pk})
        plan = "\n".join(row for (row,) in cursor.fetchall())
    assert "Index Only Scan using case_open_most_urgent_first" in plan


def test_the_waits_of_a_page_are_looked_up_by_caf(committed: str, cast: Cast) -> None:
    """An index begins with the Caf: a reference alone would be tried in every one."""
    paris = cast.paris
    with rowsecurity.working_for(rowsecurity.staff(paris.pk)), CaptureQueriesContext(connection) as captured:
        listed_waits(paris, ["K7MQ-4TRX"])
    statements = [query["sql"] for query in captured]
    assert len(statements) == 2
    for statement in statements:
        assert f'"casework_case"."organisation_id" = {paris.pk}' in statement


def test_what_is_written_on_a_closed_case_is_seen_by_the_service(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        given = {"outcome": "upheld", "cause": "OTHER", "grounds": ["NON_PAYMENT"]}
        actions.answer(case=case, by=cast.claire, at=at + timedelta(days=9), **given)
    assert counted(cast).written_once_closed == ()
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        words = "Je n’ai toujours rien reçu."
        actions.write_to_service(case=case, body=words, by=cast.samira.as_actor(), at=at + timedelta(days=12))
    assert counted(cast).written_once_closed == (case.reference,)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.read_news(case=case, by=cast.amine, at=at + timedelta(days=13))
    assert counted(cast).written_once_closed == ()


def test_what_is_unread_of_closed_cases_costs_an_index(committed: str, cast: Cast, at: datetime) -> None:
    many(cast, a_case(cast.samira, at), 1500, closed=True)
    with connections["owner"].cursor() as owner:
        owner.execute("ANALYZE casework_case")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        about = {"organisation": cast.paris.pk, "user": cast.claire.id}
        for part in (workplan.MERGED_BY_OTHERS, workplan.WRITTEN_ONCE_CLOSED):
            cursor.execute(f"EXPLAIN SELECT {part}", about)
            assert "case_closed_not_read" in "\n".join(row for (row,) in cursor.fetchall())
