"""Three versions of one letter in the follow-up space."""

from datetime import datetime, timedelta

import pytest

from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.correspondence import actions
from mediane.correspondence.actions import Conclusion
from mediane.correspondence.models import Letter
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.letters import a_reply
from tests.stories import a_studied_case

DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))


def signed(cast: Cast, at: datetime, easy: str) -> tuple[Case, Letter]:
    case = a_studied_case(cast.samira, cast.claire, at)
    later = at + timedelta(days=2)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = a_reply(cast.claire, later, easy=easy)
        actions.sign_and_send(letter=letter, conclusion=DONE, seen_version=2, by=cast.claire, at=later)
        actions.make_pdf(letter=letter, at=later)
    return case, letter


def page(case: Case, letter: Letter, version: str = "") -> str:
    return f"/espace/{case.reference}/lettres/{letter.public_id}/{version}"


def test_the_letter_leads_to_its_easy_version_and_to_large_print(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case, letter = signed(cast, at, "Vous ne devez plus rien.")
    whole = browser.as_person(cast.samira).get(page(case, letter)).content.decode()
    assert page(case, letter, "facile-a-lire/") in whole
    assert page(case, letter, "grands-caracteres/") in whole
    easy = browser.get(page(case, letter, "facile-a-lire/")).content.decode()
    assert "Vous ne devez plus rien." in easy
    assert "La lettre entière" in easy
    large = browser.get(page(case, letter, "grands-caracteres/"))
    assert large.content.startswith(b"%PDF")
    assert large["Cache-Control"] == "private, no-store"
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Entry.objects.filter(verb="open_letter", subject=str(letter.public_id)).count() == 3


def test_without_an_easy_version_there_is_none_to_open(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case, letter = signed(cast, at, "")
    assert (
        page(case, letter, "facile-a-lire/")
        not in browser.as_person(cast.samira).get(page(case, letter)).content.decode()
    )
    assert browser.get(page(case, letter, "facile-a-lire/")).status_code == 404


@pytest.mark.parametrize("version", ["facile-a-lire/", "grands-caracteres/"])
def test_nobody_elses_letter_opens_in_any_version(
    browser: SignedIn, cast: Cast, at: datetime, version: str
) -> None:
    case, letter = signed(cast, at, "Vous ne devez plus rien.")
    assert browser.as_person(cast.lucette).get(page(case, letter, version)).status_code == 404
    desk = f"/bureau/dossiers/{case.reference}/courriers/{letter.public_id}/{version}"
    assert browser.as_staff(cast.remi).get(desk).status_code == 404
    assert browser.as_staff(cast.nadia).get(desk).content.startswith(b"%PDF")
