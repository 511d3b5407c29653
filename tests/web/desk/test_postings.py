"""What is left to print, and who says that it left."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions
from mediane.casework.models import Case, Deadline, Posting
from mediane.kit import rowsecurity
from tests.casework.actions.test_register import a_letter as an_entry
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case
from tests.web.desk.test_intake import a_letter

URL = "/bureau/a-imprimer/"
MAYOR = {
    "name": "Mairie du 19e",
    "address": "5 place Haute\n75019 Paris",
    "received_on_day": "6",
    "received_on_month": "11",
    "received_on_year": "2026",
}


@pytest.fixture
def nadia(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.nadia)


def entered(browser: Client, cast: Cast, **differs: Any) -> Case:
    browser.post("/bureau/enregistrer/", a_letter(browser, cast, **differs))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Case.objects.latest("pk")


def page_of(case: Case, more: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/{more}"


def posting(cast: Cast) -> Posting:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Posting.objects.latest("pk")


def test_an_acknowledgement_by_post_stays_on_the_list_until_it_is_sent(nadia: SignedIn, cast: Cast) -> None:
    case = entered(nadia, cast)
    assertContains(nadia.get(page_of(case, "enregistree/")), "Marquer l’accusé envoyé")
    assertContains(nadia.get("/bureau/service/"), "1\u00a0lettre attend")
    assertContains(nadia.get(URL), case.reference)
    letter = page_of(case, f"a-imprimer/{posting(cast).public_id}/")
    assert nadia.get(f"{letter}pdf/").content.startswith(b"%PDF")
    # Printing says nothing: a printer may be out of paper. Nor is it anybody's to throw away.
    assertNotContains(nadia.get(URL), "jeter/")
    assert nadia.post(f"{letter}jeter/").status_code == 403
    assertContains(nadia.get(URL), case.reference)

    assert nadia.post(f"{letter}envoyee/")["Location"] == URL
    assertContains(nadia.get(URL), "Rien à imprimer")
    assertNotContains(nadia.get(page_of(case, "enregistree/")), "Marquer l’accusé envoyé")
    assertContains(nadia.get(page_of(case)), "Lettre imprimée et envoyée")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Deadline.objects.get(case=case, kind="acknowledgement").met_on
    again = nadia.post(f"{letter}envoyee/")
    assertContains(again, "Nadia Pruvost l’a déjà envoyée")


def test_what_is_read_in_the_space_waits_for_no_printer(nadia: SignedIn, cast: Cast) -> None:
    entered(nadia, cast, answer_by="space")
    assertContains(nadia.get(URL), "Rien à imprimer")


def test_whoever_addressed_the_request_is_acknowledged_from_its_page(nadia: SignedIn, cast: Cast) -> None:
    case = entered(nadia, cast, origin="ELECTED", helper="Mairie du 19e")
    address = page_of(case, "accuse-a-un-tiers/")
    assertContains(nadia.get(page_of(case, "enregistree/")), address)
    assertContains(nadia.get(page_of(case, "representants/enregistrer/")), address)
    shown = nadia.get(address)
    assertContains(shown, 'value="Mairie du 19e"')
    version = re.search(r'name="version"[^>]*value="(\d+)"', shown.content.decode())
    assert version is not None
    empty = nadia.post(address, MAYOR | {"version": version[1], "address": ""})
    assertContains(empty, "Indiquez où écrire")
    future = nadia.post(address, MAYOR | {"version": version[1], "received_on_year": "2126"})
    assertContains(future, "Cette date est dans le futur")

    sent = nadia.post(address, MAYOR | {"version": version[1]})
    assert sent["Location"] == URL
    assertContains(nadia.get(URL), "Mairie du 19e")
    letter = page_of(case, f"a-imprimer/{posting(cast).public_id}/")
    assert case.reference not in nadia.get(f"{letter}pdf/")["Content-Disposition"]

    assertContains(nadia.get(URL), f"{letter}jeter/")
    assert nadia.post(f"{letter}jeter/")["Location"] == URL
    assertNotContains(nadia.get(URL), "Mairie du 19e")
    assert nadia.post(f"{letter}jeter/").status_code == 404


def test_a_letter_of_another_case_or_of_another_caf_is_not_found(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = entered(browser.as_staff(cast.nadia), cast)
    other = a_case(cast.samira, at)
    letter = f"a-imprimer/{posting(cast).public_id}/"
    assert browser.get(page_of(other, f"{letter}pdf/")).status_code == 404
    assert browser.post(page_of(other, f"{letter}envoyee/")).status_code == 404
    browser.as_staff(cast.remi)
    assert browser.get(page_of(case, f"{letter}pdf/")).status_code == 404
    assertNotContains(browser.get(URL), case.reference)


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_whatever_its_length(
    nadia: SignedIn, cast: Cast, rows: int, at: datetime, django_assert_num_queries
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = actions.register(entry=an_entry(), of=cast.lucette, by=cast.nadia, at=at)
        for n in range(rows):
            to = actions.Sender(name=f"Association {n}", address="Paris", received_on=date(2026, 11, 6))
            actions.acknowledge_sender(case=case, sender=to, by=cast.nadia, at=at)
    nadia.get(URL)
    with django_assert_num_queries(6):
        nadia.get(URL)


def test_the_page_of_two_requests_says_who_will_be_told_and_how(
    nadia: SignedIn, cast: Cast, at: datetime
) -> None:
    kept = a_studied_case(cast.samira, cast.claire, at)
    twin = a_studied_case(cast.samira, cast.amine, at + timedelta(days=2), notice_by_email=False)
    shown = nadia.get(page_of(kept, f"proches/{twin.reference}/"))
    assertContains(shown, "une lettre s’ajoute au courrier à imprimer")
    assertContains(shown, "Amine Djebbari, qui le suivait, le voit sur son plan de travail")
    assertContains(shown, "Le dossier gardé est signalé à Claire Vasseur")
    nadia.post(page_of(kept, f"proches/{twin.reference}/"), {"opinion": "duplicate", "seen": "0"})
    assertContains(nadia.get(URL), "Demandes réunies")


def test_whoever_followed_the_duplicate_finds_it_on_the_work_list(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    kept = a_studied_case(cast.samira, cast.claire, at)
    twin = a_studied_case(cast.samira, cast.amine, at + timedelta(days=2))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.merge_cases(case=twin, other=kept, seen_rank=0, by=cast.nadia, at=at + timedelta(days=3))
    amine = browser.as_staff(cast.amine)
    assertContains(amine.get("/bureau/"), "Réuni par un collègue à un autre dossier")
    assertContains(amine.get(page_of(twin)), "réuni à un autre, qui répond pour les deux")
    twin.refresh_from_db()
    amine.post(page_of(twin, "lecture/"), {"version": twin.version})
    assertNotContains(amine.get("/bureau/"), "Réuni par un collègue")
