"""Calls and appointments from the page of a case: typed, refused with what was typed, shown."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework import actions
from mediane.casework.models import Appointment, Call, Case
from mediane.casework.rules.meetings import Meeting, Spoken
from mediane.casework.states import CallKind, Way
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

DAY = timedelta(days=1)


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_studied_case(cast.samira, cast.claire, clock.now() - 3 * DAY)


@pytest.fixture
def nadia(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.nadia)


def page(case: Case, end: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/{end}"


def on(moment: datetime) -> dict[str, str]:
    day = clock.day_of(moment, "Europe/Paris")
    return {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)}


def a_call(case: Case, **differs: Any) -> dict[str, Any]:
    said = {
        "kind": "made",
        "spoke_to": "Samira Belkacem",
        "text": "Elle envoie ses quittances.",
        "hour": "9h",
    }
    return {"version": case.version} | said | on(clock.now() - DAY) | differs


def a_meeting(case: Case, **differs: Any) -> dict[str, Any]:
    said = {"way": "desk", "place": "Bureau 12", "hour": "14 h 30", "words": "Vos quittances"}
    return {"version": case.version} | said | on(clock.now() + 3 * DAY) | differs


def planned(case: Case, cast: Cast, after: timedelta = DAY) -> Appointment:
    now = clock.now()
    meeting = Meeting(way=Way.PHONE, starts_at=now + after, place="06 39 98 41 27")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.set_appointment(case=case, meeting=meeting, by=cast.claire, at=now - 2 * DAY)


def test_a_call_noted_stands_in_the_time_line_and_is_counted(nadia: SignedIn, case: Case) -> None:
    assertContains(nadia.get(page(case)), "Aucun appel noté")
    assertRedirects(nadia.post(page(case, "appel/"), a_call(case, minutes="12")), page(case))
    nadia.post(page(case, "appel/"), a_call(case, kind="tried", text="", hour="10:15"))
    shown = nadia.get(page(case))
    assertContains(shown, "Appel passé, 12\u00a0minutes\u00a0: Samira Belkacem")
    assertContains(shown, "Elle envoie ses quittances. Noté par Nadia Pruvost, pour le service seul.")
    assertContains(shown, "1\u00a0appel, 1\u00a0tentative.")


def test_a_call_does_not_mind_that_somebody_else_acted(nadia: SignedIn, case: Case, cast: Cast) -> None:
    typed = a_call(case)
    planned(case, cast)
    assertRedirects(nadia.post(page(case, "appel/"), typed), page(case))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hour": "25 h"}, "Écrivez l’heure ainsi"),
        ({"hour": "midi"}, "Écrivez l’heure ainsi"),
        ({"text": ""}, "Écrivez ce qui a été dit"),
        ({"kind": "tried", "minutes": "3"}, "laissez la durée vide"),
        ({"minutes": "dix"}, "Écrivez la durée en chiffres"),
        ({"kind": "shouted"}, "Sélectionnez un choix valide"),
        ({"text": "2 85 05 75 116 005 42"}, "numéro de sécurité sociale"),
        ({"day_year": "2099"}, "dans le futur"),
        ({"day_year": "1999"}, "plus d’un an"),
        ({"day_month": "13"}, "Le mois va de 1 à 12"),
        ({"version": "zéro"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    nadia: SignedIn, case: Case, cast: Cast, wrong: dict[str, str], words: str
) -> None:
    shown = nadia.post(page(case, "appel/"), a_call(case, spoke_to="Yanis, son frère") | wrong)
    assertContains(shown, words)
    assertContains(shown, "Yanis, son frère")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Call.objects.count() == 0


def test_an_appointment_is_set_moved_and_ended(nadia: SignedIn, case: Case, cast: Cast) -> None:
    assertRedirects(nadia.post(page(case, "rendez-vous/"), a_meeting(case)), page(case))
    assertContains(nadia.get(page(case)), "14\u00a0h\u00a030, à l’accueil")
    form = nadia.get(page(case, "rendez-vous/1/"))
    assertContains(form, 'value="14\u00a0h\u00a030"')
    moved = a_meeting(case, version=case.version + 1, hour="9:15", way="video", place="Lien à venir")
    assertRedirects(nadia.post(page(case, "rendez-vous/1/"), moved), page(case))
    assertContains(nadia.get(page(case)), "9\u00a0h\u00a015, en visioconférence")
    assertNotContains(nadia.get(page(case, "rendez-vous/1/suite/")), "Tenu")
    ended = {"version": case.version + 2, "state": "cancelled_by_person"}
    assertRedirects(nadia.post(page(case, "rendez-vous/1/suite/"), ended), page(case))
    assertContains(nadia.get(page(case)), "Annulé par la personne, noté par Nadia Pruvost")
    assertRedirects(nadia.get(page(case, "rendez-vous/1/")), page(case))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"place": ""}, "Indiquez où la personne est attendue"),
        ({"way": "phone", "place": ""}, "Indiquez le numéro que vous appellerez"),
        ({"day_year": "2020"}, "Choisissez un moment à venir"),
        ({"day_year": "2099"}, "vérifiez l’année"),
        ({"hour": ""}, "Indiquez l’heure"),
        ({"words": "x" * 501}, "500 caractères au plus"),
    ],
)
def test_no_appointment_without_a_place_or_in_the_past(
    nadia: SignedIn, case: Case, wrong: dict[str, str], words: str
) -> None:
    assertContains(nadia.post(page(case, "rendez-vous/"), a_meeting(case) | wrong), words)


def test_the_second_agent_reads_who_was_first_and_keeps_what_was_typed(
    nadia: SignedIn, case: Case, cast: Cast
) -> None:
    typed = a_meeting(case, words="Apportez le bail")
    planned(case, cast)
    refused = nadia.post(page(case, "rendez-vous/"), typed)
    assertContains(refused, "Claire Vasseur a agi sur ce dossier")
    assertContains(refused, "Apportez le bail")
    assertContains(refused, f'name="version" id="id_version" value="{case.version}"')


def test_the_hour_come_and_nothing_said_it_is_to_be_ended(nadia: SignedIn, case: Case, cast: Cast) -> None:
    planned(case, cast, -DAY)
    assertContains(nadia.get(page(case)), "À conclure")
    held = {"version": case.version, "state": "held"}
    assertRedirects(nadia.post(page(case, "rendez-vous/1/suite/"), held), page(case))
    assertContains(nadia.get(page(case)), "Tenu, noté par")


def test_an_appointment_that_does_not_exist_is_404(nadia: SignedIn, case: Case) -> None:
    assert nadia.get(page(case, "rendez-vous/7/")).status_code == 404
    assert nadia.post(page(case, "rendez-vous/7/suite/"), {"state": "held"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same_for_twenty_as_for_none(
    nadia: SignedIn, case: Case, cast: Cast, rows: int, django_assert_num_queries: Any
) -> None:
    now = clock.now()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for n in range(rows):
            called_at = now - timedelta(minutes=n)
            said = Spoken(kind=CallKind.MADE, called_at=called_at, spoke_to="Samira", text="Bonjour")
            actions.note_call(case=case, spoken=said, by=cast.claire, at=now)
            meeting = Meeting(way=Way.VIDEO, starts_at=now + (n + 1) * timedelta(hours=1), place="Lien")
            actions.set_appointment(case=case, meeting=meeting, by=cast.claire, at=now)
    nadia.get(page(case))
    with django_assert_num_queries(17 + 2):
        nadia.get(page(case))


def test_the_plan_of_the_day_says_who_comes(nadia: SignedIn, case: Case, cast: Cast) -> None:
    assertNotContains(nadia.get("/bureau/"), "Rendez-vous")
    planned(case, cast, timedelta(minutes=1))
    shown = nadia.get("/bureau/")
    assertContains(shown, "Rendez-vous")
    assertContains(shown, "Samira Belkacem</a>, par téléphone.")


def test_how_to_reach_her_ends_each_sentence_once(nadia: SignedIn, cast: Cast) -> None:
    contact = {"hours": "Le mardi. Pas de message vocal.", "caution": "Mon adresse doit rester secrète"}
    case = a_studied_case(cast.samira, cast.claire, clock.now() - 3 * DAY, safe_contact=contact)
    page = nadia.get(f"/bureau/dossiers/{case.reference}/rendez-vous/").content.decode()
    assert "Le mardi. Pas de message vocal. Mon adresse doit rester secrète.</p>" in page
