"""Closing on the desk: what is still to say, what is optional, and the case opened again."""

import re
from datetime import datetime, timedelta

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework import actions
from mediane.casework.models import Case, Closing
from mediane.casework.states import Outcome, State
from mediane.correspondence import actions as correspondence
from mediane.correspondence.actions import Edit
from mediane.correspondence.models import Kind, Letter
from mediane.correspondence.queries import templates_of
from mediane.kit import rowsecurity
from tests.casework.actions.test_effects import a_change
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

BODY = (
    "Madame,\n\n## Ce que j’ai constaté\n\nUne erreur.\n\n## La suite\n\nFaites un recours, puis saisissez "
    "le tribunal administratif ou le tribunal judiciaire."
)
END = {
    "version": "2",
    "outcome": "revised",
    "cause": "ASSESSMENT_ERROR",
    "grounds": ["DELAY"],
    "reason": "HOUSING_QUARTERLY",
    "error_type": "SOFTWARE",
    "service": "IT",
    "is_without_effect": "on",
}


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def ready(cast: Cast, at: datetime, **differs: object) -> Case:
    """A case whose reply only waits to be signed."""
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    with in_paris(cast):
        template = next(one for one in templates_of(Kind.REPLY, at.date()) if one.code == "reply-revised")
        letter = correspondence.begin_reply(case=case, template=template, by=cast.claire, at=at)
        edit = Edit("La Caf révise", BODY, letter.version)
        correspondence.save_reply(letter=letter, edit=edit, by=cast.claire, at=at)
    return case


def page(case: Case, name: str = "reponse/signer/") -> str:
    return f"/bureau/dossiers/{case.reference}/{name}"


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return ready(cast, at)


def test_what_is_missing_is_listed_and_each_item_leads_to_its_field(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    shown = browser.as_staff(cast.claire).get(page(case))
    assertContains(shown, "À dire avant de fermer")
    for place in ("#id_outcome_0", "#id_cause", "#id_reason", "#id_error_type", "#id_is_without_effect"):
        assertContains(shown, f'href="{place}"')
    assertContains(shown, "Manque encore", count=5)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("cause", "Choisissez la cause."),
        ("reason", "Choisissez la raison précise"),
        ("error_type", "Dites quelle erreur vous avez constatée"),
        ("service", "Dites quel service est concerné"),
        ("is_without_effect", "Saisissez les montants, ou cochez"),
    ],
)
def test_the_case_does_not_close_without_it(
    browser: SignedIn, cast: Cast, case: Case, field: str, sentence: str
) -> None:
    given = {name: value for name, value in END.items() if name != field}
    assertContains(browser.as_staff(cast.claire).post(page(case), given), sentence)
    with in_paris(cast):
        assert not Closing.objects.exists()


def test_errors_are_summed_up_in_the_order_of_the_page(browser: SignedIn, cast: Cast, case: Case) -> None:
    shown = browser.as_staff(cast.claire).post(page(case), {"version": "2"}).content.decode()
    words = (
        "Choisissez la cause.",
        "Choisissez la raison",
        "Dites quelle erreur",
        "Gardez au moins un motif.",
    )
    places = [shown.index(sentence) for sentence in words]
    assert places == sorted(places)


def test_what_was_analysed_is_kept_with_the_closing_and_shown(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    browser.as_staff(cast.claire).post(page(case), END)
    with in_paris(cast):
        closing = Closing.objects.get(case=case)
    said = (closing.reason, closing.error_type, closing.service, closing.is_without_effect)
    assert said == ("HOUSING_QUARTERLY", "SOFTWARE", "IT", True)
    shown = browser.get(page(case, ""))
    for words in (
        "Recalcul trimestriel",
        "Paramétrage informatique",
        "Aucun effet financier, dit à la clôture",
    ):
        assertContains(shown, words)


def test_without_an_error_no_service_is_kept(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire).post(page(case), END | {"error_type": "NONE"})
    with in_paris(cast):
        assert Closing.objects.get(case=case).service == ""


def test_no_reason_is_asked_where_none_is_offered(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = ready(cast, at, benefits=["AF"])
    assertNotContains(browser.as_staff(cast.claire).get(page(case)), "Raison précise")
    browser.post(page(case), END)
    with in_paris(cast):
        assert Closing.objects.get(case=case).reason == ""


def test_reasons_are_those_of_the_benefit(browser: SignedIn, cast: Cast, at: datetime) -> None:
    shown = browser.as_staff(cast.claire).get(page(ready(cast, at, benefits=["AAH"])))
    assertContains(shown, "Avis de pension de novembre manquant")
    assertNotContains(shown, "Indemnité de stage")


def test_recorded_amounts_say_the_money(browser: SignedIn, cast: Cast, case: Case, at: datetime) -> None:
    browser.as_staff(cast.claire)
    with in_paris(cast):
        actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
    # Ticked on a page opened before the amounts came.
    assertContains(browser.post(page(case), END), "Des montants sont saisis dans ce dossier")
    given = {name: value for name, value in END.items() if name != "is_without_effect"}
    assert browser.post(page(case), given).status_code == 302


def test_what_was_chosen_comes_back_once_the_amount_is_entered(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    claire = browser.as_staff(cast.claire)
    going = END | {"montant": "1", "grounds": ["DELAY", "OTHER"], "service": "nonsense"}
    amount = claire.post(page(case), going)["Location"]
    assert amount.startswith(page(case, "montants/"))
    assertContains(claire.get(amount), "Revenir à la signature")
    line = {"version": str(case.version), "kind": "back_payment", "benefit": "APL", "evidence": "Avis"}
    line |= {"decision": "Droits d’avril", "before": "0", "after": "120,50"}
    sent = claire.post(amount, line)
    assert sent["Location"] == page(case), sent.content.decode()
    shown = claire.get(page(case)).content.decode()
    for value in ("revised", "DELAY", "OTHER"):
        assert re.search(rf'value="{value}"[^>]* checked', shown)
    for value in ("ASSESSMENT_ERROR", "HOUSING_QUARTERLY", "SOFTWARE"):
        assert f'value="{value}" selected' in shown
    assert "nonsense" not in shown
    assert "Des montants sont saisis" in shown
    # Nothing was sent by going there, and nothing of it stays once signed.
    with in_paris(cast):
        assert not Closing.objects.exists()
        assert Letter.objects.get(case=case, kind=Kind.REPLY).chosen
    given = {name: value for name, value in END.items() if name != "is_without_effect"}
    assert claire.post(page(case), given).status_code == 302
    with in_paris(cast):
        assert Letter.objects.get(case=case, kind=Kind.REPLY).chosen == {}


def test_what_was_chosen_comes_back_once_the_text_was_read_again(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    claire = browser.as_staff(cast.claire)
    # Both doors back are of the form, and neither is what Enter presses.
    opened = claire.get(page(case)).content.decode()
    assert len(re.findall(r'<button[^>]* name="texte"', opened)) == 2
    first = re.search(r'<button[^>]*form="signature"[^>]*>([^<]*)', opened)
    assert first is not None
    assert first[1] == "Signer et envoyer"
    gone = claire.post(page(case), END | {"texte": "1", "cause": "", "grounds": ["DELAY", "OTHER"]})
    assert gone["Location"] == page(case, "reponse/")
    shown = claire.get(page(case)).content.decode()
    for chosen in ('value="revised"', 'value="DELAY"', 'value="OTHER"', 'name="is_without_effect"'):
        assert re.search(rf"{chosen}[^>]* checked", shown)
    assert 'value="HOUSING_QUARTERLY" selected' in shown
    assert "Erreur :" not in shown
    # An amount recorded meanwhile outweighs the tick, which nobody has to take off.
    with in_paris(cast):
        assert not Closing.objects.exists()
        actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
    assertNotContains(claire.get(page(case)), 'name="is_without_effect"')


def test_choices_kept_too_late_say_who_signed(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire).post(page(case), END)
    for door in ("montant", "texte"):
        assertContains(browser.post(page(case), END | {door: "1"}), "Claire Vasseur")


def answered(cast: Cast, at: datetime) -> Case:
    case = a_studied_case(cast.samira, cast.claire, at)
    with in_paris(cast):
        given = {"outcome": Outcome.UPHELD, "cause": "OTHER", "grounds": ["OTHER"]}
        actions.answer(case=case, by=cast.claire, at=at + timedelta(days=20), **given)
    return case


def test_a_case_is_reopened_with_its_reason(
    browser: SignedIn, cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediane.kit.clock.now", lambda: at + timedelta(days=30))
    case = answered(cast, at)
    browser.as_staff(cast.claire)
    assertContains(browser.get(page(case, "")), "Rouvrir le dossier")
    door = page(case, "reouverture/")
    assertContains(browser.get(door), "jusqu’au 29\u00a0janvier\u00a02027")
    version = str(case.version)
    assertContains(browser.post(door, {"version": version, "because": ""}), "Dites pourquoi vous rouvrez")
    browser.post(door, {"version": version, "because": "Pièce retrouvée"})
    with in_paris(cast):
        case.refresh_from_db()
    assert case.state == State.UNDER_STUDY
    shown = browser.get(page(case, ""))
    assertContains(shown, "Pièce retrouvée Par Claire Vasseur.")
    assertContains(shown, "Dossier rouvert")
    late = browser.post(door, {"version": version, "because": "Moi aussi"})
    assertContains(late, "Moi aussi")
    assertContains(browser.get(door), "Il n’y a rien à rouvrir")
    assert browser.as_staff(cast.nadia).get(door).status_code == 403


def test_past_the_limit_a_repeat_is_proposed(
    browser: SignedIn, cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = answered(cast, at)
    monkeypatch.setattr("mediane.kit.clock.now", lambda: at + timedelta(days=90))
    browser.as_staff(cast.claire)
    shown = browser.get(page(case, ""))
    assertNotContains(shown, "Rouvrir le dossier")
    assertContains(shown, "Enregistrer une réitération")
    told = browser.get(page(case, "reouverture/"))
    assertContains(told, "Ce dossier ne se rouvre plus")
    assertContains(told, 'href="/bureau/enregistrer/"')
    refused = browser.post(page(case, "reouverture/"), {"version": str(case.version), "because": "Si"})
    assertContains(refused, "Enregistrez une nouvelle demande")
