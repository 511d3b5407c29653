"""The tray says why a mail was not joined by itself, and what a mediator may do with it."""

from datetime import datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions as casework
from mediane.casework.models import Case, Message
from mediane.kit import rowsecurity
from mediane.mailroom.models import Mail
from mediane.mailroom.states import State
from mediane.notifications.queries import sent_among
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mailroom.conftest import opened  # noqa: F401 — a fixture
from tests.mailroom.letters import a_mail, taken, the_mail
from tests.mailroom.test_taking import the_notice
from tests.stories import a_studied_case
from tests.transfers.moving import NUMBER, packed, sent, taken_in

pytestmark = pytest.mark.usefixtures("opened")
TRAY = "/bureau/courrier/"
LATER = timedelta(days=5)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def a_late_answer(cast: Cast, at: datetime, message_id: str) -> Mail:
    taken(a_mail("Voici mon avis.", In_Reply_To=message_id), by_caf=cast.paris, at=at, sent=sent_among)
    return the_mail(cast.paris)


def test_a_closed_case_is_said_to_be_closed_with_what_to_do(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    notice = the_notice(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    mail = a_late_answer(cast, at + LATER, notice.message_id)
    assertContains(browser.as_staff(cast.nadia).get(TRAY), f"Dossier clos proposé\u00a0: {case.reference}")
    page = browser.get(f"{TRAY}{mail.public_id}/")
    assertContains(page, "Ce dossier est clos")
    assertContains(page, "demande réorientée")
    assertContains(page, "la réponse de l’organisme")
    assertContains(page, f'value="{case.reference}"')

    there = f"{TRAY}{mail.public_id}/joindre/?dossier={case.reference}"
    assert browser.post(there)["Location"] == f"/bureau/dossiers/{case.reference}/"
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Message.objects.filter(case=case).count() == 1
    # Whoever joined it reads it there, and is asked to.
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), "Lire ce que Mme Belkacem a envoyé.")


def test_a_case_that_went_elsewhere_is_said_to_be_there_and_takes_nothing(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    notice = the_notice(case, cast, at)
    there = taken_in(packed(case, cast, at + LATER), cast, at + LATER)
    assert there is not None
    mail = a_late_answer(cast, at + 2 * LATER, notice.message_id)
    row = browser.as_staff(cast.nadia).get(TRAY)
    assertContains(row, f"Dossier {case.reference} transféré à une autre Caf")
    page = browser.get(f"{TRAY}{mail.public_id}/")
    assertContains(page, "suivi par la médiation de la Caf de Tarn-et-Garonne")
    assertContains(page, there.reference)
    assertContains(page, "Transmis à la Caf qui suit maintenant le dossier", 2)
    assertNotContains(page, NUMBER)

    joining = f"{TRAY}{mail.public_id}/joindre/?dossier={case.reference}"
    assertNotContains(browser.get(joining), "Joindre au dossier</span>")
    assertContains(browser.post(joining), "transmettez-lui ce courriel")
    browser.post(f"{TRAY}{mail.public_id}/ecarter/", {"why": "sent_on"})
    assert the_mail(cast.paris).state == State.SET_ASIDE


def test_on_its_way_it_has_no_reference_there_yet(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    notice = the_notice(case, cast, at)
    sent(case, cast, at + LATER)
    mail = a_late_answer(cast, at + 2 * LATER, notice.message_id)
    page = browser.as_staff(cast.nadia).get(f"{TRAY}{mail.public_id}/")
    assertContains(page, "L’envoi n’y est pas encore arrivé.")
