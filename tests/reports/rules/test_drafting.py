"""The sentences a report proposes: right French, and never more than the numbers."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediane.reports.rules import tables
from mediane.reports.rules.drafting import DRAFTS, drafted
from mediane.reports.rules.figures import Figures
from tests.reports.invented import a_year, months, numbers, published


def said(code: str, **changed: object) -> str:
    return in_words(code, Figures(numbers(**changed)))


def told(code: str, **changed: object) -> str:
    """To everybody."""
    return in_words(code, published(**changed))


def in_words(code: str, figures: Figures) -> str:
    return " ".join(drafted(code, figures).sentences).replace("\u00a0", " ")


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
    words = said("evolution", own={2023: a_year(1, 0)}, months={2023: months(1)})
    assert words.startswith("En 2023, 1 saisine a été traitée : 1 pour la médiation et 0 hors médiation.")


def test_a_caf_opened_in_november_is_compared_with_nothing() -> None:
    counted = [0] * 10 + [55, 45]
    words = " ".join(said(code, own={2023: a_year(60, 40)}, months={2023: counted}) for code in DRAFTS)
    assert "2022" not in words
    assert "pic" not in words
    assert "Les premières saisines ont été traitées en novembre : l’année n’est pas entière." in words


def test_of_few_requests_nothing_is_said_to_stand_out() -> None:
    own = {2023: a_year(20, 5)}
    words = " ".join(said(code, own=own, months={2023: months(25)}) for code in DRAFTS)
    assert "pic" not in words
    assert "trop peu de saisines ont été traitées pour comparer les mois" in words
    assert not any(drafted(code, Figures(numbers(own=own))).title for code in ("causes", "channels"))


def test_a_year_that_is_not_published_is_not_told() -> None:
    figures = published(own={2022: a_year(1072, 404)})
    for code in DRAFTS:
        assert (
            in_words(code, figures)
            == "Les chiffres de 2023 ne sont pas encore publiés : ils ne sont pas dits ici."
        )


def test_the_service_is_told_by_its_titles() -> None:
    team = [("MEDIATOR", "médiatrice"), ("OFFICER", "référent"), ("OFFICER", "référente")]
    assert said("missions", team=team) == "Le service compte 1 médiatrice et 2 référents."
    assert said("missions") == ""


def test_what_is_small_is_not_told_outside() -> None:
    own = {2022: a_year(40, 20), 2023: a_year(60, 4)}
    assert told("evolution", own=own) == "En 2023, 64 saisines ont été traitées."
    assert told("money", own=own) == (
        "Le montant des rappels de droits a augmenté de 50 % entre 2022 et 2023, à 6 007,20 €."
    )


@settings(deadline=None)
@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000))
def test_no_sentence_is_broken_by_any_numbers(a: int, b: int, c: int, d: int) -> None:
    own = {2022: a_year(a, b), 2023: a_year(c, d)}
    given = {"own": own, "months": {2022: months(a + b), 2023: months(c + d)}}
    for figures in (Figures(numbers(**given)), published(**given)):
        for code in DRAFTS:
            for sentence in drafted(code, figures).sentences:
                assert sentence.endswith(".")
                assert not re.search(r"None|nan| {2}|\{|\.\.", sentence), sentence


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_outside_no_number_under_the_threshold_is_written(a: int, b: int) -> None:
    """Of a year and of the one before, in requests: percentages and days are no numbers of people."""
    own = {2022: a_year(a, b), 2023: a_year(b, a)}
    words = told("evolution", own=own, months={})
    counted = [
        int(one.replace(" ", ""))
        for one in re.findall(r"(?<!\d )\b(\d[\d ]*)(?= (?:saisine|pour|hors))", words)
    ]
    assert all(number == 0 or number >= 11 for number in counted), words


def test_what_the_service_took_part_in_is_told_to_everybody() -> None:
    events = [("Commission", 1), ("Rencontre de partenaires", 2)]
    for figures in (Figures(numbers(events=events)), published(events=events)):
        first = drafted("social", figures).sentences[0].replace("\u00a0", " ")
        assert first == "En 2023, le service a pris part à 3 instances et événements."
        [told] = [block for block in tables.blocks("social", figures, "") if block.get("code") == "instances"]
        assert told["rows"] == [["Commission", "1"], ["Rencontre de partenaires", "2"]]
