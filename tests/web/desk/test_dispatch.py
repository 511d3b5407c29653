"""The pages of a letter that left: how, what became of it, what is done when it comes back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions
from mediane.casework.actions import Leaving
from mediane.casework.models import Case, Posting
from mediane.casework.states import Fate, Postage
from mediane.kit import clock, rowsecurity
from tests.casework.actions.test_postings import BY_POST
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.correspondence.test_signed_by_post import SIGNINGS
from tests.stories import a_studied_case

DAY = timedelta(days=1)
LIST, GONE = "/bureau/a-imprimer/", "/bureau/a-imprimer/partis/"
NUMBER = "RR 473 124 829 GB"


def on(day: date, name: str = "on") -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def page_of(case: Case, more: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/{more}"


@pytest.fixture
def nadia(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.nadia)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Found inadmissible yesterday: the letter waits to be printed."""
    at = clock.now() - 3 * DAY
    case = a_studied_case(cast.samira, cast.claire, at, **BY_POST)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        SIGNINGS["inadmissible"](case, cast, at + 2 * DAY)
    return case


def letter(case: Case, more: str) -> str:
    with rowsecurity.working_for(rowsecurity.staff(case.organisation_id)):
        posting = Posting.objects.filter(case=case).latest("pk")
    return page_of(case, f"a-imprimer/{posting.public_id}/{more}/")


def test_a_letter_leaves_is_signed_for_and_the_case_says_so(nadia: SignedIn, cast: Cast, case: Case) -> None:
    today = clock.today("Europe/Paris")
    shown = nadia.get(page_of(case))
    assertContains(shown, "À imprimer, préparée le")
    assertContains(shown, "Espace de suivi\u00a0: déposée le")
    given = {"postage": "registered", "number": NUMBER} | on(today)
    assert nadia.post(letter(case, "depart"), given)["Location"] == LIST
    assertContains(nadia.get(LIST), "Rien à imprimer")
    assertContains(nadia.get(GONE), "RR473124829GB")
    assertContains(nadia.get(letter(case, "suite")), "Avis de réception signé")
    assert nadia.post(letter(case, "suite"), {"fate": "signed"} | on(today))["Location"] == page_of(case)
    shown = nadia.get(page_of(case))
    assertContains(shown, "Recommandé avec avis de réception RR473124829GB")
    assertContains(shown, "Avis de réception signé")


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        ({"number": ""}, "Indiquez le numéro, imprimé sur le bordereau"),
        ({"number": "RR 473 124 828 GB"}, "un chiffre est faux"),
        ({"postage": "simple"}, "Une lettre simple n’a pas de numéro"),
        ({"postage": "pigeon"}, "Choisissez un envoi de la liste"),
        ({"on_year": "2126"}, "Cette date est dans le futur"),
        ({"on_day": "31", "on_month": "2"}, "n’existe pas"),
    ],
)
def test_what_is_typed_wrong_is_said_and_nothing_is_lost(
    nadia: SignedIn, case: Case, differs: dict[str, str], said: str
) -> None:
    given = {"postage": "tracked", "number": NUMBER} | on(clock.today("Europe/Paris")) | differs
    shown = nadia.post(letter(case, "depart"), given)
    assertContains(shown, said)
    for name in ("on_day", "on_month", "on_year"):
        assertContains(shown, f'value="{given[name]}"')
    if given["number"]:
        assertContains(shown, given["number"])


def test_back_it_says_what_to_do_and_where_it_was_sent(nadia: SignedIn, case: Case) -> None:
    today = clock.today("Europe/Paris")
    nadia.post(letter(case, "envoyee"))
    assertNotContains(nadia.get(letter(case, "suite")), "Avis de réception signé")
    nadia.post(letter(case, "suite"), {"fate": "unknown"} | on(today))
    shown = nadia.get(page_of(case))
    assertContains(shown, "est revenue\u00a0: prévenir Mme Belkacem autrement.")
    assertContains(shown, "Adresse douteuse")
    assertContains(nadia.get(GONE), "Prévenir autrement")
    assertContains(nadia.get("/bureau/"), case.reference)

    refused = nadia.post(letter(case, "prevenir"), {"how": "printed"})
    assertContains(refused, "l’adresse d’où la lettre est revenue")
    assertContains(refused, "Envoyée à\u00a0: 4 rue Haute, 75019 Paris")
    nadia.post(letter(case, "prevenir"), {"how": "called"})
    assertNotContains(nadia.get(page_of(case)), "est revenue\u00a0: prévenir")
    # From a page shown before, one is told who did it.
    again = nadia.post(letter(case, "prevenir"), {"how": "nothing"})
    assertContains(again, "Nadia Pruvost s’en est occupé")


def test_a_letter_of_another_caf_is_not_found(browser: SignedIn, cast: Cast, case: Case) -> None:
    remi = browser.as_staff(cast.remi)
    for more in ("depart", "suite", "prevenir"):
        assert remi.get(letter(case, more)).status_code == 404
    assertNotContains(remi.get(GONE), case.reference)


@pytest.mark.parametrize("rows", [1, 20])
def test_what_left_costs_the_same_whatever_its_length(
    nadia: SignedIn, cast: Cast, at: datetime, rows: int, django_assert_num_queries: Any
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for _ in range(rows):
            case = a_studied_case(cast.samira, cast.claire, at, **BY_POST)
            SIGNINGS["admissible"](case, cast, at + DAY)
            posting = Posting.objects.select_related("case").get(case=case)
            leaving = Leaving(postage=Postage.REGISTERED, on=date(2026, 11, 10), number="RR473124829GB")
            actions.post(posting=posting, leaving=leaving, by=cast.nadia, at=at + DAY)
            fate = {"fate": Fate.REFUSED, "on": date(2026, 11, 10)}
            actions.note_fate(posting=posting, **fate, by=cast.nadia, at=at + DAY)
    nadia.get(GONE)
    with django_assert_num_queries(6):
        assertContains(nadia.get(GONE), "Retournée\u00a0: refusée", count=rows)


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        ({}, "un courriel l’en avertira, sans rien en dire."),
        (BY_POST, "elle sera aussi à imprimer et à poster."),
        (BY_POST | {"safe_contact": {"no_letters": "oui"}}, "et seulement là"),
    ],
)
@pytest.mark.parametrize("page", ["recevabilite", "tribunal"])
def test_a_page_that_signs_says_before_where_the_letter_goes(
    browser: SignedIn, cast: Cast, at: datetime, page: str, differs: dict[str, Any], said: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    shown = browser.as_staff(cast.claire).get(page_of(case, f"{page}/"))
    assertContains(shown, "Cette lettre sera déposée dans son espace de suivi")
    assertContains(shown, said)


def test_signing_for_an_address_where_nobody_was_found_is_warned(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **BY_POST)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        SIGNINGS["admissible"](case, cast, at + DAY)
        posting = Posting.objects.get(case=case)
        actions.post(posting=posting, by=cast.nadia, at=at + DAY)
        day = date(2026, 11, 12)
        actions.note_fate(posting=posting, fate=Fate.UNKNOWN, on=day, by=cast.nadia, at=at + 3 * DAY)
    shown = browser.as_staff(cast.claire).get(page_of(case, "tribunal/"))
    assertContains(shown, "Une lettre est revenue de cette adresse le 12\u00a0novembre\u00a02026")
