"""The page of invented people."""

import pytest
from django.test import Client

from mediane.kit import rowsecurity
from mediane.organisations.models import Membership
from mediane.web import gate

URL = "/demonstration/"


def test_people_are_shown_with_what_they_have_to_show(browser, cast):
    page = browser.get(URL).content.decode()

    assert "Samira Belkacem" in page
    assert "Un document lui est demandé" in page


def test_a_person_enters_in_one_click(browser, cast):
    page = browser.post(f"{URL}entrer/", {"audience": "person", "who": cast.samira.pk})

    assert page.url == "/espace/"
    assert browser.session[gate.PERSON] == cast.samira.pk


def test_a_member_of_staff_enters_where_she_was_going(browser, cast):
    with rowsecurity.working_for(rowsecurity.signin()):
        membership = Membership.objects.get(user_id=cast.claire.id)

    page = browser.post(
        f"{URL}entrer/", {"audience": "staff", "who": membership.pk, "suite": "/bureau/recherche/"}
    )

    assert page.url == "/bureau/recherche/"
    assert browser.session[gate.MEMBER] == [cast.claire.id, cast.paris.pk]


def test_entering_as_somebody_ends_the_other_session(browser, cast):
    browser.as_staff(cast.claire).post(f"{URL}entrer/", {"audience": "person", "who": cast.samira.pk})

    assert gate.MEMBER not in browser.session


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"audience": "person", "who": "999999999"},
        {"audience": "staff", "who": "999999999"},
        {"audience": "person", "who": "9" * 30},
        {"audience": "head", "who": "1"},
    ],
)
def test_nobody_enters_as_somebody_who_does_not_exist(browser, cast, sent):
    assert browser.post(f"{URL}entrer/", sent).status_code == 404


def test_a_click_from_elsewhere_signs_nobody_in(cast):
    careful = Client(enforce_csrf_checks=True)

    assert careful.post(f"{URL}entrer/", {"audience": "person", "who": cast.samira.pk}).status_code == 403


def test_any_caf_shows_a_few_of_its_people(browser, cast):
    page = browser.get(URL, {"caf": "82"}).content.decode()

    assert "Awa Traoré" in page
    assert "Rémi Castagné" in page


def test_the_page_costs_the_same_for_everybody(browser, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        browser.get(URL, {"caf": "75"})


def test_the_gallery_shows_every_component(browser, db):
    assert "Boutons" in browser.get(f"{URL}composants/").content.decode()
