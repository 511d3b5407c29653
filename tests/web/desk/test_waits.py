"""The pages of waits: why the target is suspended, another date, what arrived, and the list that shows it."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework import actions
from mediane.casework.models import Case, DocumentRequest, Hold
from mediane.casework.states import State
from mediane.kit import clock, rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import PAPER
from tests.stories import a_studied_case
from tests.web.desk.test_gestures import page, version_on

DAY = timedelta(days=1)


def waiting(cast: Cast, *, days: int = 9, since: int = 3, body: str = "MDPH") -> Case:
    """A case that waits for a decision, since some days and until some others."""
    now = clock.now()
    case = a_studied_case(cast.samira, cast.claire, now - (since + 5) * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.await_decision(
            case=case,
            body=body,
            reason="Taux de handicap",
            look_again_on=(now + days * DAY).date(),
            by=cast.claire,
            at=now - since * DAY,
        )
    return case


def asking(cast: Cast, *, days: int = 9) -> Case:
    now = clock.now()
    case = a_studied_case(cast.samira, cast.claire, now - 20 * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.ask_documents(
            case=case,
            labels=["Bail"],
            due_on=(now + days * DAY).date(),
            by=cast.claire,
            at=now - 12 * DAY,
        )
    return case


def typed(until: datetime, **more: str) -> dict[str, str]:
    named = {"until_day": str(until.day), "until_month": str(until.month), "until_year": str(until.year)}
    return named | {"because": "La MDPH répond en janvier"} | more


def test_the_case_says_why_the_target_is_suspended(browser: SignedIn, cast: Cast) -> None:
    shown = browser.as_staff(cast.nadia).get(f"/bureau/dossiers/{waiting(cast).reference}/")
    assertContains(shown, "L’objectif est suspendu jusqu’au")
    assertContains(shown, "cette décision n’appartient pas aux services de la Caf")
    other = browser.get(f"/bureau/dossiers/{waiting(cast, body='CAF_SERVICES').reference}/")
    assertContains(other, "L’objectif de réponse continue")


def test_the_rule_is_read_before_confirming(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    shown = browser.as_staff(cast.nadia).get(page(case, "attente"))
    for words in ("Suspend l’objectif de réponse", "Ne le suspend pas", "règle du service médiation"):
        assertContains(shown, words)
    asked = browser.get(page(case, "pieces"))
    for words in ("L. 114-5", "5 jours avant ce jour et 3 jours après ce jour"):
        assertContains(asked, words)


def test_a_wait_that_is_over_says_what_may_be_done(browser: SignedIn, cast: Cast) -> None:
    case = waiting(cast, days=-2, since=9)
    browser.as_staff(cast.nadia)
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), "L’attente est terminée")
    shown = browser.get(page(case, "attentes"))
    for words in (
        "Rien n’est décidé contre la personne",
        "Changer la date",
        "Continuer sans",
        "Répondre et clore",
    ):
        assertContains(shown, words)


def test_another_date_needs_a_reason_and_keeps_what_is_typed(browser: SignedIn, cast: Cast) -> None:
    case = waiting(cast)
    browser.as_staff(cast.nadia)
    shown = browser.get(page(case, "attentes/date"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        hold = Hold.objects.get(case=case)
    sent = typed(clock.now() + 30 * DAY, wait=f"decision-{hold.pk}", version=version_on(shown))
    assertContains(browser.post(page(case, "attentes/date"), sent | {"because": ""}), "Dites pourquoi")
    past = browser.post(page(case, "attentes/date"), sent | {"until_year": "2020"})
    assertContains(past, "Choisissez un jour à venir")
    assertContains(past, "La MDPH répond en janvier")
    done = browser.post(page(case, "attentes/date"), sent)
    assertRedirects(done, f"/bureau/dossiers/{case.reference}/")
    twice = browser.post(page(case, "attentes/date"), sent)
    assertContains(twice, "Nadia Pruvost a agi sur ce dossier")
    assertContains(browser.get(page(case, "attentes")), "prolongée jusqu’au")


def test_a_letter_scanned_answers_for_the_person(browser: SignedIn, cast: Cast) -> None:
    case = asking(cast)
    browser.as_staff(cast.nadia)
    shown = browser.get(page(case, "attentes/reponse"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        item = DocumentRequest.objects.get(case=case).items.get()
    sent = {"of": f"piece-{item.pk}", "version": version_on(shown)}
    assertContains(
        browser.post(page(case, "attentes/reponse"), sent), "Dites ce qui est arrivé, ou joignez-le"
    )
    file = SimpleUploadedFile("bail.pdf", PAPER[1], "application/pdf")
    done = browser.post(page(case, "attentes/reponse"), sent | {"file": file})
    assertRedirects(done, f"/bureau/dossiers/{case.reference}/")
    assertContains(browser.get(f"/bureau/dossiers/{case.reference}/"), "Lire ce qui est arrivé")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        item.refresh_from_db()
        assert item.document is not None


def test_nothing_awaited_says_so(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    browser.as_staff(cast.nadia)
    for name in ("attentes", "attentes/date", "attentes/reponse"):
        assertContains(browser.get(page(case, name)), "Rien n’est attendu")


def test_the_work_plan_shows_since_when_until_when_and_the_next_reminder(
    browser: SignedIn, cast: Cast
) -> None:
    case, late = asking(cast), waiting(cast, days=-2, since=9)
    shown = browser.as_staff(cast.nadia).get("/bureau/")
    assertContains(shown, ", jusqu’au", count=2)
    assertContains(shown, "rappel le", count=1)
    overdue = browser.get("/bureau/?attente-depassee=1")
    assertContains(overdue, late.reference)
    assertNotContains(overdue, case.reference)


@pytest.mark.parametrize("rows", [1, 20])
def test_a_list_of_waits_costs_the_same_whatever_its_length(
    browser: SignedIn, cast: Cast, rows: int, django_assert_num_queries
) -> None:
    for _ in range(rows):
        waiting(cast)
    browser.as_staff(cast.claire)
    browser.get("/bureau/")
    # The thirteen of the work plan, decisions awaited and documents asked.
    with django_assert_num_queries(13 + 2):
        browser.get("/bureau/")


def test_the_person_reads_what_is_awaited_and_until_when(browser: SignedIn, cast: Cast) -> None:
    case = waiting(cast)
    shown = browser.as_person(cast.samira).get(f"/espace/{case.reference}/")
    for words in ("Nous attendons la décision de la MDPH", "Taux de handicap", "vous n’avez rien à faire"):
        assertContains(shown, words)
    asked = asking(cast)
    missing = browser.get(f"/espace/{asked.reference}/")
    for words in ("Nous l’attendons depuis le", "Un rappel partira le", "rien n’est décidé contre vous"):
        assertContains(missing, words)


def test_a_wait_gone_by_is_not_shown_as_a_suspension(browser: SignedIn, cast: Cast) -> None:
    case = waiting(cast, days=-2, since=9)
    shown = browser.as_person(cast.samira).get(f"/espace/{case.reference}/")
    assertContains(shown, "Cette date est passée")
    assertNotContains(shown, "La date de réponse est suspendue")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        assert case.state == State.AWAITING_DECISION
