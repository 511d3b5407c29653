"""Numbers by month add up, whatever is counted and however it is narrowed."""

from datetime import date
from itertools import product
from string import ascii_uppercase

from hypothesis import given
from hypothesis import strategies as st

from mediane.statistics.rules.counts import Key, added, tally
from mediane.statistics.rules.facts import Fact, Money
from mediane.statistics.states import HANDLED, Axis, Population

MONTHS = [date(2023, month, 1) for month in (1, 2, 3)]
DAYS = st.dates(date(2023, 1, 1), date(2023, 3, 31))
CODES = st.sampled_from(ascii_uppercase[:4])
SEVERAL = st.lists(CODES, max_size=3).map(tuple)
MONEY = st.builds(
    Money, st.sampled_from(("back_payment", "debt_remitted")), CODES, st.integers(-(10**7), 10**7)
)
FACTS = st.builds(
    Fact,
    received_on=DAYS,
    is_received=st.booleans(),
    closed_on=st.none() | DAYS,
    scope=st.none() | st.sampled_from(HANDLED),
    channel=CODES,
    benefits=SEVERAL,
    grounds=SEVERAL,
    cause=CODES,
    money=st.lists(MONEY, max_size=3).map(tuple),
)


def counted_by_hand(facts: list[Fact], population: Population, month: date) -> list[Fact]:
    if population is Population.RECEIVED:
        return [one for one in facts if one.is_received and one.received_on.month == month.month]
    ended = [one for one in facts if one.closed_on is not None and one.closed_on.month == month.month]
    return [one for one in ended if one.scope is population]


@given(facts=st.lists(FACTS, max_size=12))
def test_each_number_is_what_counting_by_hand_gives(facts: list[Fact]) -> None:
    for month in MONTHS:
        found = tally(facts, month)
        for population in Population:
            mine = counted_by_hand(facts, population, month)
            counts = found.get(Key(population), {})
            assert counts.get(Axis.ALL, {}).get("", 0) == len(mine)
            for code in "ABCD":
                with_benefit = [one for one in mine if code in one.benefits]
                assert counts.get(Axis.BENEFIT, {}).get(code, 0) == len(with_benefit)
                narrowed = found.get(Key(population, benefit=code), {})
                assert narrowed.get(Axis.ALL, {}).get("", 0) == len(with_benefit)
                both = [one for one in with_benefit if one.channel == "A"]
                narrowed = found.get(Key(population, channel="A", benefit=code), {})
                assert narrowed.get(Axis.ALL, {}).get("", 0) == len(both)


@given(facts=st.lists(FACTS, max_size=12))
def test_money_is_never_netted_and_belongs_to_its_benefit(facts: list[Fact]) -> None:
    for month in MONTHS:
        found = tally(facts, month)
        for population in HANDLED:
            lines = [line for one in counted_by_hand(facts, population, month) for line in one.money]
            for kind in ("back_payment", "debt_remitted"):
                mine = [line for line in lines if line.kind == kind]
                counts = found.get(Key(population), {})
                assert counts.get(Axis.CENTS, {}).get(kind, 0) == sum(line.cents for line in mine)
                assert counts.get(Axis.LINES, {}).get(kind, 0) == len(mine)
        assert Axis.CENTS not in found.get(Key(Population.RECEIVED), {})


@given(facts=st.lists(FACTS, max_size=12))
def test_benefits_make_up_the_whole_of_money_and_bring_no_request(facts: list[Fact]) -> None:
    for population, channel in product(Population, ("", *"ABCD")):
        found = tally(facts, MONTHS[0])
        whole = found.get(Key(population, channel), {})
        by_benefit = [found.get(Key(population, channel, code), {}) for code in "ABCD"]
        for axis in (Axis.CENTS, Axis.LINES):
            assert added(by_benefit).get(axis, {}) == whole.get(axis, {})
        for counts in by_benefit:
            if Axis.ALL not in counts:
                assert set(counts) <= {Axis.CENTS, Axis.LINES, Axis.TOUCHED}


@given(facts=st.lists(FACTS, max_size=12))
def test_a_quarter_is_the_sum_of_its_months_and_channels_make_the_whole(facts: list[Fact]) -> None:
    months = [tally(facts, month) for month in MONTHS]
    for population in Population:
        quarter = added(found.get(Key(population), {}) for found in months)
        by_channel = added(
            found.get(Key(population, channel=code), {}) for found in months for code in "ABCD"
        )
        assert quarter == by_channel
        assert sum(quarter.get(Axis.CHANNEL, {}).values()) == quarter.get(Axis.ALL, {}).get("", 0)


def test_money_of_a_benefit_that_the_request_does_not_name_is_of_that_benefit() -> None:
    one = Fact(
        received_on=MONTHS[0],
        closed_on=MONTHS[0],
        scope=Population.MEDIATION,
        channel="MAIL",
        benefits=("RSA",),
        money=(Money("back_payment", "APL", 10_000),),
    )
    found = tally([one], MONTHS[0])
    assert found[Key(Population.MEDIATION, benefit="APL")] == {
        Axis.LINES: {"back_payment": 1},
        Axis.CENTS: {"back_payment": 10_000},
        Axis.TOUCHED: {"back_payment": 1},
    }
    assert found[Key(Population.MEDIATION)][Axis.CENTS] == {"back_payment": 10_000}


def test_a_line_of_another_benefit_is_not_counted_with_this_one() -> None:
    paid = Money("back_payment", "RSA", 12_000)
    one = Fact(
        received_on=MONTHS[0],
        closed_on=MONTHS[0],
        scope=Population.MEDIATION,
        channel="MAIL",
        benefits=("APL", "RSA"),
        money=(paid,),
    )
    found = tally([one], MONTHS[0])
    assert Axis.CENTS not in found[Key(Population.MEDIATION, benefit="APL")]
    assert found[Key(Population.MEDIATION, benefit="RSA")][Axis.CENTS] == {"back_payment": 12_000}
