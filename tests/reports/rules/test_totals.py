"""A year of before Médiane is rebuilt from its totals: what they say, and nothing that they do not."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mediane.imports.states import Measure
from mediane.reports.rules.composing import edition, tables_in
from mediane.reports.rules.drafting import DRAFTS, drafted
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.totals import rebuilt
from mediane.statistics.rules.figures import number
from mediane.statistics.states import Population
from tests.reports.invented import cover, numbers

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
