"""What a page says of how the person will be told is what happens."""

from datetime import datetime
from typing import Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.kit import clock
from tests.casework.actions.test_appointments import DAY, planned
from tests.casework.actions.test_postings import BY_POST
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

NBSP = "\u00a0"
KNOWN: dict[str, Any] = {"safe_contact": {"email": "ici@exemple.fr"}}
UNKNOWN: dict[str, Any] = {"safe_contact": {"email": "ici@"}}
REFUSED: dict[str, Any] = {"notice_by_email": False}


@pytest.mark.parametrize("page", ["message", "rendez-vous"])
@pytest.mark.parametrize(
    ("differs", "said"),
    [
        (KNOWN, "Un courriel l’avertit, sans rien en dire."),
        (UNKNOWN, f"Aucun courriel ne part{NBSP}: aucune adresse n’est connue."),
        (REFUSED, f"Aucun courriel ne part{NBSP}: la personne n’en veut pas."),
    ],
)
def test_no_page_promises_an_email_that_does_not_leave(
    browser: SignedIn, cast: Cast, at: datetime, page: str, differs: dict[str, Any], said: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    shown = browser.as_staff(cast.claire).get(f"/bureau/dossiers/{case.reference}/{page}/")
    assertContains(shown, said)


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        (KNOWN, "Un courriel dit à la personne qu’un message l’attend"),
        (REFUSED, f"courrier à imprimer. Avant de l’envoyer, vérifiez l’adresse{NBSP}:"),
        (REFUSED | {"safe_contact": {"no_letters": "oui"}}, "seulement dans son espace de suivi"),
    ],
)
def test_a_transfer_says_how_the_person_is_told(
    browser: SignedIn, cast: Cast, at: datetime, differs: dict[str, Any], said: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    shown = browser.as_staff(cast.claire).get(f"/bureau/dossiers/{case.reference}/mutation/")
    assertContains(shown, said)


CLOSINGS = ("recevabilite", "tribunal", "retrait", "mutation")


@pytest.mark.parametrize("page", CLOSINGS)
@pytest.mark.parametrize(
    ("differs", "said"),
    [
        (KNOWN, "Un courriel dit à la personne qu’un message l’attend"),
        (BY_POST, f"Elle peut arriver trop tard{NBSP}: prévenez aussi la personne de vive voix."),
    ],
)
def test_a_page_that_closes_says_which_appointment_goes_with_it(
    browser: SignedIn, cast: Cast, page: str, differs: dict[str, Any], said: str
) -> None:
    now = clock.now()
    case = a_studied_case(cast.samira, cast.claire, now - 3 * DAY, **differs)
    address = f"/bureau/dossiers/{case.reference}/{page}/"
    assertNotContains(browser.as_staff(cast.claire).get(address), "Un rendez-vous est prévu")
    planned(case, cast, now)
    shown = browser.as_staff(cast.claire).get(address)
    assertContains(shown, f"Fermer le dossier annule le rendez-vous prévu{NBSP}: ")
    assertContains(shown, said)
