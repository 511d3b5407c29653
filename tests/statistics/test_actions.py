"""Figures follow the cases: what is caught up is what counting from scratch gives."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, transaction

from mediane.casework import actions as casework
from mediane.casework.actions.reclassify import Scope
from mediane.casework.models import Case, Step
from mediane.casework.states import CLOSED, Outcome, State
from mediane.imports.models import Import, PastCase
from mediane.imports.states import Kind
from mediane.imports.states import State as ImportState
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.statistics import actions
from mediane.statistics.models import Tally
from mediane.statistics.queries.counted import NETWORK, Narrowed, Place, months_of, summed, whole
from mediane.statistics.states import Axis, Population
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

AFTER_ALL = Scope(to=State.UNDER_STUDY, because="Vu autrement")
RECEIVED, MEDIATION, OUT, CONSULTED = Population
ALL_TIME = {"since": date(2020, 1, 1), "until": date(2030, 1, 1)}


def kept(cast: Cast) -> list[tuple[object, ...]]:
    rows = Tally.objects.filter(organisation=cast.paris).order_by("month", "population", "channel", "benefit")
    return list(rows.values_list("month", "population", "channel", "benefit", "counts"))


def from_scratch(cast: Cast) -> list[tuple[object, ...]]:
    actions.recount(caf=cast.paris, months=actions.every_month(cast.paris))
    return kept(cast)


def test_an_answered_request_is_received_once_and_handled_once(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        later = at + timedelta(days=40)
        casework.admit(case=case, notified_on=later.date(), by=cast.claire, at=later)
        given = {"outcome": Outcome.REVISED, "cause": "ASSESSMENT_ERROR", "grounds": ["NON_PAYMENT"]}
        said = casework.Analysis(reason="HOUSING_QUARTERLY", error_type="SOFTWARE", service="IT")
        casework.answer(case=case, analysis=said, by=cast.claire, at=later, **given)
        assert actions.catch_up(caf=cast.paris, at=later) == {date(2026, 11, 1), date(2026, 12, 1)}
        found = whole(months_of(Place(cast.paris.pk), **ALL_TIME), year=2026)
    assert found[RECEIVED][Axis.ALL] == found[MEDIATION][Axis.ALL] == {"": 1}
    assert found[MEDIATION][Axis.CAUSE] == {"ASSESSMENT_ERROR": 1}
    assert found[MEDIATION][Axis.REASON] == {"HOUSING_QUARTERLY": 1}
    assert found[MEDIATION][Axis.ERROR] == {"SOFTWARE": 1}
    assert found[MEDIATION][Axis.SERVICE] == {"IT": 1}
    assert found[MEDIATION][Axis.GROUP] == {"logement": 1}
    assert found[MEDIATION][Axis.DAYS_REPLY] == {"40": 1}
    assert found[OUT] == {}


@pytest.mark.parametrize("seed", range(12))
def test_after_any_history_catching_up_is_counting_from_scratch(cast: Cast, at: datetime, seed: int) -> None:
    chance = Random(seed)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        cases: list[Case] = []
        for _ in range(25):
            at += timedelta(hours=chance.randrange(1, 200))
            if len(cases) < 2 or chance.random() < 0.3:
                who = chance.choice((cast.samira, cast.lucette))
                cases.append(a_case(who, at, benefits=chance.sample(["APL", "RSA", "AAH"], 2)))
            else:
                something_happens(chance, cast, cases, at)
            if chance.random() < 0.4:
                actions.catch_up(caf=cast.paris, at=at)
        actions.catch_up(caf=cast.paris, at=at)
        caught_up = kept(cast)
        assert caught_up == from_scratch(cast)
        as_counted_by_hand(cast)


def test_read_at_once_or_part_by_part_the_numbers_are_the_same(cast: Cast, at: datetime, monkeypatch) -> None:
    for days in (0, 200, 900):
        a_case(cast.samira, at + timedelta(days=days))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        at_once = from_scratch(cast)
        monkeypatch.setattr(actions, "FEW", 2)
        assert from_scratch(cast) == at_once


def something_happens(chance: Random, cast: Cast, cases: list[Case], at: datetime) -> None:
    case, other = chance.sample(cases, 2)
    given = {"outcome": chance.choice(Outcome.values), "cause": "OTHER", "grounds": ["NON_PAYMENT"]}
    by = cast.claire
    moves = (
        lambda: casework.take_up(case=case, by=by, at=at),
        lambda: casework.answer(case=case, by=by, at=at, **given),
        lambda: casework.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=by, at=at),
        lambda: casework.reclassify(case=case, scope=AFTER_ALL, by=by, at=at),
        lambda: casework.reopen(case=case, because="À revoir", by=by, at=at),
        lambda: casework.withdraw(case=case, by=by, at=at),
        lambda: casework.link_as_repeat(case=case, other=other, seen_rank=0, by=by, at=at),
        lambda: casework.merge_cases(case=case, other=other, seen_rank=0, by=by, at=at),
    )
    # Not every move suits every state: the history goes on.
    with suppress(Refusal), transaction.atomic():
        chance.choice(moves)()


def as_counted_by_hand(cast: Cast) -> None:
    found = summed(months_of(Place(cast.paris.pk), **ALL_TIME).values())
    mine = Case.objects.filter(organisation=cast.paris).exclude(state=State.MERGED)
    closed = mine.filter(state__in=CLOSED)
    out = closed.filter(state__in=(State.REDIRECTED, State.INADMISSIBLE))
    expected = {RECEIVED: mine.count(), OUT: out.count(), MEDIATION: closed.count() - out.count()}
    expected[CONSULTED] = 0
    assert {name: counts.get(Axis.ALL, {}).get("", 0) for name, counts in found.items()} == expected


def test_the_network_is_the_sum_of_its_cafs_and_of_its_regions(cast: Cast, at: datetime) -> None:
    for caf, who in ((cast.paris, cast.samira), (cast.paris, cast.lucette), (cast.tarn, cast.awa)):
        a_case(who, at)
        with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
            months = actions.catch_up(caf=caf, at=at)
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        actions.add_up(months=months)
        for place, number in (
            (NETWORK, 3),
            (Place(region="Occitanie"), 1),
            (Place(region=cast.paris.network_region), 2),
        ):
            assert summed(months_of(place, **ALL_TIME).values())[RECEIVED][Axis.ALL] == {"": number}
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert months_of(Place(cast.paris.pk), **ALL_TIME) == {}
        assert summed(months_of(NETWORK, **ALL_TIME).values())[RECEIVED][Axis.ALL] == {"": 3}


def test_a_page_narrowed_twice_reads_one_row_a_month(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at, benefits=["APL", "RSA"])
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.catch_up(caf=cast.paris, at=at)
        narrowed = months_of(Place(cast.paris.pk), **ALL_TIME, by=Narrowed("ONLINE", "RSA"))
        assert summed(narrowed.values())[RECEIVED][Axis.BENEFIT] == {"APL": 1, "RSA": 1}
        nothing = months_of(Place(cast.paris.pk), **ALL_TIME, by=Narrowed("MAIL", "RSA"))
    assert nothing == {}


def test_what_a_sheet_of_the_past_brought_is_counted_until_it_is_undone(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.catch_up(caf=cast.paris, at=at)
        read = Import.objects.create(
            organisation=cast.paris,
            kind=Kind.CASES,
            shown_name="2021.csv",
            lines=1,
            read_at=at,
            taken_at=at,
            state=ImportState.TAKEN,
        )
        PastCase.objects.create(
            organisation=cast.paris,
            source=read,
            line=2,
            reference="2021-1",
            received_on=date(2021, 12, 30),
            channel="MAIL",
            benefits=["RSA"],
            ground="NON_PAYMENT",
            answered_on=date(2022, 1, 14),
        )
        actions.catch_up(caf=cast.paris, at=at)
        months = months_of(Place(cast.paris.pk), **ALL_TIME)
        assert whole(months, year=2021)[RECEIVED][Axis.ALL] == {"": 1}
        assert whole(months, year=2022)[MEDIATION][Axis.DAYS_REPLY] == {"15": 1}
        PastCase.objects.all().delete()
        read.undone_at = at
        read.save(update_fields=["undone_at"])
        actions.catch_up(caf=cast.paris, at=at)
        assert months_of(Place(cast.paris.pk), **ALL_TIME) == {}


def test_a_case_of_the_last_day_is_counted_in_the_month_lived_by_its_caf(cast: Cast) -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    a_case(cast.samira, late)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.catch_up(caf=cast.paris, at=late)
        assert list(months_of(Place(cast.paris.pk), **ALL_TIME)) == [date(2026, 12, 1)]


def test_catching_up_reads_the_index_of_what_happened(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Step.objects.filter(organisation=cast.paris, at__gt=at).values("case").explain()
    assert "step_of_a_caf" in plan
