"""The pack for the meeting with a service: what is told, and of nobody."""

import io
from datetime import datetime, timedelta

from pypdf import PdfReader

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.journal.queries import entries_about
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case

PACK = "/bureau/constats/bilaterale/"


def closed(case: Case, cast: Cast, error: str, officer: str, service: str = "BENEFITS") -> None:
    """Answered an hour ago."""
    at = clock.now() - timedelta(hours=1)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.take_up(case=case, by=cast.claire, at=at)
        advice = casework.Advice(service=service, words="Relire la pièce.", officer=officer)
        casework.recommend(case=case, advice=advice, by=cast.claire, at=at)
        casework.answer(
            case=case,
            outcome=Outcome.REVISED,
            cause="ASSESSMENT_ERROR",
            grounds=["DELAY"],
            analysis=casework.Analysis(error_type=error, service=service),
            by=cast.claire,
            at=at,
        )


def test_an_empty_period_reads_well(browser: SignedIn, cast: Cast) -> None:
    for query in ("", "?service=&periode=2024", "?service=INCONNU&periode=-1", "?periode=12-mois"):
        page = browser.as_staff(cast.claire).get(PACK + query).content.decode()
        assert "aucune erreur relevée" in page
        assert "Aucune recommandation sur cette période." in page


def test_errors_are_told_by_service_and_officers_by_a_letter(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    closed(a_case(cast.samira, at), cast, "DELAY", "G204")
    closed(a_case(cast.lucette, at), cast, "EVIDENCE_MISREAD", "G117")
    closed(a_case(cast.samira, at), cast, "DELAY", "G204", service="RECOVERY")
    browser.as_staff(cast.nadia)
    usual = browser.get(PACK).content.decode()
    assert "2\u00a0erreurs relevées au service des prestations, sur 3\u00a0réponses" in usual
    # Of one service alone, its column is the whole.
    assert usual.count(">Total</th>") == 4
    whole = browser.get(f"{PACK}?service=&periode=3-mois").content.decode()
    expected = ("Délai de traitement", "Mauvaise interprétation d’une pièce", "Recouvrement", "Gest.\u00a0B")
    for words in expected:
        assert words in whole
    for code in ("G204", "G117"):
        assert code not in whole
    # The same letters, page and PDF: they are those of the pack.
    assert browser.get(f"{PACK}?service=&periode=3-mois").content.decode().count("Gest.") == whole.count(
        "Gest."
    )
    nothing = browser.as_staff(cast.remi).get(f"{PACK}?service=&periode=3-mois").content.decode()
    assert "aucune erreur relevée" in nothing


def test_the_pdf_says_what_the_page_says(browser: SignedIn, cast: Cast, at: datetime) -> None:
    closed(a_case(cast.samira, at), cast, "DELAY", "G204")
    answer = browser.as_staff(cast.claire).get(f"{PACK}pdf/")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(page.extract_text() for page in reader.pages)
    for words in ("Erreurs constatées, service des prestations", "Délai de traitement", "Gest.", "Total"):
        assert words in text
    assert "Mois de la réponse" in text
    assert "G204" not in text
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert entries_about("pack", "BENEFITS").first().verb == "read_pack"


def test_a_reopened_case_counts_no_more(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    closed(case, cast, "DELAY", "G204")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        now = clock.now()
        casework.reopen(
            case=case, because="Une pièce manquait", seen_version=case.version, by=cast.claire, at=now
        )
    assert "aucune erreur relevée" in browser.as_staff(cast.claire).get(PACK).content.decode()
