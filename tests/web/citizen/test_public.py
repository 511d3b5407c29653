from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from mediane.organisations.rules import DEPARTMENTS
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.citizen.steps import Journey

pytestmark = pytest.mark.django_db
NBSP = "\u00a0"


@pytest.mark.parametrize(
    "path", ["/", "/trouver/", "/aide/", "/accessibilite/", "/donnees-personnelles/", "/conditions/"]
)
def test_anybody_reads_the_public_pages(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_each_of_the_101_cafs_answers(client: Client) -> None:
    pages = {code: client.get(f"/caf/{code}/").content.decode() for code in DEPARTMENTS}
    assert len(pages) == 101
    online = {code for code, page in pages.items() if "/saisir/" in page}
    assert {"75", "82"} <= online
    assert all("par courrier" in page for code, page in pages.items() if code not in online)


@pytest.mark.parametrize("code", ["20", "99", "75x", "xyz"])
def test_there_is_no_page_for_a_caf_that_does_not_exist(client: Client, code: str) -> None:
    assert client.get(f"/caf/{code}/").status_code == 404


@pytest.mark.parametrize(("postcode", "code"), [("75020", "75"), ("20 200", "2B"), ("97110", "971")])
def test_a_postcode_leads_to_its_caf(client: Client, postcode: str, code: str) -> None:
    answer = client.post("/trouver/", {"postcode": postcode})
    assert answer.headers["Location"] == f"/caf/{code}/"


def test_a_wrong_postcode_stays_typed_beside_its_error(client: Client) -> None:
    page = client.post("/trouver/", {"postcode": "99999"}).content.decode()
    assert 'value="99999"' in page
    assert page.count("ne correspond à aucune Caf") == 2
    assert f"<title>Erreur{NBSP}: " in page


def test_the_finder_asks_as_much_for_all_cafs_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        client.get("/trouver/")


def test_nobody_begins_without_signing_in(client: Client) -> None:
    assert client.get("/saisir/").headers["Location"] == "/connexion/?suite=/saisir/"


def test_what_is_sent_without_a_session_says_on_return_that_it_may_be_lost(samira: Journey) -> None:
    samira.pass_the_test()
    page = "/saisir/demande/explication/"
    lost = Client().post(f"{page}?retour=verifier", {"asked": "Comprendre"})
    suite = parse_qs(urlsplit(lost.headers["Location"]).query)["suite"][0]
    assert suite == f"{page}?retour=verifier&perdu=1"
    assert "Votre session s’était fermée" in samira.get(suite).content.decode()
    assert "Votre session s’était fermée" not in samira.get(page).content.decode()


def test_only_the_cafs_where_one_writes_are_marked(client: Client, settings) -> None:
    page = client.get("/trouver/").content.decode()
    writing = [code for code in DEPARTMENTS if "/saisir/" not in client.get(f"/caf/{code}/").content.decode()]
    assert page.count(", par courrier") == len(writing)
    assert 'id="liste"' in page


def test_where_the_procedure_is_not_open_a_person_is_told_to_write(
    browser: SignedIn, cast: Cast, settings
) -> None:
    page = browser.get("/caf/01/").content.decode()
    assert "pas encore ouverte" in page
    assert 'href="/saisir/"' not in page
