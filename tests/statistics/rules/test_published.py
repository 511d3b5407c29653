"""No small number of a year is told, and none is found back by adding and subtracting what is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from mediane.statistics.rules.counts import Counts, added, tally
from mediane.statistics.rules.facts import Fact, Money
from mediane.statistics.rules.figures import number as counted_in
from mediane.statistics.rules.published import NETWORK, publish
from mediane.statistics.rules.recipes import DELAYS, MONEY, RECIPES, Told, Year
from mediane.statistics.states import HANDLED, Axis, Population
from tests.statistics.attacker import MONTHLY, WHOLE_OF, Attacker, truth

ELEVEN = 11
CODES = {
    Axis.CHANNEL: ["FORM", "MAIL", "POST"],
    Axis.ORIGIN: ["PERSON", "PARTNER", "TRANSFER"],
    Axis.BENEFIT: ["APL", "RSA", "AAH"],
    Axis.GROUND: ["DEBT", "DELAY"],
    Axis.CAUSE: ["RULE", "ERROR", "DELAY"],
    Axis.REASON: ["CHECK", "PENSION"],
    Axis.OUTCOME: ["revised", "upheld"],
    Axis.SCOPE_REASON: ["EARLY", "ELSEWHERE"],
    Axis.TOUCHED: ["back_payment", "debt_remitted"],
    Axis.REPEAT: ["yes"],
    Axis.PRECEDED: ["yes"],
}
COUNTED = {
    "received": (Population.RECEIVED,),
    "handled": HANDLED,
    "mediation": (Population.MEDIATION,),
    "out_of_scope": (Population.OUT_OF_SCOPE,),
}
SIZES = ([0, 3, 400], [900], [2, 1_400], [12, 30, 55], [1, 2, 3, 250, 260], [40, 41, 42, 43, 15, 5])


def facts(draw: Random, number: int) -> Iterator[Fact]:
    """Not evenly: rare values are what is looked for."""
    for _ in range(number):
        received, closed = date(2025, draw.randint(1, 12), 3), date(2025, draw.randint(1, 12), 9)
        scope = draw.choices([Population.MEDIATION, Population.OUT_OF_SCOPE, None], [8, 2, 1])[0]
        is_answered = scope == Population.MEDIATION and draw.random() < 0.95
        rare = {axis: draw.choices(codes, [100, 20, 3][: len(codes)])[0] for axis, codes in CODES.items()}
        days = {Axis.DAYS_REPLY: draw.randint(1, 90)} if is_answered else {}
        if rare[Axis.ORIGIN] != "TRANSFER":
            days[Axis.DAYS_ENTRY] = draw.randint(0, 3)
        for axis in (Axis.DAYS_ACKNOWLEDGED, Axis.DAYS_ADMISSIBILITY):
            if draw.random() < 0.97:
                days[axis] = draw.randint(1, 30)
        paid = (Money(rare[Axis.TOUCHED], "APL", draw.randint(100, 90_000)),) if draw.random() < 0.3 else ()
        yield Fact(
            received_on=received,
            closed_on=closed if scope else None,
            scope=scope,
            channel=rare[Axis.CHANNEL],
            origin=rare[Axis.ORIGIN] if draw.random() < 0.98 or rare[Axis.ORIGIN] == "TRANSFER" else "",
            benefits=tuple({rare[Axis.BENEFIT], draw.choice(CODES[Axis.BENEFIT])}),
            grounds=(rare[Axis.GROUND],) if draw.random() < 0.97 else (),
            cause=rare[Axis.CAUSE] if is_answered else "",
            reason=rare[Axis.REASON] if is_answered and draw.random() < 0.4 else "",
            outcome=rare[Axis.OUTCOME] if is_answered else "",
            scope_reason=rare[Axis.SCOPE_REASON] if scope == Population.OUT_OF_SCOPE else "",
            is_repeat=draw.random() < 0.03,
            is_preceded=draw.random() < 0.9,
            days=days,
            money=paid,
        )


def year(draw: Random, number: int) -> Year:
    return a_year(list(facts(draw, number)))


def a_year(known: list[Fact]) -> Year:
    months = {}
    for month in range(1, 13):
        first = date(2025, month, 1)
        counted = tally(known, first)
        months[f"{first:%Y-%m}"] = {
            key.population: counts for key, counts in counted.items() if not (key.channel or key.benefit)
        }
    whole = {one: added(month.get(one, {}) for month in months.values()) for one in Population}
    return Year(whole, months)


def network(years: Mapping[str, Year]) -> dict[str, dict[Population, Counts]]:
    whole = {one: added(year.whole[one] for year in years.values()) for one in Population}
    return {caf: dict(year.whole) for caf, year in years.items()} | {NETWORK: whole}


def attack(years: Mapping[str, Year], told: Mapping[str, Told]) -> Attacker:
    codes = {one.code: CODES[one.axis] for one in (*RECIPES, MONEY)}
    codes |= {table: [f"2025-{month:02}" for month in range(1, 13)] for table in MONTHLY.values()}
    # Whoever has no cause has no outcome either.
    same = [((place, "causes", "rest"), (place, "outcomes", "rest")) for place in told]
    # What another Caf sent is all that was entered elsewhere.
    same += [((place, "days", "not delay_of_entry"), (place, "origins", "TRANSFER")) for place in told]
    return Attacker(told, codes, ELEVEN, same)


def hidden(bounds: list[int], true: int, *of: str) -> None:
    low, high = bounds
    assert low <= true <= high, of
    if 0 < true < ELEVEN:
        assert high - low + 1 >= ELEVEN, (*of, true, low, high)


@pytest.mark.parametrize("seed", range(36))
def test_no_small_number_is_told_nor_found_back(seed: int) -> None:
    draw = Random(seed)
    sizes = SIZES[seed % len(SIZES)]
    years = {f"{rank:02}": year(draw, size) for rank, size in enumerate(sizes)}
    told = publish(years, CODES, ELEVEN)
    counted, attacker = network(years), attack(years, told)
    bounds = attacker.narrowed()
    for place in told:
        for table in (one.code for one in (*RECIPES, MONEY)):
            for code in attacker.codes[table]:
                hidden(bounds[place, table, code], truth(counted, place, table, code), place, table, code)
        for total in ("received", "handled", "mediation", "out_of_scope"):
            true = sum(counted_in(counted[place], one) for one in COUNTED[total])
            hidden(bounds[place, "totals", total], true, place, total)
        for code, delay in DELAYS.items():
            of = [counted[place].get(one, {}) for one in delay.populations]
            measured = sum(sum(one.get(delay.axis, {}).values()) for one in of)
            whole = sum(one.get(Axis.ALL, {}).get("", 0) for one in of)
            hidden(bounds[place, "days", f"not {code}"], whole - measured, place, code)
        for total, table in MONTHLY.items():
            population = Population(total)
            for month in attacker.codes[table]:
                months = [years[caf].months[month] for caf in ([place] if place else years)]
                true = sum(one.get(population, {}).get(Axis.ALL, {}).get("", 0) for one in months)
                hidden(bounds[place, table, month], true, place, table, month)


def test_the_attacker_is_good_at_it() -> None:
    """Where small numbers alone are hidden, they are found back."""
    draw = Random(0)
    years = {f"{rank:02}": year(draw, size) for rank, size in enumerate((300, 400))}
    counted, told = network(years), publish(years, CODES, 0)
    for place in told.values():
        for numbers in place.tables.values():
            numbers |= {code: None for code, n in numbers.items() if n is not None and 0 < n < ELEVEN}
    attacker = attack(years, told)
    bounds, codes = attacker.narrowed(), CODES[Axis.CAUSE]
    small = [(place, code) for place in told for code in codes if told[place].tables["causes"][code] is None]
    assert small
    for place, code in small:
        true = truth(counted, place, "causes", code)
        assert bounds[place, "causes", code] == [true, true]


@pytest.mark.parametrize("sizes", SIZES)
def test_a_total_that_is_hidden_takes_its_tables_along(sizes: list[int]) -> None:
    draw = Random(1)
    told = publish({f"{rank:02}": year(draw, size) for rank, size in enumerate(sizes)}, CODES, ELEVEN)
    for place in told.values():
        for table in place.tables:
            assert place.totals[WHOLE_OF[table]] is not None


def test_a_large_caf_is_told_whole_beside_a_tiny_one_and_the_network_is_not() -> None:
    draw = Random(2)
    told = publish({"75": year(draw, 1_400), "82": year(draw, 2)}, CODES, ELEVEN)
    assert told["75"].totals["received"] == 1_400
    assert told["75"].tables["causes"]["RULE"] > 500
    assert (told["82"].totals["received"], told[NETWORK].totals["received"]) == (None, None)
    assert "causes" not in told["82"].tables


def test_among_many_another_caf_is_hidden_rather_than_the_network() -> None:
    draw = Random(3)
    told = publish(
        {f"{n:02}": year(draw, size) for n, size in enumerate((300, 280, 260, 15, 4))}, CODES, ELEVEN
    )
    assert told[NETWORK].totals["received"] == 859
    assert [told[f"{n:02}"].totals["received"] for n in range(5)] == [300, 280, 260, None, None]


def test_an_amount_is_told_only_with_its_number_of_requests() -> None:
    draw = Random(4)
    told = publish({"75": year(draw, 900), "13": year(draw, 700)}, CODES, ELEVEN)
    for place in told.values():
        for kind, number in place.tables["money"].items():
            assert (place.cents[kind] is None) == (number is None)
    assert Counter(number is None for number in told["75"].cents.values())[False]


@pytest.mark.parametrize(("number", "told"), [(20, (False, False)), (60, (True, False)), (700, (True, True))])
def test_days_are_told_of_many_only(number: int, told: tuple[bool, bool]) -> None:
    """Of answered requests alone: how many have a reply is told."""
    answered = [one for one in facts(Random(5), 3 * number) if one.outcome][:number]
    days = publish({"75": a_year(answered)}, CODES, ELEVEN)["75"].days["delay_of_reply"]
    assert tuple(one is not None for one in days) == told


def test_delays_do_not_tell_how_many_a_hidden_total_counts() -> None:
    """113 handled are told, 110 mediations and 3 others are not."""
    draw = Random(7)
    mediations = [one for one in facts(draw, 400) if one.scope == Population.MEDIATION and one.cause][:110]
    others = [one for one in facts(draw, 400) if one.scope == Population.OUT_OF_SCOPE][:3]
    years = {"75": a_year([*mediations, *others])}
    told = publish(years, CODES, ELEVEN)
    assert told["75"].totals["handled"] == 113
    assert (told["75"].totals["mediation"], told["75"].totals["out_of_scope"]) == (None, None)
    assert told["75"].days["delay_of_reply"] == (None, None)
    low, high = attack(years, told).narrowed()["75", "totals", "out_of_scope"]
    assert low <= 3 <= high
    assert high - low + 1 >= ELEVEN


@pytest.mark.parametrize("number", [112, 120, 300])
def test_delays_do_not_tell_how_few_were_not_acknowledged(number: int) -> None:
    draw = Random(8)
    closed = [one for one in facts(draw, 2 * number) if one.scope][:number]
    acknowledged = {Axis.DAYS_ACKNOWLEDGED: 2}
    years = {
        "75": a_year([replace(one, days=acknowledged if rank > 1 else {}) for rank, one in enumerate(closed)])
    }
    told = publish(years, CODES, ELEVEN)
    low, high = attack(years, told).narrowed()["75", "days", "not delay_of_acknowledgement"]
    assert low <= 2 <= high
    assert high - low + 1 >= ELEVEN
    assert told["75"].days["delay_of_acknowledgement"][0] == 2
    assert (told["75"].days["delay_of_acknowledgement"][1] is None) == (number < 120)


def test_a_year_of_nothing_is_zeros() -> None:
    told = publish({"75": year(Random(6), 0)}, CODES, ELEVEN)
    assert told["75"].totals == dict.fromkeys(("received", "handled", "mediation", "out_of_scope"), 0)
