"""The sentences a report proposes: right French, and never more than the numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.reports.rules.drafting import DRAFTS, drafted
from mediane.reports.rules.figures import Figures
from tests.reports.invented import a_year, months, numbers


def said(code: str, threshold: int = 0, **changed: object) -> str:
    return " ".join(drafted(code, Figures(numbers(**changed), threshold)).sentences).replace("\u00a0", " ")


def test_the_year_is_told_as_the_mediator_would() -> None:
    assert said("evolution") == (
        "En 2023, 1 454 saisines ont été traitées, dont 936 pour la médiation et 518 hors médiation. "
        "Le nombre de saisines pour la médiation a diminué de 12,69 % entre 2022 et 2023. "
        "Le nombre de saisines hors médiation a augmenté de 28,22 % entre 2022 et 2023."
    )
    title = drafted("evolution", Figures(numbers())).title
    assert title == "Moins de saisines pour la médiation, plus de saisines hors médiation"


def test_two_peaks_are_named_with_their_numbers() -> None:
    counted = [100] * 12
    counted[2], counted[8] = 158, 161
    found = drafted("months", Figures(numbers(months={2022: months(1476), 2023: counted})))
    assert found.title == "Deux pics, en mars et en septembre"


@pytest.mark.parametrize("code", sorted(DRAFTS))
def test_a_year_without_a_case_says_so(code: str) -> None:
    empty = said(code, own={}, network={}, months={}, online={}, since={})
    assert empty == "Aucune saisine n’a été traitée en 2023."


def test_one_case_is_singular() -> None:
    told = said("evolution", own={2023: a_year(1, 0)}, months={2023: months(1)})
    assert told.startswith("En 2023, 1 saisine a été traitée : 1 pour la médiation et 0 hors médiation.")


def test_a_caf_opened_in_november_is_compared_with_nothing() -> None:
    told = " ".join(said(code, own={2023: a_year(60, 40)}) for code in DRAFTS)
    assert "2022" not in told


def test_what_is_small_is_not_told_outside() -> None:
    own = {2022: a_year(40, 20), 2023: a_year(60, 4)}
    assert said("evolution", 11, own=own) == "En 2023, 64 saisines ont été traitées."
    assert said("money", 11, own=own) == (
        "Le montant des rappels de droits a augmenté de 50 % entre 2022 et 2023, à 6 007,20 €."
    )


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000))
def test_no_sentence_is_broken_by_any_numbers(a: int, b: int, c: int, d: int) -> None:
    own = {2022: a_year(a, b), 2023: a_year(c, d)}
    given_months = {2022: months(a + b), 2023: months(c + d)}
    for threshold in (0, 11):
        for code in DRAFTS:
            for sentence in drafted(
                code, Figures(numbers(own=own, months=given_months), threshold)
            ).sentences:
                assert sentence.endswith(".")
                assert not re.search(r"None|nan| {2}|\{|\.\.", sentence), sentence


@given(st.integers(0, 400), st.integers(0, 400))
def test_outside_no_number_under_the_threshold_is_written(a: int, b: int) -> None:
    """Of a year and of the one before, in requests: percentages and days are no numbers of people."""
    own = {2022: a_year(a, b), 2023: a_year(b, a)}
    told = said("evolution", 11, own=own, months={})
    counted = [
        int(one.replace(" ", ""))
        for one in re.findall(r"(?<!\d )\b(\d[\d ]*)(?= (?:saisine|pour|hors))", told)
    ]
    assert all(number == 0 or number >= 11 for number in counted), told
