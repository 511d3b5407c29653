"""What the activity report of 2023 states comes out of invented requests, by the code of any other year."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mediane.integrations.demonstration import history
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.lived import since_the_first_year
from mediane.integrations.demonstration.pasts import Past
from mediane.integrations.demonstration.story import Service
from mediane.integrations.demonstration.years import Told, told
from mediane.kit import rowsecurity
from mediane.organisations.queries import by_code, by_id
from mediane.statistics import actions
from mediane.statistics.queries.counted import Narrowed, Place, months_of, summed
from mediane.statistics.rules.comparing import peaks, variation
from mediane.statistics.rules.counts import Counts, Key, tally
from mediane.statistics.rules.facts import Fact, Money
from mediane.statistics.rules.figures import Counted, Split, share
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import HANDLED, Population
from tests import cast as everybody
from tests.conftest import copy_of_the_database, work_in

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
YEARS = (2021, 2022, 2023)
GROUPS = {"PPA": "activité", "RSA": "minimum"} | {
    code: group for group, members in read("years")["groups"].items() for code in members
}
Read = Callable[[int, int, str], dict[Population, Counts]]


class Source:
    """Numbers of a year, or of some of its months, read from wherever they were counted."""

    def __init__(self, month: Read) -> None:
        self.month = month

    def year(self, year: int, *, since: int = 1, channel: str = "") -> Counted:
        return summed(self.month(year, month, channel) for month in range(since, 13))

    def figure(self, name: str, year: int, **narrowed: object) -> Split:
        return INDICATORS[name].compute(self.year(year, **narrowed))

    def points(self, name: str, code: str) -> Decimal:
        before, after = (self.figure(name, year).of(code).share for year in (2022, 2023))
        return after - before


def as_a_fact(one: Told) -> Fact:
    return Fact(
        received_on=date(2000, 1, 1),
        closed_on=date(one.year, one.month, 1),
        scope=Population.MEDIATION if one.is_mediation else Population.OUT_OF_SCOPE,
        channel=one.channel,
        origin=one.origin,
        benefits=tuple(one.benefits),
        groups=tuple(dict.fromkeys(GROUPS.get(code, code) for code in one.benefits)),
        grounds=tuple(one.grounds),
        cause=one.cause,
        outcome=one.outcome or "",
        scope_reason=one.reason,
        body=one.body,
        household=one.household,
        age=one.age,
        quotient=one.quotient,
        is_repeat=one.is_repeat,
        money=tuple(Money(gain.kind, gain.benefit, gain.cents) for gain in one.gains),
    )


@pytest.fixture(scope="module")
def planned() -> Source:
    facts = {year: [as_a_fact(one) for one in told(year)] for year in YEARS}
    counted = {
        (year, month): tally(facts[year], date(year, month, 1)) for year in YEARS for month in range(1, 13)
    }

    def month(year: int, month: int, channel: str) -> dict[Population, Counts]:
        return {
            population: counted[year, month].get(Key(population, channel), {}) for population in Population
        }

    return Source(month)


@pytest.fixture(scope="module")
def written(worker_id, django_db_setup, django_db_blocker) -> Iterator[Source]:
    """The cases of these years, and those they repeat, in the database; then counted."""
    name = f"test_{worker_id}_years"
    with django_db_blocker.unblock():
        copy_of_the_database(name)
        work_in(name)
        cast = everybody.call()
        service = Service(cast.paris, [cast.claire, cast.nadia, cast.amine], NOW)
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            history.write(cast.paris, with_those_before(since_the_first_year(service)))
            actions.recount_everything(caf=cast.paris, at=NOW)
        yield Source(reading(cast.paris.pk))
        work_in(f"test_{worker_id}")
        for kept in (by_code, by_id):
            kept.cache_clear()


def reading(paris: int) -> Read:
    def month(year: int, month: int, channel: str) -> dict[Population, Counts]:
        first = date(year, month, 1)
        until = date(year + month // 12, month % 12 + 1, 1)
        with rowsecurity.working_for(rowsecurity.staff(paris)):
            found = months_of(Place(paris), since=first, until=until, by=Narrowed(channel=channel))
        return found.get(first, {})

    return month


def with_those_before(pasts: list[Past]) -> list[Past]:
    wanted: set[Past] = set()
    for past in pasts:
        one: Past | None = past if past.closed_at.year in YEARS else None
        while one is not None and one not in wanted:
            wanted.add(one)
            one = one.repeats
    return [past for past in pasts if past in wanted]


def volumes(source: Source) -> None:
    handled = {year: source.figure("handled", year) for year in YEARS}
    out, mediation = ({year: handled[year].of(kind).number for year in YEARS} for kind in reversed(HANDLED))
    assert (mediation[2023], out[2023], handled[2023].base) == (936, 518, 1454)
    assert (mediation[2022], out[2022], handled[2022].base) == (1072, 404, 1476)
    assert handled[2021].base == 1018
    assert variation(mediation[2022], mediation[2023]) == Decimal("-12.69")
    assert variation(out[2022], out[2023]) == Decimal("28.22")
    assert rounded(variation(handled[2021].base, handled[2022].base)) == 45
    by_month = [INDICATORS["handled"].compute(source.month(2023, month, "")).base for month in range(1, 13)]
    assert peaks(by_month) == [3, 9]


def repeats(source: Source) -> None:
    for year, number, percent in ((2021, 50, "4.9"), (2022, 58, "3.9")):
        line = source.figure("repeats", year).of("yes")
        assert line.number == number
        assert line.share.quantize(Decimal("0.1")) == Decimal(percent)


def ways(source: Source) -> None:
    assert rounded(source.points("origins", "CAF_CNAF")) == -5
    assert abs(source.points("origins", "DDD_DELEGATE")) < 1
    assert 45 < source.figure("channels", 2023, since=7).of("ONLINE").share < 50
    assert source.figure("channels_out_of_scope", 2023).of("ONLINE").number == 144
    assert abs(variation(*sent_by(source, "EMAIL"))) < 1
    assert 0 < variation(*sent_by(source, "MAIL")) < 10
    for channel in ("channels", "channels_out_of_scope"):
        assert source.figure(channel, 2022).of("ONLINE").number == 0
        assert source.figure(channel, 2023, since=7).of("ACCOUNT").number == 0


def sent_by(source: Source, channel: str) -> list[int]:
    names = ("channels", "channels_out_of_scope")
    return [sum(source.figure(name, year).of(channel).number for name in names) for year in (2022, 2023)]


def subjects(source: Source) -> None:
    causes = source.figure("causes", 2023)
    assert rounded(causes.of("OVERPAYMENT_NOT_UNDERSTOOD").share) == 45
    assert 41 < causes.of("NON_PAYMENT").share < Decimal("41.5")
    assert sum(line.number for line in causes.lines) == 936
    grounds = source.figure("grounds", 2023)
    assert grounds.base == 930
    assert grounds.of("DECISION_NOT_UNDERSTOOD").share == Decimal("32.90")
    assert grounds.lines[0].code == "NON_PAYMENT"
    points = {line.code: rounded(source.points("grounds", line.code)) for line in grounds.lines[:3]}
    assert points == {
        "NON_PAYMENT": -5,
        "OVERPAYMENT_NOT_UNDERSTOOD": 10,
        "DECISION_NOT_UNDERSTOOD": 13,
    }


def benefits(source: Source) -> None:
    groups = source.figure("benefit_groups", 2023)
    assert 45 < groups.of("logement").share < 50
    assert groups.of("handicap").share > 20
    assert groups.of("activité").share.quantize(Decimal("0.1")) == Decimal("13.8")
    assert abs(source.points("benefit_groups", "logement")) < 1
    assert source.points("benefit_groups", "activité") > 0
    assert source.points("benefit_groups", "handicap") > 0
    assert source.points("benefit_groups", "minimum") < -1


def money(source: Source) -> None:
    stated = {
        "back_payment": (1092385_18, 931618_06, 151117_57),
        "overpayment_detected": (324269_64, 109965_16, 21442_35),
        "overpayment_cancelled": (77884_46, 87134_78, 13598_54),
    }
    for kind, (before, after, online) in stated.items():
        assert source.figure("money", 2022).of(kind) == before
        assert source.figure("money", 2023).of(kind) == after
        assert source.figure("money", 2023, channel="ONLINE").of(kind) == online
    assert [source.figure("money", year).of("debt_remitted") for year in (2022, 2023)] == [5326_53, 17407_20]


def outcomes(source: Source) -> None:
    found = source.figure("outcomes", 2023)
    revised = found.of("revised").number + found.of("partly_revised").number
    assert rounded(share(revised, found.base)) == 39
    assert rounded(found.of("upheld").share) == 51


def who_asks(source: Source) -> None:
    for name in ("households", "ages", "quotients"):
        wanted = read("years")[name]["2023"]
        assert {line.code: line.number for line in source.figure(name, 2023).lines if line.number} == wanted


def rounded(value: Decimal | None) -> int:
    assert value is not None
    return int(value.quantize(Decimal(1)))


STATED = (volumes, repeats, ways, subjects, benefits, money, outcomes, who_asks)


@pytest.mark.parametrize("stated", STATED)
def test_what_the_report_states_is_planned(planned: Source, stated: Callable[[Source], None]) -> None:
    stated(planned)


@pytest.mark.slow
@pytest.mark.parametrize("stated", STATED)
def test_what_the_report_states_is_counted(written: Source, stated: Callable[[Source], None]) -> None:
    stated(written)
