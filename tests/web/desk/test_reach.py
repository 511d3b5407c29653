"""« Changer la façon de la joindre », from a case, on her word."""

from datetime import datetime, timedelta

from mediane.casework.models import ContactWord
from mediane.casework.states import Act
from mediane.kit import clock, rowsecurity
from mediane.notifications.actions import announce
from mediane.notifications.rules import Kind
from tests.casework.queries.test_reaching import SHELTER, read, written_to
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case


def typed(**differs: str) -> dict[str, str]:
    first = {"version": "1", "seen_at": clock.now().isoformat(), "channel": "courriel", "heard": "phone"}
    return {**first, "note": "Elle habite de nouveau seule.", **differs}


def test_the_page_holds_what_stands_and_one_word_changes_it(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at, safe_contact=SHELTER, notice_by_email=False)
    here = f"/bureau/dossiers/{case.reference}/joindre/"
    page = browser.as_staff(cast.nadia).get(here).content.decode()
    assert "BP 12" in page
    assert "rappelez la personne au numéro sûr" in page
    answer = browser.post(here, typed(address="2 rue Retrouvée\n75011 Paris"))
    assert answer.status_code == 302
    assert written_to(cast, case) == (("2 rue Retrouvée", "75011 Paris"), "samira@exemple.fr", True)
    shown = browser.get(answer["Location"]).content.decode()
    assert "Façon de la joindre changée" in shown
    assert "Sa parole du" in shown
    told = browser.get(f"/bureau/dossiers/{case.reference}/coordonnees/").content.decode()
    assert "Elle habite de nouveau seule." in told


def test_how_it_was_said_and_a_note_are_asked(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    here = f"/bureau/dossiers/{case.reference}/joindre/"
    page = browser.as_staff(cast.nadia).post(here, typed(heard="online", note=" ", address="9 rue Tapée"))
    text = page.content.decode()
    assert "Écrivez ce que la personne a dit" in text
    assert "9 rue Tapée" in text
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not ContactWord.objects.exists()


def test_an_email_not_sent_yet_obeys(browser: SignedIn, cast: Cast, at: datetime, mailoutbox: list) -> None:
    """What waits to be told is told as she says when it leaves, not when it was written."""
    case = a_case(cast.samira, at)
    here = f"/bureau/dossiers/{case.reference}/joindre/"
    browser.as_staff(cast.nadia).post(here, typed(channel="espace"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        known = read(cast, case)
        assert known.steps.filter(act=Act.SAY_HOW_TO_REACH).count() == 1
        assert announce(case=known, at=at + timedelta(days=1)) is Kind.NONE
    assert mailoutbox == []
