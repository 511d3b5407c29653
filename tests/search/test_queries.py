from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediane.kit import rowsecurity
from mediane.search.queries import By, Found, search
from tests.cast import Cast
from tests.stories import a_case


def found(cast: Cast, text: str) -> Found:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return search(organisation_id=cast.paris.pk, text=text)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("4817263", By.NUMBER),
        ("4 817 263 K", By.NUMBER),
        ("belk", By.NAME),
        ("Samira Belkacem", By.NAME),
        ("BELKACEM samira", By.NAME),
        ("Belkasem", By.NEAR),
        ("Samirra Belkacen", By.NEAR),
        ("belcacem dette", By.NEAR),
        ("dettes", By.WORDS),
        ("DÉTTE", By.WORDS),
        ("trop-perçu", By.WORDS),
        ("comprendre belkacem", By.WORDS),
        ("26-884120", By.WORDS),
        ("dette hélicoptère", By.NOTHING),
        ("Morvan dette", By.NOTHING),
        ("hélicoptère", By.NOTHING),
        ("  ", By.NOTHING),
        ("'; --", By.NOTHING),
    ],
)
def test_a_case_is_found_by_what_one_remembers(cast: Cast, at: datetime, text: str, by: By) -> None:
    case = a_case(cast.samira, at)
    result = found(cast, text)
    assert result.by == by
    assert [one.reference for one in result.cases] == ([] if by == By.NOTHING else [case.reference])


def test_a_reference_is_found_however_it_is_typed(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    for typed in (case.reference, case.reference.lower(), case.reference.replace("-", " ")):
        result = found(cast, typed)
        assert (result.by, [one.reference for one in result.cases]) == (By.REFERENCE, [case.reference])


def test_another_caf_finds_nothing(cast: Cast, at: datetime) -> None:
    case = a_case(cast.awa, at)
    for text in (case.reference, "3307154", "Traoré", "retenue"):
        assert found(cast, text).cases == []


@pytest.mark.parametrize(
    "typed", ["réclamée", "RÉCLAMÉ", "reclamees", "réclame", "l’œuvre", "oeuvres", "n'était-ce l'oeuvre"]
)
def test_accents_plurals_and_endings_do_not_matter(cast: Cast, at: datetime, typed: str) -> None:
    a_case(cast.samira, at, explanation="La somme réclamée passe l’œuvre de ma vie ; c’était ma paie.")
    assert found(cast, typed).by == By.WORDS


@pytest.mark.parametrize("typed", ["Morvn", "Movran", "Morwan", "Morvant", "Morven", "morrvan"])
def test_one_slip_in_a_name_is_forgiven(cast: Cast, at: datetime, typed: str) -> None:
    case = a_case(cast.lucette, at)
    result = found(cast, typed)
    assert (result.by, [one.reference for one in result.cases]) == (By.NEAR, [case.reference])


def test_the_newest_come_first_and_no_more_than_thirty(cast: Cast, at: datetime) -> None:
    cases = [a_case(cast.samira, at + timedelta(hours=hour)) for hour in range(32)]
    for typed in ("retenue", "belkacem"):
        result = found(cast, typed)
        assert result.is_cut
        assert [one.reference for one in result.cases] == [case.reference for case in cases[:1:-1]]


@given(typed=st.text(max_size=200))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_typed_is_an_answer(cast: Cast, typed: str) -> None:
    assert found(cast, typed.replace("\x00", "")).cases == []
