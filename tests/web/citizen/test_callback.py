"""Asking to be called back, by anybody; and what the person reads of appointments and calls."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.callbacks.models import CallbackRequest
from mediane.callbacks.queries import caller_of
from mediane.callbacks.rules import MOST_A_DAY
from mediane.casework import actions as casework
from mediane.casework.rules.meetings import Meeting, Spoken
from mediane.casework.states import AppointmentState, CallKind, Way
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

PAGE = "/etre-rappele/"
DAY = timedelta(days=1)


def typed(**differs: Any) -> dict[str, Any]:
    said = {
        "key": str(uuid4()),
        "first_name": "Odile",
        "last_name": "Ferrand",
        "phone": "01 99 00 41 27",
        "postcode": "75020",
        "moment": "morning",
        "agreed": "on",
    }
    return said | differs


def kept(cast: Cast) -> list[CallbackRequest]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(CallbackRequest.objects.all())


def test_the_public_pages_lead_to_it(client: Client, db: None) -> None:
    for page in ("/", "/aide/", "/caf/75/"):
        assertContains(client.get(page), f'href="{PAGE}"')


def test_whoever_asks_reads_which_caf_will_call(client: Client, cast: Cast) -> None:
    done = client.post(PAGE, typed(number="4817263 B", voicemail="on"))
    assertRedirects(done, f"{PAGE}75/demande/")
    assertContains(client.get(f"{PAGE}75/demande/"), "Le service médiation de la Caf de Paris vous appellera")
    (request,) = kept(cast)
    assert (caller_of(request).number, request.voicemail) == ("4817263", True)


def test_somebody_signed_in_may_ask_too(browser: SignedIn, cast: Cast) -> None:
    assertRedirects(browser.as_person(cast.samira).post(PAGE, typed()), f"{PAGE}75/demande/")
    assert len(kept(cast)) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first_name": ""}, "Indiquez votre prénom"),
        ({"last_name": "x" * 61}, "caractères au plus"),
        ({"last_name": "2 85 05 75 116 005 42"}, "numéro de sécurité sociale"),
        ({"phone": "appelez-moi"}, "numéro de téléphone complet"),
        ({"phone": "06"}, "numéro de téléphone complet"),
        ({"postcode": "99999"}, "ne correspond à aucune Caf"),
        ({"moment": "night"}, "Sélectionnez un choix valide"),
        ({"number": "12"}, "les sept chiffres"),
        ({"agreed": ""}, "Sans votre accord"),
        ({"key": "x"}, "Cette page était incomplète"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, cast: Cast, wrong: dict[str, str], words: str
) -> None:
    shown = client.post(PAGE, typed() | wrong)
    assertContains(shown, words)
    assertContains(shown, f'value="{typed()["phone"] if "phone" not in wrong else wrong["phone"]}"')
    assert kept(cast) == []


def test_a_page_sent_twice_asks_once(client: Client, cast: Cast) -> None:
    page = typed()
    for _ in range(2):
        assertRedirects(client.post(PAGE, page), f"{PAGE}75/demande/")
    assert len(kept(cast)) == 1


def test_corrected_after_going_back_it_is_the_corrected_one_that_is_called(
    client: Client, cast: Cast
) -> None:
    page = typed(phone="01 99 00 41 28")
    client.post(PAGE, page)
    for _ in range(2):
        assertRedirects(client.post(PAGE, page | {"phone": "01 99 00 41 27"}), f"{PAGE}75/demande/")
    (request,) = kept(cast)
    assert caller_of(request).phone == "01 99 00 41 27"
    assertRedirects(client.post(PAGE, page | {"postcode": "82000"}), f"{PAGE}82/demande/")
    assert kept(cast) == []


def test_a_flood_from_one_connection_is_stopped_and_another_passes(client: Client, cast: Cast) -> None:
    for _ in range(MOST_A_DAY):
        client.post(PAGE, typed(), REMOTE_ADDR="192.0.2.7")
    refused = client.post(PAGE, typed(), REMOTE_ADDR="192.0.2.7")
    assertContains(refused, "Trop de demandes")
    assertContains(refused, 'value="Ferrand"')
    # What a client pretends stands before what the proxy saw.
    forged = {"HTTP_X_FORWARDED_FOR": "203.0.113.9, 192.0.2.7", "REMOTE_ADDR": "127.0.0.1"}
    assertContains(client.post(PAGE, typed(), **forged), "Trop de demandes")
    client.post(PAGE, typed(), REMOTE_ADDR="192.0.2.8")
    assert len(kept(cast)) == MOST_A_DAY + 1


@pytest.mark.parametrize("code", ["20", "99", "xyz"])
def test_there_is_no_answer_for_a_caf_that_does_not_exist(client: Client, db: None, code: str) -> None:
    assert client.get(f"{PAGE}{code}/demande/").status_code == 404


def test_the_person_reads_appointments_and_shared_calls(browser: SignedIn, cast: Cast) -> None:
    now = clock.now()
    case = a_studied_case(cast.samira, cast.claire, now - 5 * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for days, way in ((2, Way.DESK), (3, Way.PHONE)):
            meeting = Meeting(way=way, starts_at=now + days * DAY, place=f"Lieu {days}", words="Le bail")
            appointment = casework.set_appointment(case=case, meeting=meeting, by=cast.nadia, at=now)
        state = AppointmentState.CANCELLED_BY_SERVICE
        casework.end_appointment(appointment=appointment, state=state, by=cast.nadia, at=now)
        for shared, text in ((True, "Nous avons relu la décision."), (False, "Entre nous.")):
            called_at = now - DAY - timedelta(hours=shared)
            said = Spoken(
                kind=CallKind.MADE, called_at=called_at, spoke_to="Samira", text=text, is_shared=shared
            )
            casework.note_call(case=case, spoken=said, by=cast.nadia, at=now)
    shown = browser.as_person(cast.samira).get(f"/espace/{case.reference}/")
    for words in ("Rendez-vous le ", "Lieu 2", "Le bail", "annulé par le service", "Nous avons relu"):
        assertContains(shown, words)
    for words in ("Lieu 3", "Entre nous"):
        assertNotContains(shown, words)
