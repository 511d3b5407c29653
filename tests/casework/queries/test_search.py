from datetime import datetime

import pytest

from mediane.casework.queries.search import By, Found, search
from mediane.kit import rowsecurity
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
        ("dettes", By.WORDS),
        ("trop-perçu", By.WORDS),
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
