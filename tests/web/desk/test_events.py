"""Events on the desk: typed in seconds, kept by year, nothing lost when something is wrong."""

from datetime import date, datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.events.actions import Told, enter_event
from mediane.events.models import Event
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn

LIST = "/bureau/evenements/"
TYPED = {
    "title": "Comité avec les prestations", "kind": "SERVICE",
    "on_day": "4", "on_month": "6", "on_year": "2026",
    "with_whom": "Service des prestations", "outcome": "Un courrier plus clair.",
}  # fmt: skip


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def an_event(cast: Cast, at: datetime, title: str = "Matinée des partenaires") -> Event:
    with in_paris(cast):
        told = Told(on=date(2026, 3, 12), kind="PARTNERS", title=title)
        return enter_event(told=told, by=cast.nadia, at=at)


def test_an_event_is_added_and_shown_in_its_year(browser: SignedIn, cast: Cast) -> None:
    assertContains(browser.as_staff(cast.nadia).get(f"{LIST}?annee=2026"), "Rien n’est noté en 2026")
    sent = browser.post(f"{LIST}nouveau/", TYPED)
    assert sent.url == f"{LIST}?annee=2026"
    shown = browser.get(sent.url)
    assertContains(shown, "Comité avec les prestations")
    assertContains(shown, "4\u00a0juin\u00a02026")
    assertContains(browser.get("/bureau/service/"), f'href="{LIST}"')


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"title": ""}, "Donnez un titre à l’événement"),
        ({"title": "x" * 121}, "Ce texte est trop long"),
        ({"kind": "PICNIC"}, "Choisissez un genre"),
        ({"on_day": ""}, "jour"),
        ({"on_year": "1926"}, "Vérifiez l’année"),
        ({"outcome": "2 90 05 75 123 456 89"}, "Retirez le numéro de sécurité sociale"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    browser: SignedIn, cast: Cast, differs: dict[str, str], sentence: str
) -> None:
    shown = browser.as_staff(cast.nadia).post(f"{LIST}nouveau/", TYPED | differs)
    assertContains(shown, sentence)
    assertContains(shown, "Service des prestations")
    with in_paris(cast):
        assert not Event.objects.exists()


def test_errors_are_summed_up_in_the_order_of_the_page(browser: SignedIn, cast: Cast) -> None:
    page = browser.as_staff(cast.nadia).post(f"{LIST}nouveau/", {}).content.decode()
    words = ("Donnez un titre à l’événement", "Indiquez la date de l’événement", "Choisissez un genre")
    places = [page.index(sentence) for sentence in words]
    assert places == sorted(places)


def test_two_people_at_once_lose_nothing(browser: SignedIn, cast: Cast, at: datetime) -> None:
    event = an_event(cast, at)
    where = f"{LIST}{event.pk}/"
    browser.as_staff(cast.claire).post(where, TYPED | {"version": "1"})
    late = browser.as_staff(cast.nadia).post(where, TYPED | {"version": "1", "title": "Ma version"})
    assertContains(late, "Une autre personne a modifié cet événement")
    assertContains(late, "Ma version")
    assertContains(late, 'name="version" id="id_version" value="2"')
    browser.post(where, TYPED | {"version": "2", "title": "Ma version"})
    assertContains(browser.get(f"{LIST}?annee=2026"), "Ma version")


def test_what_was_entered_by_mistake_is_removed_after_a_question(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    event = an_event(cast, at)
    where = f"{LIST}{event.pk}/retrait/"
    assertContains(browser.as_staff(cast.nadia).get(where), "Retirer cet événement\u00a0?")
    browser.post(where, {"version": "1"})
    assertNotContains(browser.get(f"{LIST}?annee=2026"), "Matinée des partenaires")


def test_an_event_of_another_caf_is_not_found(browser: SignedIn, cast: Cast, at: datetime) -> None:
    event = an_event(cast, at)
    for page in ("", "retrait/"):
        where = f"{LIST}{event.pk}/{page}"
        assert browser.as_staff(cast.remi).get(where).status_code == 404
        assert browser.post(where, TYPED | {"version": "1"}).status_code == 404


def test_a_year_that_is_none_is_this_one(browser: SignedIn, cast: Cast) -> None:
    for asked in ("", "abc", "99999999999", "²", "1990"):
        assert browser.as_staff(cast.nadia).get(LIST, {"annee": asked}).status_code == 200


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_costs_the_same_whatever_its_length(
    browser: SignedIn, cast: Cast, at: datetime, number: int, django_assert_max_num_queries
) -> None:
    for rank in range(number):
        an_event(cast, at, f"Rencontre {rank}")
    browser.as_staff(cast.nadia).get(LIST)
    with django_assert_max_num_queries(10):
        browser.get(f"{LIST}?annee=2026")
