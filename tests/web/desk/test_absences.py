"""Absences on the desk: their cases are shown to whoever replaces, and come back by themselves."""

from datetime import date, datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.attendance.models import Absence
from mediane.casework.models import Case
from mediane.kit import clock, rowsecurity
from mediane.organisations.queries import team_of
from tests.attendance.away import away
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

LIST = "/bureau/absences/"
DAY = timedelta(days=1)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


@pytest.fixture
def today() -> date:
    return clock.today("Europe/Paris")


def typed(first: date, last: date, **differs: str) -> dict[str, str]:
    boxes = {
        f"{name}_{part}": str(getattr(day, part))
        for name, day in (("first_on", first), ("last_on", last))
        for part in ("day", "month", "year")
    }
    return boxes | differs


def test_one_declares_ones_absence_and_the_service_reads_it(
    browser: SignedIn, cast: Cast, today: date
) -> None:
    assertContains(browser.as_staff(cast.nadia).get(LIST), "Aucune absence en cours ou à venir")
    new = browser.get(f"{LIST}nouvelle/")
    assertNotContains(new, "Qui sera en absence")
    sent = typed(
        today, today + 4 * DAY, member=str(cast.nadia.id), cover=str(cast.amine.id), note="Joignable"
    )
    assertRedirects(browser.post(f"{LIST}nouvelle/", sent), LIST)
    shown = browser.as_staff(cast.amine).get(LIST)
    for words in ("1\u00a0personne est en absence aujourd’hui", "Nadia Pruvost", "Joignable"):
        assertContains(shown, words)
    assertContains(browser.get("/bureau/service/"), f'href="{LIST}"')


def test_the_mediator_chooses_of_whom_and_nobody_else_may(browser: SignedIn, cast: Cast, today: date) -> None:
    sent = typed(today, today + DAY, member=str(cast.amine.id))
    refused = browser.as_staff(cast.nadia).post(f"{LIST}nouvelle/", sent)
    assertContains(refused, "Choisissez une personne")
    assertContains(browser.as_staff(cast.claire).get(f"{LIST}nouvelle/"), "Qui sera en absence")
    assertRedirects(browser.post(f"{LIST}nouvelle/", sent), LIST)
    number = f"{LIST}{_only(cast).pk}/"
    assert browser.as_staff(cast.nadia).get(number).status_code == 403
    assert browser.as_staff(cast.remi).get(number).status_code == 404


def _only(cast: Cast) -> Absence:
    with in_paris(cast):
        return Absence.objects.get()


@pytest.mark.parametrize(
    ("differs", "words"),
    [
        ({"first_on_day": ""}, "jour"),
        ({"first_on_day": "31", "first_on_month": "2"}, "n’existe pas"),
        ({"last_on_year": "2206"}, "Vérifiez l’année"),
        ({"cover": "999999"}, "Choisissez une personne"),
        ({"note": "x" * 301}, "Ce texte est trop long"),
        ({"note": "2 90 05 75 123 456 89"}, "Retirez le numéro de sécurité sociale"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: SignedIn, cast: Cast, today: date, differs: dict[str, str], words: str
) -> None:
    sent = typed(today, today + DAY, member=str(cast.nadia.id), cover=str(cast.amine.id), note="Joignable")
    shown = browser.as_staff(cast.nadia).post(f"{LIST}nouvelle/", sent | differs)
    assertContains(shown, words)
    assertContains(shown, differs.get("note", "Joignable"))
    if "cover" not in differs:
        assertContains(shown, f'<option value="{cast.amine.id}" selected>')
    with in_paris(cast):
        assert not Absence.objects.exists()


def test_a_cover_away_on_some_days_is_confirmed_and_one_away_on_all_is_not_proposed(
    browser: SignedIn, cast: Cast, today: date
) -> None:
    away(cast.amine, None, today + DAY, today + 2 * DAY, clock.now())
    sent = typed(today, today + 4 * DAY, member=str(cast.nadia.id), cover=str(cast.amine.id))
    told = browser.as_staff(cast.nadia).post(f"{LIST}nouvelle/", sent)
    assertContains(told, "Amine Djebbari est aussi en absence")
    assertContains(told, 'name="is_known"')
    assertRedirects(browser.post(f"{LIST}nouvelle/", sent | {"is_known": "on"}), LIST)
    assertContains(browser.get(LIST), "en absence aussi")
    inside = typed(today + DAY, today + DAY, member=str(cast.claire.id), first_on_day="")
    assertContains(
        browser.as_staff(cast.claire).post(f"{LIST}nouvelle/", inside), "Amine Djebbari, référent ("
    )
    whole = typed(today + DAY, today + DAY, member=str(cast.claire.id), note="x" * 301)
    assertNotContains(browser.post(f"{LIST}nouvelle/", whole), "Amine Djebbari, référent (")


def test_two_people_at_once_lose_nothing(browser: SignedIn, cast: Cast, today: date) -> None:
    absence = away(cast.nadia, cast.amine, today, today + 4 * DAY, clock.now())
    where = f"{LIST}{absence.pk}/"
    sent = typed(today, today + 6 * DAY, member=str(cast.nadia.id), cover="", version="1")
    browser.as_staff(cast.claire).post(where, sent)
    late = browser.as_staff(cast.nadia).post(where, sent | {"note": "Ma note"})
    assertContains(late, "Une autre personne a modifié cette absence")
    assertContains(late, "Ma note")
    assertContains(late, 'name="version" id="id_version" value="2"')
    assertRedirects(browser.post(where, sent | {"note": "Ma note", "version": "2"}), LIST)


def test_whoever_is_back_early_ends_it(browser: SignedIn, cast: Cast, today: date) -> None:
    absence = away(cast.nadia, cast.amine, today - 3 * DAY, today + 4 * DAY, clock.now())
    where = f"{LIST}{absence.pk}/fin/"
    assertContains(browser.as_staff(cast.nadia).get(where), "Le dernier jour d’absence devient hier")
    assertRedirects(browser.post(where, {"version": "1"}), LIST)
    assertContains(browser.get(LIST), "Tout le service est là aujourd’hui")
    assertContains(browser.post(where, {"version": "2"}), "est terminée depuis le")


@pytest.fixture
def hers(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def test_whoever_replaces_sees_the_cases_until_the_end(
    browser: SignedIn, cast: Cast, today: date, hers: Case
) -> None:
    mine = "/bureau/?vue=miens"
    assertNotContains(browser.as_staff(cast.amine).get(mine), hers.reference)
    absence = away(cast.nadia, cast.amine, today - DAY, today + 2 * DAY, clock.now())
    shown = browser.get(mine)
    assertContains(shown, hers.reference)
    assertContains(shown, "Vous remplacez Nadia Pruvost jusqu’au")
    assertNotContains(browser.as_staff(cast.claire).get(mine), hers.reference)
    browser.as_staff(cast.nadia).post(f"{LIST}{absence.pk}/fin/", {"version": "1"})
    assertNotContains(browser.as_staff(cast.amine).get(mine), hers.reference)
    assertContains(browser.as_staff(cast.nadia).get(mine), hers.reference)


def test_a_new_case_is_proposed_to_whoever_replaces(
    browser: SignedIn, cast: Cast, at: datetime, today: date
) -> None:
    case = a_case(cast.samira, at)
    away(cast.nadia, cast.amine, today, today + DAY, clock.now())
    where = f"/bureau/dossiers/{case.reference}/attribution/"
    assertContains(browser.as_staff(cast.claire).get(where), "En absence jusqu’au")
    sent = {"to": str(cast.nadia.id), "version": "2"}
    proposed = browser.post(where, sent)
    assertContains(proposed, "Attribuer à Amine Djebbari")
    assertContains(proposed, "Attribuer à Nadia Pruvost quand même")
    assert _follows(case, cast) is None
    browser.post(where, sent | {"anyway": str(cast.nadia.id), "version": str(_version(case, cast))})
    assert _follows(case, cast) == cast.nadia.id


def test_a_cover_who_is_away_too_is_not_offered_nor_when_several_are_given(
    browser: SignedIn, cast: Cast, at: datetime, today: date
) -> None:
    case = a_case(cast.samira, at)
    away(cast.nadia, cast.amine, today, today + 3 * DAY, clock.now())
    ticked = {
        "case": f"{case.reference}.{_version(case, cast)}",
        "to": str(cast.nadia.id),
        "here": "?vue=tous",
    }
    proposed = browser.as_staff(cast.claire).post("/bureau/attribuer/", ticked)
    assertContains(proposed, "Attribuer à Amine Djebbari")
    away(cast.amine, None, today, today + DAY, clock.now())
    again = browser.post("/bureau/attribuer/", ticked)
    assertNotContains(again, "Attribuer à Amine Djebbari")
    assertContains(again, "est en absence aussi")
    browser.post("/bureau/attribuer/", ticked | {"anyway": str(cast.nadia.id)})
    assert _follows(case, cast) == cast.nadia.id


def _follows(case: Case, cast: Cast) -> int | None:
    with in_paris(cast):
        return Case.objects.get(pk=case.pk).assignee_id


def _version(case: Case, cast: Cast) -> int:
    with in_paris(cast):
        return Case.objects.get(pk=case.pk).version


def test_the_load_of_each_says_who_is_away_and_who_replaces(
    browser: SignedIn, cast: Cast, today: date, hers: Case
) -> None:
    away(cast.nadia, cast.amine, today, today + DAY, clock.now())
    shown = browser.as_staff(cast.claire).get("/bureau/service/charge/")
    assertContains(shown, "En absence jusqu’au")
    assertContains(shown, "Remplace Nadia Pruvost.")
    assertContains(shown, "Moins d’un mois")


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_whatever_its_length(
    browser: SignedIn, cast: Cast, today: date, number: int, django_assert_num_queries
) -> None:
    with in_paris(cast):
        assert len(team_of(cast.paris.pk)) == 3
    for rank in range(number):
        away(cast.nadia, cast.amine, today + 2 * rank * DAY, today + 2 * rank * DAY, clock.now())
    browser.as_staff(cast.nadia).get(LIST)
    # A savepoint and its end around: session, context, membership, team, absences.
    with django_assert_num_queries(7):
        browser.get(LIST)
