"""Recommendations, findings and proposals, as the service writes and reads them."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediane.casework import actions as casework
from mediane.casework.models import Case, Recommendation
from mediane.findings import actions
from mediane.findings.models import Evidence, Finding, Proposal
from mediane.findings.states import Motive, Outcome
from mediane.kit import clock, rowsecurity
from mediane.statistics.models import Tally
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

LIST = "/bureau/constats/"
ONE = f"{LIST}1/"
WORDS = "Relire les attestations de loyer avant d’arrêter un droit."
TOLD = actions.Told(
    title="Attestations mal lues",
    words="Le droit s’arrête alors que la pièce est là.",
    motive=Motive.CAUSE,
    code="ASSESSMENT_ERROR",
)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


@pytest.fixture
def finding(cast: Cast, at: datetime) -> Finding:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.open_finding(told=TOLD, by=cast.claire, at=at)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def test_the_mediator_recommends_and_an_officer_notes_the_answer(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    page = f"/bureau/dossiers/{case.reference}/"
    assert "Recommander à un service" not in browser.as_staff(cast.nadia).get(page).content.decode()
    form = f"{page}recommandations/"
    browser.as_staff(cast.claire)
    refused = browser.post(form, {"version": 1, "service": "", "words": WORDS}).content.decode()
    assert "Choisissez le service" in refused
    assert WORDS in refused
    sent = {"version": 1, "service": "BENEFITS", "words": WORDS, "officer": "G204"}
    assert browser.post(form, sent)["Location"].endswith("#recommandations")
    answer = {"version": 1, "answer": "partly", "words": "Une relecture sur deux."}
    browser.as_staff(cast.nadia)
    early = browser.post(f"{form}1/reponse/", answer | day("answered_on", date(2020, 1, 1)))
    assert "Une réponse vient après la recommandation" in early.content.decode()
    today = clock.today(cast.paris.time_zone)
    assert browser.post(f"{form}1/reponse/", answer | day("answered_on", today)).status_code == 302
    shown = browser.get(page).content.decode()
    for words in (WORDS, "Suivie en partie", "Une relecture sur deux.", "Gestionnaire G204"):
        assert words in shown
    # Answered, the form leads back.
    assert browser.get(f"{form}1/reponse/").status_code == 302


def test_a_finding_grows_from_its_words_to_what_was_done(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.recommend(
            case=case, advice=casework.Advice(service="BENEFITS", words=WORDS), by=cast.claire, at=at
        )
        made = Recommendation.objects.get()
    browser.as_staff(cast.claire)
    assert "Aucun constat" in browser.get(LIST).content.decode()
    told = {"version": 0, "title": "Attestations mal lues", "words": "Trop souvent.", "benefit": "APL"}
    wrong = browser.post(f"{LIST}nouveau/", told | {"measure": ""}).content.decode()
    assert "Choisissez ce qui mesure le constat" in wrong
    opened = browser.post(f"{LIST}nouveau/", told | {"measure": "cause:ASSESSMENT_ERROR"})
    assert opened["Location"] == ONE
    assert browser.post(f"{ONE}dossiers/", {"recommendations": [made.pk]}).status_code == 302
    assert browser.post(f"{ONE}dossiers/", {"reference": case.reference.lower()}).status_code == 302
    lost = browser.post(f"{ONE}dossiers/", {"reference": "K7MQ-4TRX"}).content.decode()
    assert "Aucun dossier de votre Caf n’a cette référence" in lost
    assert "Cochez une recommandation" in browser.post(f"{ONE}dossiers/", {}).content.decode()
    figure = {"indicator": "causes", "year": str(at.year), "benefit": "", "channel": ""}
    assert browser.post(f"{ONE}chiffres/", figure).status_code == 302
    today = clock.today(cast.paris.time_zone)
    proposed = {"words": "Relire", "addressee": "Prestations"}
    past = browser.post(f"{ONE}propositions/", proposed | day("due_on", today)).content.decode()
    assert "Choisissez un jour à venir" in past
    due = day("due_on", today + timedelta(days=60))
    assert browser.post(f"{ONE}propositions/", proposed | due).status_code == 302
    done = {"outcome": "implemented", "words": "Consigne donnée", "evidence": "Note 12"} | day("on", today)
    assert browser.post(f"{ONE}propositions/1/suite/", done).status_code == 302
    page = browser.get(ONE).content.decode()
    for words in ("Causes analysées", case.reference, "Relire", "Consigne donnée", "Note 12"):
        assert words in page
    assert "Mis en œuvre" in browser.get(LIST).content.decode()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert (Evidence.objects.count(), Proposal.objects.get().outcome) == (2, Outcome.IMPLEMENTED)


def test_the_second_to_change_a_finding_loses_no_word(
    browser: SignedIn, cast: Cast, finding: Finding
) -> None:
    sent = {"title": "Autre titre", "words": "Autres mots", "measure": "", "benefit": "", "version": 1}
    browser.as_staff(cast.claire)
    assert browser.post(f"{ONE}modifier/", sent).status_code == 302
    late = browser.post(
        f"{ONE}modifier/", sent | {"title": "Titre du second", "words": "Mots du second"}
    ).content.decode()
    assert "Une autre personne a modifié ce constat" in late
    assert "Mots du second" in late
    # What the first wrote stands beside, to be read before writing again.
    assert "Autre titre" in late
    assert "Autres mots" in late
    assert 'name="version" id="id_version" value="2"' in late


@pytest.mark.parametrize("form", ["modifier/", "propositions/"])
def test_an_officer_reads_and_neither_finds_nor_proposes(
    browser: SignedIn, cast: Cast, finding: Finding, form: str
) -> None:
    browser.as_staff(cast.nadia)
    assert browser.get(ONE).status_code == 200
    assert browser.get(f"{ONE}{form}").status_code == 403
    assert browser.get(f"{LIST}nouveau/").status_code == 403
    assert browser.as_staff(cast.remi).get(ONE).status_code == 404


def queries(browser: SignedIn, address: str) -> int:
    browser.get(address)
    with CaptureQueriesContext(connection) as found:
        browser.get(address)
    return len(found)


def test_pages_cost_the_same_for_one_and_twenty(
    browser: SignedIn, cast: Cast, finding: Finding, at: datetime
) -> None:
    proposed = actions.Proposed(words="Relire", addressee="Prestations", due_on=date(2027, 1, 15))
    followed = actions.Followed(outcome=Outcome.IMPLEMENTED, on=at.date(), words="Fait", evidence="Note")

    def one_more() -> None:
        case = a_case(cast.samira, at)
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            proposal = actions.propose(finding=finding, proposed=proposed, by=cast.claire, at=at)
            actions.follow_up(proposal=proposal, followed=followed, by=cast.claire, at=at)
            actions.join_case(finding=finding, case=case, by=cast.claire, at=at)
            actions.open_finding(told=TOLD, by=cast.claire, at=at)

    browser.as_staff(cast.claire)
    one_more()
    first = queries(browser, LIST), queries(browser, ONE)
    for _ in range(8):
        one_more()
    assert (queries(browser, LIST), queries(browser, ONE)) == first
    assert max(first) <= 14


def test_what_came_back_is_measured_on_equal_windows(browser: SignedIn, cast: Cast, at: datetime) -> None:
    today = clock.today(cast.paris.time_zone).replace(day=1)
    months = [
        date(today.year - (today.month <= ago), (today.month - 1 - ago) % 12 + 1, 1) for ago in range(12)
    ]
    begun = datetime(months[5].year, months[5].month, 3, 9, tzinfo=at.tzinfo)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        finding = actions.open_finding(told=TOLD, by=cast.claire, at=begun)
        for ago, month in enumerate(months):
            Tally.objects.create(
                organisation=cast.paris,
                month=month,
                population="mediation",
                counts={"cause": {"ASSESSMENT_ERROR": 2 if ago < 5 else 10}},
            )
        due = begun.date() + timedelta(days=90)
        proposed = actions.Proposed(words="Relire", addressee="Prestations", due_on=due)
        proposal = actions.propose(finding=finding, proposed=proposed, by=cast.claire, at=begun)
        browser.as_staff(cast.claire)
        assert "Depuis la mise en œuvre" not in browser.get(ONE).content.decode()
        followed = actions.Followed(
            outcome=Outcome.IMPLEMENTED, on=begun.date(), words="Fait", evidence="Note 12"
        )
        actions.follow_up(proposal=proposal, followed=followed, by=cast.claire, at=begun)
    page = browser.get(ONE).content.decode()
    # The month under way and the month of the change are left out.
    assert "8 saisines sur 4\u00a0mois depuis, 40 sur les 4\u00a0mois d’avant." in page.replace(
        "8\u00a0saisines", "8 saisines"
    )
    assert "C’est moins, au-delà du hasard." in page
