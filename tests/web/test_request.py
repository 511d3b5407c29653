from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client

from tests.cast import Cast
from tests.conftest import SignedIn, work_in


@pytest.fixture
def no_database(committed: str) -> Iterator[None]:
    work_in("a_database_that_is_away")
    yield
    connections.close_all()
    work_in(committed)


def test_while_the_database_is_away_the_page_says_when_to_come_back(no_database: None) -> None:
    answer = Client().get("/")
    assert answer.status_code == 503
    assert "Le service revient dans un instant" in answer.text


def test_a_member_whose_right_ended_is_out_at_the_next_page(cast: Cast, browser: SignedIn) -> None:
    page = browser.as_staff(cast.nadia)
    assert page.get("/bureau/").status_code == 200
    page.as_staff(cast.nadia.__class__("staff", cast.nadia.id, "Nadia Pruvost", cast.tarn.pk))
    answer = page.get("/bureau/")
    assert (answer.status_code, answer["Location"]) == (302, "/bureau/connexion/?suite=/bureau/")


@pytest.mark.parametrize("address", ["/", "/espace/", "/bureau/", "/rien/", "/espace/%00/", "/?suite=%00"])
def test_every_answer_says_what_it_may_load(cast: Cast, browser: SignedIn, address: str) -> None:
    answer = browser.as_person(cast.samira).as_staff(cast.claire).get(address)
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_no_page_of_somebody_signed_in_stays_in_the_browser(cast: Cast, browser: SignedIn) -> None:
    for address in ("/bureau/", "/bureau/recherche/", "/bureau/dossiers/7777-7777/"):
        assert "no-store" in browser.as_staff(cast.claire).get(address)["Cache-Control"], address
    assert "no-store" in browser.as_person(cast.samira).get("/espace/")["Cache-Control"]
    assert "Cache-Control" not in Client().get("/aide/")
