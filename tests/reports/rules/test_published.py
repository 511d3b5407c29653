"""The edition for everybody tells what the open data tell: no count that they hide is found back in it."""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from mediane.reports.rules.composing import canonical, edition, tables_in
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.published import Published
from mediane.statistics.rules.published import NETWORK, publish
from mediane.statistics.rules.recipes import RECIPES
from mediane.statistics.rules.recipes import Told as Publication
from mediane.statistics.states import Axis
from tests.reports.invented import MEDIATION, OUT, a_year, cover, numbers, published
from tests.statistics.attacker import Attacker, Cell, truth
from tests.statistics.rules.test_published import CODES, ELEVEN, SIZES, attack, network, year

LABELS = {str(axis): {code: code for code in codes} for axis, codes in CODES.items()}
HANDLED = {"Médiation": "mediation", "Hors médiation": "out_of_scope", "Ensemble": "handled"}


def told_to_everybody(told: dict[str, Publication], place: str, **changed: object) -> dict[str, Any]:
    given = numbers(year=2025, labels=LABELS, **changed)
    whole = {place: told[place], NETWORK: told[NETWORK]}
    figures = Published(
        given.without_counts(), own={2025: whole[place]}, network={2025: whole[NETWORK]}, smallest=ELEVEN
    )
    return edition(cover(), {}, figures)


def count(cell: str) -> int | None:
    digits = cell.replace("\u00a0", "")
    return int(digits) if digits.isdigit() else None


def read(contents: dict[str, Any], place: str) -> Iterator[tuple[list[Cell], int]]:
    """Each count printed in a table of the report: what it is the sum of, and how many."""
    split = {one.code for one in RECIPES}
    for table in tables_in(contents):
        for label, *cells in table["rows"]:
            code, named = (
                table["code"],
                dict(zip(table["head"][1:], cells, strict=True)),
            )
            if code in split and (found := count(named["Nombre 2025"])) is not None:
                yield [(place, code, label)], found
            if code == "saisines" and (found := count(cells[1])) is not None:
                yield [(place, "totals", HANDLED[label])], found
            if code == "canaux" and (found := count(cells[1])) is not None:
                yield [(place, "channels", label), (place, "channels_out_of_scope", label)], found
            if code == "reiterations" and label == "2025" and (found := count(cells[0])) is not None:
                yield [(place, "repeats", "yes")], found
    for rank, row in enumerate(next(one for one in tables_in(contents) if one["code"] == "mois")["rows"], 1):
        if (found := count(row[2])) is not None:
            month = f"2025-{rank:02}"
            yield [(place, f"months_{one}", month) for one in ("mediation", "out_of_scope")], found


def with_the_report(attacker: Attacker, contents: dict[str, Any], place: str) -> None:
    for rank, (parts, found) in enumerate(read(contents, place)):
        printed: Cell = (place, "report", str(rank))
        attacker.bounds[printed] = [found, found]
        attacker.sums.append((printed, parts))


@pytest.mark.parametrize("seed", range(18))
def test_beside_the_open_data_it_gives_nothing_back(seed: int) -> None:
    draw = Random(seed)
    years = {f"{rank:02}": year(draw, size) for rank, size in enumerate(SIZES[seed % len(SIZES)])}
    told = publish(years, CODES, ELEVEN)
    counted, attacker = network(years), attack(years, told)
    for place in told:
        contents = told_to_everybody(told, place)
        if any(table["code"] == "mois" for table in tables_in(contents)):
            with_the_report(attacker, contents, place)
    bounds = attacker.narrowed()
    for place in told:
        for table in (one.code for one in RECIPES):
            for code in attacker.codes[table]:
                low, high = bounds[place, table, code]
                true = truth(counted, place, table, code)
                assert low <= true <= high
                if 0 < true < ELEVEN:
                    assert high - low + 1 >= ELEVEN, (place, table, code, true, low, high)


def test_a_report_that_told_all_would_be_found_out() -> None:
    """The attacker reads the report well: in the edition of the service, small numbers stand."""
    draw = Random(0)
    years = {f"{rank:02}": year(draw, size) for rank, size in enumerate((300, 400))}
    told = publish(years, CODES, ELEVEN)
    attacker = attack(years, told)
    handled = [
        sum(one.get(population, {}).get("all", {}).get("", 0) for population in (MEDIATION, OUT))
        for one in years["00"].months.values()
    ]
    given = numbers(year=2025, labels=LABELS, own={2025: years["00"].whole}, months={2025: handled})
    with_the_report(attacker, edition(cover(), {}, Figures(given)), "00")
    bounds = attacker.narrowed()
    counted = network(years)
    small = [code for code in CODES[Axis.CAUSE] if 0 < truth(counted, "00", "causes", code) < ELEVEN]
    assert small
    for code in small:
        true = truth(counted, "00", "causes", code)
        assert bounds["00", "causes", code] == [true, true]


def test_it_knows_nothing_but_what_is_published() -> None:
    """Counts that differ, published alike, give the same edition."""
    told = {
        "75": Publication(totals={"handled": 40, "mediation": None, "out_of_scope": None}),
        NETWORK: Publication(),
    }
    first, second = (
        told_to_everybody(told, "75", own={2025: a_year(*split)}, months={2025: [sum(split)] + [0] * 11})
        for split in ((38, 2), (35, 5))
    )
    assert canonical(first) == canonical(second)


def test_a_year_that_is_not_published_is_not_said_to_be_hidden() -> None:
    figures = published(own={2023: a_year(936, 518)})
    contents = edition(cover(), {}, figures)
    rows = {
        row[0]: row[1:] for table in tables_in(contents) if table["code"] == "annees" for row in table["rows"]
    }
    assert rows["2022"] == ["non connu"] * 3
    assert rows["2023"] == ["936", "518", "1\u00a0454"]
    assert "Les chiffres de 2019, 2020, 2021 et 2022 ne sont pas publiés" in contents["note"]
    assert not any("2022" in table["head"][1] for table in tables_in(contents) if table["code"] == "causes")
