"""The right body, its file, a decision seen otherwise, signals of urgency: on the pages of the desk."""

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Admissibility, Case, Forwarding, Reorientation
from mediane.casework.states import State
from mediane.correspondence.models import Kind, Letter
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

NOON = datetime.fromisoformat("2026-11-12T11:00:00+00:00")
RENEWAL = {
    "benefits": ["AAH"],
    "asked": "Renouvellement de l’AAH",
    "explanation": "J’attends la décision de la MDPH. Je suis sans ressources.",
}
AGREED = {"agreed": "on", "agreed_on_day": "11", "agreed_on_month": "11", "agreed_on_year": "2026"}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediane.kit.clock.now", lambda: NOON)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at, **RENEWAL)


def address(case: Case, page: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/{page}"


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def text_of(page: str, name: str) -> str:
    return unescape(re.search(rf'<textarea[^>]* name="{name}"[^>]*>\n(.*?)</textarea>', page, re.S)[1])


def urgent_tags(page: str) -> list[str]:
    """The red words beside a name."""
    return [
        unescape(words).strip()
        for words in re.findall(r'class="m-urgency">(?:<svg.*?</svg>)?(.*?)</span>', page, re.S)
    ]


def redirected(browser: SignedIn, case: Case, **differs: str) -> str:
    """The page answered after a redirection by the proposal, changed as asked."""
    page = browser.get(address(case, "recevabilite/")).content.decode()
    sent = {
        "version": str(case.version),
        "verdict": "redirected",
        "notified_on_day": "12",
        "notified_on_month": "11",
        "notified_on_year": "2026",
        "redirected": text_of(page, "redirected"),
        "proposed": "MDPH",
    }
    return browser.post(address(case, "recevabilite/"), sent | differs).content.decode()


def test_the_proposal_shows_what_it_was_read_from(browser: SignedIn, cast: Cast, case: Case) -> None:
    page = browser.as_staff(cast.nadia).get(address(case, "recevabilite/")).content.decode()
    assert "J’attends la décision de la MDPH" in page
    assert "L. 241-6" in page
    assert "adresse à demander" in page
    assert "elle n’engage personne" in page


def test_one_click_takes_the_body_with_its_reason_and_nothing_leaves_without_agreement(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    redirected(browser.as_staff(cast.nadia), case)
    with in_paris(cast):
        sent = Reorientation.objects.get(case=case)
        letter = Letter.objects.get(case=case)
    assert (sent.body, sent.reason, sent.agreed_on) == ("MDPH", "OTHER_BODY", None)
    assert "adresse à demander" in letter.body
    assert "Sans votre accord, nous ne lui transmettons rien" in letter.body


def test_another_body_is_still_possible(browser: SignedIn, cast: Cast, case: Case) -> None:
    redirected(browser.as_staff(cast.nadia), case, proposed="another", body="CPAM", scope_reason="OTHER_BODY")
    with in_paris(cast):
        assert Reorientation.objects.get(case=case).body == "CPAM"


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"body": "CPAM"}, "Vous avez choisi deux organismes."),
        ({"proposed": "another"}, "Choisissez l’organisme compétent."),
        ({"proposed": "LUNE"}, "Organisme proposé"),
        ({"agreed": "on"}, "Indiquez le jour où la personne a donné son accord."),
        (AGREED | {"agreed_on_year": "2031"}, "Cette date est dans le futur"),
    ],
)
def test_what_does_not_hold_together_redirects_nobody(
    browser: SignedIn, cast: Cast, case: Case, differs: dict[str, str], sentence: str
) -> None:
    assert sentence in redirected(browser.as_staff(cast.nadia), case, **differs)
    with in_paris(cast):
        assert not Reorientation.objects.exists()


def test_the_file_is_prepared_with_the_agreement_and_each_printing_is_journaled(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    redirected(browser.as_staff(cast.nadia), case)
    with in_paris(cast):
        case.refresh_from_db()
    assert "non noté" in browser.get(address(case)).content.decode()
    assert browser.get(address(case, "transmission/pdf/")).status_code == 404
    refused = browser.post(address(case, "transmission/"), {"version": case.version})
    assert "Sans l’accord de la personne, rien ne se transmet." in refused.content.decode()

    browser.post(address(case, "transmission/"), AGREED | {"version": case.version})
    printed = browser.get(address(case, "transmission/pdf/"))

    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")
    with in_paris(cast):
        assert Forwarding.objects.get().prepared_by == "Nadia Pruvost"
        assert Entry.objects.filter(verb="print_forwarding", subject=case.reference).count() == 1
    assert "Dossier préparé pour l’organisme" in browser.get(address(case)).content.decode()


def test_what_the_letter_says_is_forwarded_is_prepared_with_it(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    redirected(browser.as_staff(cast.nadia), case, **AGREED)
    with in_paris(cast):
        letter = Letter.objects.get(case=case)
        assert Forwarding.objects.get(reorientation__case=case).agreed_on == date(2026, 11, 11)
    assert "accord le 11\u00a0novembre\u00a02026\u00a0: nous lui transmettons votre demande" in letter.body
    assert browser.get(address(case, "transmission/pdf/")).content[:4] == b"%PDF"
    page = browser.get(address(case)).content.decode()
    assert "Dossier préparé" in page
    assert "Dossier transmis" not in page


@pytest.mark.parametrize("verdict", ["admissible", "inadmissible"])
def test_what_stands_in_the_part_not_chosen_blocks_nothing(
    browser: SignedIn, cast: Cast, case: Case, verdict: str
) -> None:
    page = browser.as_staff(cast.claire).get(address(case, "recevabilite/")).content.decode()
    left = {"body": "CPAM", "agreed": "on", "agreed_on_day": "31", "agreed_on_month": "2"}
    sent = {verdict: text_of(page, verdict), "verdict": verdict, "reason": "UNCLEAR", "redirected": ""}
    answer = redirected(browser, case, **left | sent)
    assert "Vous avez choisi deux organismes." not in answer
    with in_paris(cast):
        assert Admissibility.objects.get(case=case).verdict == verdict
        assert not Reorientation.objects.exists()


def test_a_reason_set_aside_is_no_longer_shown_as_urgent(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at, urgency=["no_income", "eviction"])
    browser.as_staff(cast.nadia)
    assert urgent_tags(browser.get("/bureau/").content.decode()) == ["Sans ressources, Expulsion"]
    sent = {"version": case.version, "weighing": "set_aside"}
    assert browser.post(address(case, "urgence/eviction/"), sent).status_code == 302
    for page in (
        browser.get("/bureau/"),
        browser.get(address(case)),
        browser.post("/bureau/recherche/", {"q": case.reference}),
    ):
        assert urgent_tags(page.content.decode()) == ["Sans ressources"]


def test_a_person_who_comes_back_is_shown_with_the_earlier_case(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    with in_paris(cast):
        casework.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    again = a_case(cast.samira, at + timedelta(days=2))

    page = browser.as_staff(cast.nadia).get(address(again)).content.decode()
    assert "Revient de la MDPH" in page
    assert f'href="{address(case)}"' in page
    assert "«\u00a0Renouvellement de l’AAH\u00a0»" in page
    assert "Revient de" not in browser.get(address(case)).content.decode()


def test_the_mediator_takes_a_redirected_case_back_and_the_person_is_told(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    with in_paris(cast):
        casework.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    browser.as_staff(cast.claire)
    letter = text_of(browser.get(address(case, "reclassement/")).content.decode(), "letter")
    sent = {"version": case.version, "letter": letter}
    assert "Dites pourquoi" in browser.post(address(case, "reclassement/"), sent).content.decode()
    browser.post(address(case, "reclassement/"), sent | {"because": "La MDPH a décidé"})

    with in_paris(cast):
        assert Case.objects.get(pk=case.pk).state == State.UNDER_STUDY
        assert Letter.objects.get(case=case).kind == Kind.RECLASSIFIED
    page = browser.get(address(case)).content.decode()
    assert "La MDPH a décidé" in page
    told = browser.as_person(cast.samira).get(f"/espace/{case.reference}/").content.decode()
    assert "La MDPH a décidé" not in told


def test_a_signal_is_confirmed_from_the_case_with_one_button(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    browser.as_staff(cast.nadia)
    assert "Je suis sans ressources" in browser.get("/bureau/").content.decode()
    late = browser.post(address(case, "urgence/no_income/"), {"version": 1, "weighing": "confirmed"})
    assert "a agi sur ce dossier" in late.content.decode()
    sent = {"version": case.version, "weighing": "confirmed"}
    assert browser.post(address(case, "urgence/no_income/"), sent).status_code == 302

    page = browser.get(address(case)).content.decode()
    assert "confirmé par Nadia Pruvost" in page
    assert "Urgence confirmée" in browser.get("/bureau/").content.decode()
    assert browser.get(address(case, "urgence/eviction/")).status_code == 404
