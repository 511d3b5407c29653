"""A person who comes back after a redirection, on the pages of both cases."""

from datetime import datetime, timedelta

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case, Link
from mediane.casework.states import Kinship
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

ANOTHER_SUBJECT = {
    "benefits": ["AAH"],
    "asked": "Renouvellement de l’AAH",
    "explanation": "J’attends la décision de la MDPH.",
    "decision_contested": "Refus de renouvellement",
    "decision_on": None,
}


@pytest.fixture
def back(cast: Cast, at: datetime) -> tuple[Case, Case]:
    first = a_studied_case(cast.samira, cast.claire, at, **ANOTHER_SUBJECT)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.redirect(case=first, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    return first, a_case(cast.samira, at + timedelta(days=2))


def page_of(case: Case, more: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/{more}"


def compare(one: Case, other: Case) -> str:
    return page_of(one, f"proches/{other.reference}/")


def test_it_is_proposed_with_its_reason_said_by_a_human_and_read_on_both_cases(
    browser: SignedIn, cast: Cast, back: tuple[Case, Case]
) -> None:
    first, second = back
    page = browser.as_staff(cast.nadia).get(page_of(second)).content.decode()
    assert "Revient de la MDPH" in page
    assert f'href="{compare(second, first)}"' in page
    beside = browser.get(compare(second, first)).content.decode()
    assert "Réorientée vers la MDPH le" in beside
    assert "Rien, d’après" not in beside

    answer = browser.post(compare(second, first), {"opinion": "return", "seen": "0"})
    assert (answer.status_code, answer["Location"]) == (302, page_of(second))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Link.objects.get().kinship == Kinship.RETURN
    confirmed = browser.get(page_of(second)).content.decode()
    assert "Retour confirmé par Nadia Pruvost" in confirmed
    assert "Confirmer le retour" not in confirmed
    earlier = browser.get(page_of(first)).content.decode()
    assert "Retour après réorientation" in earlier
    assert page_of(second) in earlier


def test_said_to_be_two_requests_it_is_no_longer_proposed(
    browser: SignedIn, cast: Cast, back: tuple[Case, Case]
) -> None:
    first, second = back
    browser.as_staff(cast.nadia).post(compare(second, first), {"opinion": "apart", "seen": "0"})
    assert "Revient de" not in browser.get(page_of(second)).content.decode()


def test_it_is_not_proposed_of_a_case_that_went_nowhere(browser: SignedIn, cast: Cast, at: datetime) -> None:
    first, second = a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at + timedelta(days=2))
    browser.as_staff(cast.nadia)
    assert "Un retour après réorientation" not in browser.get(compare(second, first)).content.decode()
    # Chosen on a page shown before somebody took the case back: refused with its reason, the choice stays.
    page = browser.post(compare(second, first), {"opinion": "return", "seen": "0"}).content.decode()
    assert "n’était pas réorienté" in page
    assert 'value="return" checked' in page
