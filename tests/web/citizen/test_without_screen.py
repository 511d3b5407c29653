"""Paper, easy reading, and the way out."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mediane.organisations.rules import DEPARTMENTS
from mediane.web.citizen.views.easy import PAGES
from mediane.web.citizen.views.leave import NEUTRAL
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.citizen.steps import Journey

pytestmark = pytest.mark.django_db
FORM = "/caf/75/formulaire/pdf/"


def test_the_form_of_a_caf_is_a_pdf_that_is_not_sent_twice(client: Client) -> None:
    first = client.get(FORM)
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert "demande-de-mediation-caf-75.pdf" in first.headers["Content-Disposition"]
    again = client.get(FORM, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("code", ["20", "99", "75x", "CNAF"])
def test_there_is_no_form_of_a_caf_that_does_not_exist(client: Client, code: str) -> None:
    assert client.get(f"/caf/{code}/formulaire/pdf/").status_code == 404


def test_the_page_of_each_caf_leads_to_its_form(client: Client) -> None:
    for code in (DEPARTMENTS[0], "2A", "974"):
        assert f"/caf/{code}/formulaire/pdf/" in client.get(f"/caf/{code}/").content.decode()


def test_an_agent_finds_the_form_where_letters_are_entered(browser: SignedIn, cast: Cast) -> None:
    page = browser.as_staff(cast.nadia).get("/bureau/enregistrer/").content.decode()
    assert FORM in page


@pytest.mark.parametrize("slug", PAGES)
def test_each_easy_page_leads_to_the_next(client: Client, slug: str) -> None:
    page = client.get(f"/facile-a-lire/{slug}/").content.decode()
    order = list(PAGES)
    following = order[order.index(slug) + 1] if slug != order[-1] else ""
    assert f"/facile-a-lire/{following}" in page
    assert page.count('<svg class="m-picto"') >= 6


def test_easy_reading_is_linked_from_the_first_page_and_unknown_ones_do_not_exist(client: Client) -> None:
    assert client.get("/").content.decode().count('href="/facile-a-lire/"') == 2
    assert client.get("/facile-a-lire/autre/").status_code == 404


def test_easy_pages_ask_little(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.get("/facile-a-lire/la-mediation/")
    with django_assert_num_queries(4):
        client.get("/facile-a-lire/la-mediation/")


def test_leaving_ends_the_session_and_keeps_the_draft(samira: Journey) -> None:
    samira.pass_the_test()
    answer = samira.client.get("/quitter/", headers={"Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.headers["Location"]) == (302, NEUTRAL)
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert "/connexion/" in samira.client.get("/espace/").headers["Location"]


def test_another_site_signs_nobody_out(browser: SignedIn, cast: Cast) -> None:
    signed_in = browser.as_person(cast.samira)
    answer = signed_in.get("/quitter/", headers={"Sec-Fetch-Site": "cross-site"})
    assert "Clear-Site-Data" not in answer.headers
    assert signed_in.get("/espace/").status_code == 200


def test_the_way_out_is_on_public_pages_and_never_on_the_desk(browser: SignedIn, cast: Cast) -> None:
    assert "data-exit" in Client().get("/").content.decode()
    assert "data-exit" in Client().get("/inconnu/").content.decode()
    assert "data-exit" in SignedIn().as_person(cast.samira).get("/espace/").content.decode()
    desk = browser.as_staff(cast.nadia)
    assert "data-exit" not in desk.get("/bureau/").content.decode()
    assert "data-exit" not in desk.get("/bureau/dossiers/inconnu/").content.decode()


def test_the_way_out_is_explained(client: Client) -> None:
    page = client.get("/aide/").content.decode()
    assert 'id="quitter-vite"' in page
    assert "Échap" in page
