"""An appointment as the person reads it, and cancels it; then as the service reads that."""

import re
from datetime import datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework import actions as casework
from mediane.casework.models import Appointment, Case, Message
from mediane.casework.rules.meetings import Meeting
from mediane.casework.states import Act, AppointmentState, Way
from mediane.kit import clock, rowsecurity
from mediane.notifications.queries import steps_to_announce
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import acting, given, sent
from tests.stories import a_studied_case

DAY = timedelta(days=1)


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def case(cast: Cast, now: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, now - 5 * DAY)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


@pytest.fixture
def appointment(case: Case, cast: Cast, now: datetime) -> Appointment:
    meeting = Meeting(way=Way.DESK, starts_at=now + 2 * DAY, place="Salle 2")
    with in_paris(cast):
        return casework.set_appointment(case=case, meeting=meeting, by=cast.nadia, at=now)


def page(case: Case) -> str:
    return f"/espace/{case.reference}/rendez-vous/1/annuler/"


def asked(browser: SignedIn, case: Case, of: Beneficiary) -> dict[str, str]:
    """What the page holds, as it is when it is opened."""
    shown = browser.as_person(of).get(page(case)).content.decode()
    (seen_at,) = re.findall(r'name="seen_at"[^>]* value="([^"]+)"', shown)
    return {"seen_at": seen_at}


def test_she_cancels_and_the_service_reads_why(
    browser: SignedIn, cast: Cast, case: Case, appointment: Appointment
) -> None:
    shown = browser.as_person(cast.samira).get(f"/espace/{case.reference}/")
    assertContains(shown, page(case))
    form = asked(browser, case, cast.samira) | {"reason": "Mon fils est hospitalisé."}
    assertRedirects(browser.post(page(case), form), f"/espace/{case.reference}/")
    after = browser.get(f"/espace/{case.reference}/")
    assertContains(after, "annulé à votre demande")
    assertNotContains(after, page(case))
    desk = browser.as_staff(cast.claire).get(f"/bureau/dossiers/{case.reference}/")
    for words in ("Rendez-vous annulé", "Mon fils est hospitalisé.", "Annulé par la personne"):
        assertContains(desk, words)
    assertContains(browser.get("/bureau/"), case.reference)


def test_sent_twice_it_is_cancelled_once(
    browser: SignedIn, cast: Cast, case: Case, appointment: Appointment
) -> None:
    form = asked(browser, case, cast.samira) | {"reason": "Malade."}
    browser.post(page(case), form)
    again = browser.post(page(case), form)
    assertContains(again, "déjà annulé")
    assertContains(again, "Malade.")
    assertRedirects(browser.get(page(case)), f"/espace/{case.reference}/")
    with in_paris(cast):
        assert Message.objects.filter(case=case).count() == 1


def test_moved_meanwhile_she_reads_the_new_moment_then_cancels_that(
    browser: SignedIn, cast: Cast, case: Case, appointment: Appointment, now: datetime
) -> None:
    form = asked(browser, case, cast.samira) | {"reason": "Je travaille."}
    elsewhere = Meeting(way=Way.PHONE, starts_at=now + 9 * DAY, place="06 39 98 41 27")
    later = now + DAY / 24
    with in_paris(cast):
        casework.move_appointment(appointment=appointment, meeting=elsewhere, by=cast.nadia, at=later)
    refused = browser.post(page(case), form)
    assertContains(refused, "a été déplacé entre-temps")
    assertContains(refused, "par téléphone")
    assertContains(refused, "Je travaille.")
    (seen_at,) = re.findall(r'name="seen_at"[^>]* value="([^"]+)"', refused.content.decode())
    browser.post(page(case), {"seen_at": seen_at})
    with in_paris(cast):
        assert Appointment.objects.get().state == AppointmentState.CANCELLED_BY_PERSON


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"seen_at": "hier"}, "Cette page était incomplète"),
        ({"seen_at": "2026-11-09T13:41"}, "a été déplacé"),
        ({"seen_at": ""}, "Cette page était incomplète"),
        ({"reason": "x" * 501}, "trop long"),
        ({"reason": "2 85 05 75 116 005 42"}, "numéro de sécurité sociale"),
    ],
)
def test_what_is_wrong_is_said_and_cancels_nothing(
    browser: SignedIn, cast: Cast, case: Case, appointment: Appointment, wrong: dict[str, str], words: str
) -> None:
    form = asked(browser, case, cast.samira) | wrong
    assertContains(browser.post(page(case), form), words)
    with in_paris(cast):
        assert Appointment.objects.get().is_planned


def test_whoever_holds_a_mandate_of_this_case_cancels_it_and_the_person_is_told(
    cast: Cast, case: Case, appointment: Appointment, now: datetime
) -> None:
    mandate = given(cast.samira, now, case)
    typed = sent(mandate, seen_at=appointment.told_at.isoformat(), reason="Elle est souffrante.")
    assertRedirects(acting(mandate).post(page(case), typed), f"/espace/{case.reference}/")
    with in_paris(cast):
        assert Appointment.objects.get().state == AppointmentState.CANCELLED_BY_PERSON
        assert Act.CANCEL_APPOINTMENT in {step.act for step in steps_to_announce(case)}


def test_nobody_else_finds_the_page(
    browser: SignedIn, cast: Cast, case: Case, appointment: Appointment
) -> None:
    assert browser.as_person(cast.lucette).get(page(case)).status_code == 404
    assert browser.as_person(cast.samira).get(page(case).replace("/1/", "/7/")).status_code == 404
