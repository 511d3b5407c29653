"""A register in whatever state: the person sends her request, and the case says what was not verified."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from mediane.casework.models import Case
from mediane.complaints.models import Source
from mediane.integrations.crm import adapter
from mediane.integrations.crm.reference import Reference
from mediane.integrations.crm.store import Entry, Mood
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.integrations.crm.running import TOKEN, a_reference_crm
from tests.web.citizen.steps import DECLARED, REACH, WHAT, WHY, Journey

SILENT = "le registre des réclamations n’a pas répondu\u00a0: déclarée par l’allocataire"


@pytest.fixture
def crm(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reference]:
    monkeypatch.setattr(adapter, "LIMIT_OF_A_PAGE", 0.3)
    settings.COMPLAINT_REGISTER = "mediane.integrations.crm.adapter.CrmRegister"
    with a_reference_crm(tmp_path) as server:
        settings.CRM_URL, settings.CRM_TOKEN = server.url, TOKEN
        yield server


def send(journey: Journey) -> str:
    """From the earlier step to the request sent."""
    for slug in ("commission", "tribunal", "deja-demande", "urgence"):
        journey.answer(slug)
    for slug, typed in (
        ("prestations-et-motifs", WHAT),
        ("explication", WHY),
        ("documents", {}),
        ("vous-joindre", REACH),
    ):
        journey.fill(slug, typed)
    reference = journey.draft.reference
    assert journey.send(reference).headers["Location"].endswith(f"{reference}/")
    return reference


def begin(journey: Journey) -> str:
    """Up to the page of the earlier step, as it reads."""
    journey.get("/saisir/")
    journey.answer("organisme")
    journey.answer("sujet")
    page = journey.get("/saisir/reclamation/")
    assert page.status_code == 200
    return page.content.decode()


def case_page(browser: SignedIn, cast: Cast, reference: str) -> str:
    page: str = browser.as_staff(cast.claire).get(f"/bureau/dossiers/{reference}/").content.decode()
    return page


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood is not Mood.WELL])
def test_the_journey_goes_on_and_the_case_says_so(
    crm: Reference, samira: Journey, browser: SignedIn, cast: Cast, mood: Mood
) -> None:
    crm.store.behave(mood)
    assert "ne répond pas en ce moment" in begin(samira)
    samira.choose("autre")
    # Each page asks for itself: what the site remembers of the silence is not needed.
    cache.clear()
    samira.post("/saisir/reclamation/autre/", DECLARED)
    samira.answer("reponse", was_answered="non")
    reference = send(samira)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = Case.objects.select_related("referral__complaint").get(reference=reference)
        assert case.referral.complaint is not None
        assert case.referral.complaint.source == Source.UNANSWERED
    assert SILENT in case_page(browser, cast, reference)


def test_a_complaint_the_register_knows_is_shown_as_such(
    crm: Reference, samira: Journey, browser: SignedIn, cast: Cast
) -> None:
    asked = clock.today().replace(day=1, month=9)
    crm.store.keep(
        Entry(
            organisation_code="75",
            number=cast.samira.number,
            reference="26-884120",
            subject="Trop-perçu d’APL",
            channel="Courrier",
            made_on=asked,
            answered_on=asked.replace(month=10),
        )
    )
    assert "Trop-perçu d’APL" in begin(samira)
    samira.choose("grc-26-884120")
    reference = send(samira)
    shown = case_page(browser, cast, reference)
    assert "trouvée dans la GRC" in shown
    assert SILENT not in shown


def test_a_register_that_falls_silent_between_two_pages_loses_nothing(
    crm: Reference, samira: Journey
) -> None:
    begin(samira)
    crm.store.behave(Mood.CUTS)
    samira.choose("grc-26-884120")
    assert samira.last.status_code == 200
    assert "a quitté la liste" in samira.last.content.decode()
    samira.choose("autre")
    assert samira.last.headers["Location"] == "/saisir/reclamation/autre/"
