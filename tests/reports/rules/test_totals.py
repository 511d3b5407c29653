"""A year of before Médiane is rebuilt from its totals: what they say, and nothing that they do not."""

import re
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mediane.imports.states import Measure
from mediane.reports.rules.composing import edition, every_block, tables_in
from mediane.reports.rules.drafting import DRAFTS, drafted
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.totals import rebuilt
from mediane.statistics.rules.figures import number
from mediane.statistics.states import Population
from tests.reports.invented import cover, numbers, published

TOTALS = {
    (Measure.RECEIVED, ""): 1287,
    (Measure.OUT_OF_SCOPE, ""): 431,
    (Measure.CHANNEL, "MAIL"): 887,
    (Measure.CHANNEL, "EMAIL"): 400,
    (Measure.CAUSE, "NON_PAYMENT"): 500,
    (Measure.CAUSE, "OTHER"): 356,
}


def rebuilt_report(totals: dict[tuple[Measure, str], int] = TOTALS) -> Figures:
    counted = rebuilt(totals)
    known: dict[str, Any] = {"own": {2023: counted}, "from_totals": frozenset({2023})}
    unknown: dict[str, Any] = {"own": {}, "incomplete": frozenset({2023})}
    return Figures(numbers(months={}, online_from=0, **(unknown if counted is None else known)))


def told(figures: Figures) -> str:
    return " ".join(one for code in DRAFTS for one in drafted(code, figures).sentences).replace("\u00a0", " ")


def test_the_year_is_told_as_far_as_its_totals_go() -> None:
    words = told(rebuilt_report())
    assert (
        "En 2023, 1 287 saisines ont été traitées, dont 856 pour la médiation et 431 hors médiation." in words
    )
    assert "58,41 % des saisines ont pour cause « Absence de paiement »" in words
    assert "les totaux repris ne disent pas les mois" in words
    assert "les totaux repris ne disent pas les montants" in words
    assert "réitération" not in words
    assert "2022" not in words


def test_its_tables_have_what_is_known_and_no_invented_zero() -> None:
    contents = edition(cover(), {}, rebuilt_report())
    found = {table["code"]: table["rows"] for table in tables_in(contents)}
    assert not {"mois", "delais", "impact", "reiterations", "channels"} & set(found)
    assert [row[0::2] for row in found["canaux"]] == [["Courrier", "887"], ["Courriel", "400"]]
    assert "Les chiffres de 2023 viennent de totaux repris" in contents["note"]


def test_a_year_beside_totals_is_compared_with_what_they_say() -> None:
    counted = rebuilt(TOTALS)
    given = {"own": {**numbers().own, 2022: counted}, "from_totals": frozenset({2022})}
    contents = edition(cover(), {}, Figures(numbers(**given)))
    found = {table["code"]: table["rows"] for table in tables_in(contents)}
    assert found["saisines"][0] == ["Médiation", "856", "936", "+9,35\u00a0%"]
    assert {row[1] for row in found["impact"]} == {"non connu"}
    assert {row[1] for row in found["mois"]} == {"non connu"}
    assert [row[0] for row in found.get("reiterations", [])] != ["2022"]


def opened(**changed: Any) -> Figures:
    """First counted in November 2023; of the years before, nothing is known."""
    known: dict[str, Any] = {"own": {2023: numbers().own[2023]}, "months": {2023: [0] * 10 + [900, 554]}}
    return Figures(numbers(**(known | {"unknown": frozenset(range(2019, 2023))} | changed)))


def test_a_year_before_anything_is_known_is_no_zero() -> None:
    contents = edition(cover(), {}, opened())
    found = {table["code"]: table for table in tables_in(contents)}
    rows = {row[0]: row[1:] for row in found["annees"]["rows"]}
    assert [rows[str(year)] for year in range(2019, 2023)] == [["non connu"] * 3] * 4
    assert rows["2023"] == ["936", "518", "1\u00a0454"]
    for code in ("saisines", "mois", "canaux", "impact"):
        assert {row[1] for row in found[code]["rows"]} == {"non connu"}, code
    for code in ("saisines", "canaux", "impact"):
        assert {row[3] for row in found[code]["rows"]} == {"–"}, code
    assert not any("2022" in head for code in ("causes", "origins") for head in found[code]["head"])
    [drawn] = (one["data"] for one in every_block(contents) if one.get("shape") == "years")
    assert [one["values"][:4] for one in drawn["series"]] == [[None] * 4] * 2


def test_no_sentence_compares_with_a_year_of_which_nothing_is_known() -> None:
    words = told(opened())
    assert not re.search(r"2019|202[0-2]|Sur ces cinq années", words)
    assert "Les premières saisines ont été traitées en novembre : l’année n’est pas entière." in words
    # Of 2022 totals say something, too little to be told: these were not the first.
    few = opened(unknown=frozenset(range(2019, 2022)), incomplete=frozenset({2022}))
    assert "Les premières saisines" not in told(few)


def test_a_year_before_any_figure_is_not_told_as_nobody() -> None:
    """Neither inside nor to everybody: nothing was counted, which is not the same as nobody."""
    empty: dict[str, Any] = {"own": {}, "network": {}, "months": {}, "unknown": frozenset({2023})}
    for first, words in (
        (date(2025, 11, 1), "De 2023, rien n’est connu : les saisines sont comptées depuis 2025."),
        (None, "De 2023, rien n’est connu : aucune saisine n’a encore été comptée."),
    ):
        for figures in (Figures(numbers(**empty, first=first)), published(**empty, first=first)):
            said = {one for code in DRAFTS for one in drafted(code, figures).sentences}
            assert {one.replace("\u00a0", " ") for one in said} == {words}


def test_a_year_that_began_in_november_is_compared_with_nothing() -> None:
    months: dict[str, Any] = {"months": {2022: [0] * 10 + [900, 576], 2023: [121] * 12}}
    figures = Figures(numbers(first=date(2022, 11, 1), **months))
    words = told(figures)
    why = (
        "Les chiffres de 2022, qui commencent en novembre, ne couvrent pas toute l’année : "
        "rien n’est comparé avec eux."
    )
    assert why in words
    assert "2022" not in words.replace(why, "")
    assert "Sur ces cinq années" not in words
    contents = edition(cover(), {}, figures)
    found = {table["code"]: table["rows"] for table in tables_in(contents)}
    for code in ("saisines", "canaux", "impact"):
        assert {row[3] for row in found[code]} == {"–"}, code
    assert [row[1] for row in found["mois"]] == ["non connu"] * 10 + ["900", "576"]
    assert found["saisines"][0][1] == "1\u00a0072"


def test_everybody_is_not_told_the_month_in_which_a_year_began() -> None:
    words = told(published(first=date(2022, 11, 1)))
    assert "Les chiffres de 2022 ne couvrent pas toute l’année" in words
    assert "novembre" not in words


def test_a_year_that_began_in_january_is_compared() -> None:
    assert told(Figures(numbers(first=date(2022, 1, 1)))).count("entre 2022 et 2023") > 5


def test_totals_that_do_not_say_enough_are_said_to() -> None:
    few = {(Measure.RECEIVED, ""): 1287}
    assert rebuilt(few) is None
    words = told(rebuilt_report(few))
    assert "trop peu de totaux sont repris" in words
    assert "1 287" not in words
    assert "Aucune saisine" not in words


@given(
    st.integers(0, 5000),
    st.integers(0, 5000),
    st.dictionaries(st.sampled_from(["A", "B"]), st.integers(0, 5000)),
)
def test_what_is_rebuilt_adds_up(received: int, out: int, causes: dict[str, int]) -> None:
    totals = {(Measure.RECEIVED, ""): received, (Measure.OUT_OF_SCOPE, ""): out}
    counted = rebuilt(totals | {(Measure.CAUSE, code): found for code, found in causes.items()})
    assert (counted is None) == (out > received)
    if counted is not None:
        inside = number(counted, Population.MEDIATION)
        assert inside + number(counted, Population.OUT_OF_SCOPE) == received
        assert sum(counted[Population.MEDIATION].get("cause", {}).values()) <= inside
