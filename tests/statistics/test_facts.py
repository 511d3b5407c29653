"""What a request is counted by: as the person said it, and as the reply that stands says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from mediane.casework import actions as casework
from mediane.casework.actions.reclassify import Scope
from mediane.casework.models import Case, Closing
from mediane.casework.queries.effects import running
from mediane.casework.queries.motives import cases_with_cause, cases_with_ground
from mediane.casework.states import Outcome, State
from mediane.exports.models import Export
from mediane.exports.queries import next_cases
from mediane.findings.queries.pack import pack_of
from mediane.kit import rowsecurity
from mediane.referrals.rules import Arrival
from mediane.statistics.queries.facts import facts_of
from mediane.statistics.rules.facts import Fact
from mediane.statistics.states import Axis, Population
from tests.cast import Cast
from tests.stories import PLAIN, a_case, a_studied_case
from tests.transfers.moving import packed, taken_in

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 1)
FOUND = casework.Analysis(reason="HOUSING_QUARTERLY", error_type="SOFTWARE", service="IT")


@dataclass
class Paris:
    cast: Cast

    def facts(self) -> list[Fact]:
        return facts_of(self.cast.paris, FIRST, LAST)

    def answered(self, case: Case, at: datetime, **differs: object) -> None:
        given = {"outcome": Outcome.REVISED, "cause": "ASSESSMENT_ERROR", "grounds": ["DELAY"]}
        casework.answer(case=case, analysis=FOUND, by=self.cast.claire, at=at, **given | differs)


@pytest.fixture
def paris(cast: Cast) -> Iterator[Paris]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield Paris(cast)


def values(fact: Fact, population: Population, axis: Axis) -> list[str]:
    return [value for one, value in fact.marks(population) if one is axis]


def test_a_letter_entered_three_days_later_took_three_days(paris: Paris, cast: Cast, at: datetime) -> None:
    arrival = Arrival(channel="MAIL", origin="ELECTED", received_on=(at - 3 * DAY).date(), entry_key=uuid4())
    entry = casework.Entry(arrival=arrival, typed=PLAIN)
    case = casework.register(entry=entry, of=cast.samira, by=cast.nadia, at=at)
    casework.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    assert [fact.days[Axis.DAYS_ENTRY] for fact in paris.facts()] == [3]


def test_a_request_sent_online_is_entered_the_same_day(paris: Paris, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    casework.withdraw(case=case, by=cast.nadia, at=at + DAY)
    assert [fact.days[Axis.DAYS_ENTRY] for fact in paris.facts()] == [0]


def test_what_another_caf_sent_was_entered_there(cast: Cast, at: datetime) -> None:
    parcel = packed(a_studied_case(cast.samira, cast.claire, at), cast, at + 30 * DAY)
    case = taken_in(parcel, cast, at + 31 * DAY)
    assert case is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        casework.withdraw(case=case, by=cast.remi, at=at + 32 * DAY)
        (fact,) = facts_of(cast.tarn, FIRST, LAST)
    assert Axis.DAYS_ENTRY not in fact.days


def test_grounds_are_received_as_said_and_handled_as_confirmed(
    paris: Paris, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at, grounds=["NON_PAYMENT", "DELAY"])
    paris.answered(case, at + 9 * DAY, grounds=["DELAY", "OTHER", "NON_PAYMENT"])
    (fact,) = paris.facts()
    received, handled = Population.RECEIVED, Population.MEDIATION
    assert values(fact, received, Axis.GROUND) == ["NON_PAYMENT", "DELAY"]
    assert values(fact, handled, Axis.GROUND) == ["DELAY", "OTHER", "NON_PAYMENT"]
    assert values(fact, received, Axis.FIRST_GROUND) == ["NON_PAYMENT"]
    assert values(fact, handled, Axis.FIRST_GROUND) == ["NON_PAYMENT"]


@pytest.mark.parametrize("ending", ["withdrawn", "out_of_scope", "studied"])
def test_a_closing_that_no_longer_stands_counts_nowhere(
    paris: Paris, cast: Cast, at: datetime, ending: str
) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at, grounds=["NON_PAYMENT"])
    paris.answered(case, at + 9 * DAY)
    later, by = at + 12 * DAY, cast.claire
    if ending == "out_of_scope":
        scope = Scope(to=State.REDIRECTED, because="Vu autrement", reason="OTHER_BODY", body="MDPH")
        casework.reclassify(case=case, scope=scope, by=by, at=later)
    else:
        casework.reopen(case=case, because="À revoir", by=by, at=later)
    if ending == "withdrawn":
        casework.withdraw(case=case, by=by, at=later + DAY)
    (fact,) = paris.facts()
    assert (fact.cause, fact.reason, fact.error, fact.service, fact.outcome) == ("", "", "", "", "")
    assert fact.grounds == ("NON_PAYMENT",)
    assert not Closing.objects.standing().exists()
    export = Export(organisation=cast.paris, year=at.year, last=0)
    ((told,), _) = next_cases(export, 10)
    assert (told.outcome, told.cause, told.reason, told.error, told.service) == ("", "", "", "", "")
    assert pack_of(cast.paris, service="", since=at.date(), until=LAST).closed == 0
    assert running(cast.paris.pk, at.year, "Europe/Paris").by_mediator == {}
    window = {"benefit": "APL", "since": FIRST, "until": LAST}
    assert not cases_with_cause(cast.paris, cause="ASSESSMENT_ERROR", **window)


def test_the_cases_of_a_signal_are_those_it_counts(paris: Paris, cast: Cast, at: datetime) -> None:
    answered = a_studied_case(cast.samira, cast.nadia, at, grounds=["NON_PAYMENT"])
    paris.answered(answered, at + 9 * DAY, grounds=["DELAY"])
    window = {"benefit": "APL", "since": FIRST, "until": LAST}
    assert cases_with_ground(cast.paris, ground="NON_PAYMENT", **window) == [answered]
    assert cases_with_ground(cast.paris, ground="DELAY", **window) == []
    assert cases_with_cause(cast.paris, cause="ASSESSMENT_ERROR", **window) == [answered]


def test_a_full_page_of_cases_is_of_those_counted(
    paris: Paris, cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediane.casework.queries.motives.MOST", 1)
    kept = a_studied_case(cast.samira, cast.nadia, at, grounds=["NON_PAYMENT"])
    twice = a_case(cast.samira, at + DAY, grounds=["NON_PAYMENT"])
    casework.merge_cases(case=kept, other=twice, seen_rank=0, by=cast.nadia, at=at + 2 * DAY)
    window = {"benefit": "APL", "since": FIRST, "until": LAST}
    assert cases_with_ground(cast.paris, ground="NON_PAYMENT", **window) == [kept]
