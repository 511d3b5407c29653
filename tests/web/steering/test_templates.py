"""The pages of the library: what two mediators do of a template, and what a bad word gets back."""

import re
from datetime import datetime
from typing import Any

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.correspondence import actions
from mediane.correspondence.models import LetterTemplate
from mediane.correspondence.states import TemplateState
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.organisations.actions import add_member
from mediane.organisations.models import Organisation, Role
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.correspondence.libraries import BODY, approved, at_work, submitted, written

LIBRARY = "/pilotage/modeles/"
BEGUN = f"{LIBRARY}local-loyer-change/1/"
TYPED: dict[str, Any] = {"revision": "2", "name": "Loyer changé", "title": "Notre réponse", "body": BODY}


@pytest.fixture
def claire(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.claire)


@pytest.fixture
def mathilde(cast: Cast, at: datetime) -> SignedIn:
    return SignedIn().as_staff(joined(cast.paris, Role.MEDIATOR, "Mathilde Roumier", at))


def joined(organisation: Organisation, role: Role, name: str, at: datetime) -> Actor:
    email = f"{name.split(maxsplit=1)[0].lower()}@caf.exemple"
    return add_member(
        organisation=organisation, email=email, full_name=name, role=role, title="médiatrice", at=at
    ).as_actor()


def a_draft(cast: Cast, at: datetime) -> LetterTemplate:
    with at_work(cast.claire):
        return written(cast.claire, at)


def now(template: LetterTemplate, cast: Cast) -> LetterTemplate:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return LetterTemplate.objects.get(pk=template.pk)


def test_a_mediator_copies_a_national_template_and_writes_it(claire: SignedIn, cast: Cast) -> None:
    page = claire.get(f"{LIBRARY}nouveau/?depuis=reply-overpayment&version=1")
    assertContains(page, "Copier «\u00a0Trop-perçu expliqué\u00a0»")
    sent = {
        "kind": "REPLY",
        "name": "Trop-perçu, à Paris",
        "entry_key": "11111111-1111-4111-8111-111111111111",
    }
    edit = f"{LIBRARY}local-trop-percu-a-paris/1/modifier/"
    for _ in range(2):
        assertRedirects(claire.post(f"{LIBRARY}nouveau/?depuis=reply-overpayment", sent), edit)
    page = claire.get(edit)
    assertContains(page, "[si prestation: APL, ALF, ALS]")
    assertContains(page, "{date_de_saisine}")
    typed = TYPED | {"revision": "1", "body": "Bonjour,\n\n{nom}", "prestation": "RSA", "vu": "1"}
    answer = claire.post(edit, typed)
    assert answer["Location"] == f"{edit}?vu=1&prestation=RSA"
    assertContains(claire.get(answer["Location"]), "Notre réponse")


def test_a_second_mediator_approves_on_the_page(
    claire: SignedIn, mathilde: SignedIn, cast: Cast, at: datetime
) -> None:
    template = a_draft(cast, at)
    sent = {"soumettre-revision": "2", "soumettre-word": "Pour les APL"}
    claire.post(f"{BEGUN}soumettre/", sent)
    assertContains(claire.get(BEGUN), "une autre personne l’approuve")
    assertNotContains(claire.get(LIBRARY), "attend votre approbation")
    assertContains(mathilde.get(LIBRARY), "1\u00a0modèle attend votre approbation")
    assertContains(mathilde.get(BEGUN), "Pour les APL")
    refused = claire.post(f"{BEGUN}approuver/", {"approuver-revision": "2"})
    assertContains(refused, "à une autre personne de l’approuver")
    mathilde.post(f"{BEGUN}approuver/", {"approuver-revision": "2"})
    assert now(template, cast).state == TemplateState.APPROVED
    assertContains(mathilde.get(BEGUN), "En vigueur")
    again = mathilde.post(f"{BEGUN}approuver/", {"approuver-revision": "2"})
    assertContains(again, "Mathilde Roumier a approuvé ce modèle")


def test_it_is_sent_back_with_a_word_or_not_at_all(mathilde: SignedIn, cast: Cast, at: datetime) -> None:
    with at_work(cast.claire):
        template = submitted(cast.claire, at)
    refused = mathilde.post(f"{BEGUN}renvoyer/", {"renvoyer-revision": "2", "renvoyer-word": ""})
    assertContains(refused, "Dites ce qu’il faut changer")
    mathilde.post(f"{BEGUN}renvoyer/", {"renvoyer-revision": "2", "renvoyer-word": "Trop long"})
    assert now(template, cast).word == "Trop long"
    assertContains(mathilde.get(BEGUN), "Renvoyé par Mathilde Roumier")


def test_a_wrong_field_is_told_nothing_is_lost_and_it_is_saved_once_put_right(
    claire: SignedIn, cast: Cast, at: datetime
) -> None:
    a_draft(cast, at)
    wrong = TYPED | {
        "body": "{nomm}\n\n[si prestation: APK]\nUn",
        "grounds": ["DELAY"],
        "valid_from_day": "3",
        "valid_from_month": "12",
        "valid_from_year": "2026",
    }
    refused = claire.post(f"{BEGUN}modifier/", wrong)
    page = refused.content.decode().replace("\u00a0", " ")
    assert "Ligne 1 : « {nomm} » n’est pas un champ de la liste. Écrivez {nom}." in page
    assert "Ligne 3 : « APK » n’est pas connu" in page
    assert "[si prestation: APK]" in page
    assert re.search(r'value="DELAY" checked', page)
    assert 'name="valid_from_month" type="text" value="12"' in page
    told = claire.post(f"{BEGUN}enregistrer/", wrong).content.decode()
    assert told.startswith("Pas encore enregistré")
    saved = claire.post(f"{BEGUN}enregistrer/", TYPED | {"page": "22222222-2222-4222-8222-222222222222"})
    assert saved.content.decode().startswith("Enregistré à")


def test_of_two_who_write_the_second_sees_both_texts(
    claire: SignedIn, mathilde: SignedIn, cast: Cast, at: datetime
) -> None:
    template = a_draft(cast, at)
    mathilde.post(f"{BEGUN}modifier/", TYPED | {"body": "Le texte de Mathilde"})
    refused = claire.post(f"{BEGUN}modifier/", TYPED | {"body": "Le texte de Claire"})
    assertContains(refused, "Mathilde Roumier a enregistré une autre version")
    assertContains(refused, "Le texte de Mathilde")
    assertContains(refused, "Le texte de Claire")
    assertContains(refused, 'name="revision" id="id_revision" value="3"')
    claire.post(f"{BEGUN}modifier/", TYPED | {"revision": "3", "body": "Le texte de Claire"})
    assert now(template, cast).body == "Le texte de Claire"


def test_what_is_typed_in_what_was_submitted_or_thrown_away_is_given_back(
    claire: SignedIn, mathilde: SignedIn, cast: Cast, at: datetime
) -> None:
    a_draft(cast, at)
    mathilde.post(f"{BEGUN}soumettre/", {"soumettre-revision": "2"})
    late = claire.post(f"{BEGUN}modifier/", TYPED | {"body": "Mes mots"})
    assertContains(late, "Mathilde Roumier a soumis ce modèle")
    assertContains(late, "Mes mots")
    mathilde.post(f"{BEGUN}renvoyer/", {"renvoyer-revision": "2", "renvoyer-word": "Non"})
    for _ in range(2):
        assertRedirects(mathilde.post(f"{BEGUN}abandonner/", {"revision": "2"}), LIBRARY)
    late = claire.post(f"{BEGUN}modifier/", TYPED | {"body": "Mes mots"})
    assertContains(late, "abandonné entre-temps")
    assertContains(late, "Mes mots")
    assert claire.get(f"{BEGUN}modifier/").status_code == 404
    word = {"soumettre-revision": "2", "soumettre-word": "Mon mot"}
    assertContains(claire.post(f"{BEGUN}soumettre/", word), "Mon mot")
    told = claire.post(f"{BEGUN}enregistrer/", TYPED)
    assertContains(told, "abandonné entre-temps")


def test_a_page_left_open_does_not_approve_what_was_changed_since(
    claire: SignedIn, mathilde: SignedIn, cast: Cast, at: datetime
) -> None:
    template = a_draft(cast, at)
    claire.post(f"{BEGUN}soumettre/", {"soumettre-revision": "2"})
    claire.post(f"{BEGUN}renvoyer/", {"renvoyer-revision": "2", "renvoyer-word": "Je corrige"})
    claire.post(f"{BEGUN}modifier/", TYPED | {"body": "Autre chose"})
    claire.post(f"{BEGUN}soumettre/", {"soumettre-revision": "3"})
    refused = mathilde.post(f"{BEGUN}approuver/", {"approuver-revision": "2"})
    assertContains(refused, "Claire Vasseur a enregistré une autre version")
    assert now(template, cast).state == TemplateState.SUBMITTED


def test_versions_are_compared_word_by_word(claire: SignedIn, cast: Cast) -> None:
    page = claire.get(f"{LIBRARY}reply-upheld/2/")
    assertContains(page, "Ce qui change depuis la version 1")
    assertContains(page, "<ins>")
    assertContains(page, "Remplacé")
    assertContains(claire.get(f"{LIBRARY}reply-upheld/1/?avec=2"), "<del>")
    assert claire.get(f"{LIBRARY}reply-upheld/9/").status_code == 404


def test_the_preview_follows_the_switches(claire: SignedIn) -> None:
    address = f"{LIBRARY}reply-overpayment/1/"
    page = claire.get(f"{address}?vu=1&prestation=RSA&issue=upheld")
    assertContains(page, "Prestation\u00a0: RSA")
    assertContains(page, "vu=1&amp;prestation=RSA&amp;issue=upheld")
    drawn = claire.get(f"{address}apercu.png?vu=1&prestation=RSA")
    assert drawn.content.startswith(b"\x89PNG")
    assert claire.get(f"{address}apercu.pdf?vu=1").content.startswith(b"%PDF")


def test_an_officer_reads_and_does_not_write(browser: SignedIn, cast: Cast, at: datetime) -> None:
    a_draft(cast, at)
    nadia = browser.as_staff(cast.nadia)
    page = nadia.get(BEGUN)
    assertNotContains(page, "Soumettre ce modèle")
    for name in ("modifier", "soumettre", "approuver", "abandonner"):
        assert nadia.post(f"{BEGUN}{name}/", {}).status_code == 403


def test_another_caf_and_the_national_mediation_do_not_know_it(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    a_draft(cast, at)
    for stranger in (cast.remi, cast.helene):
        assert browser.as_staff(stranger).get(BEGUN).status_code == 404


def test_the_national_mediation_writes_national_ones(browser: SignedIn, cast: Cast, at: datetime) -> None:
    helene = browser.as_staff(cast.helene)
    assertNotContains(helene.get(LIBRARY), "De la Cnaf")
    helene.post(f"{LIBRARY}reply-upheld/nouvelle-version/")
    edit = f"{LIBRARY}reply-upheld/3/modifier/"
    helene.post(edit, TYPED | {"revision": "1", "name": "Décision maintenue"})
    helene.post(f"{LIBRARY}reply-upheld/3/soumettre/", {"soumettre-revision": "2"})
    colleague = SignedIn().as_staff(joined(cast.cnaf, Role.NATIONAL, "Victor Lamarque", at))
    colleague.post(f"{LIBRARY}reply-upheld/3/approuver/", {"approuver-revision": "2"})
    assertContains(helene.get(f"{LIBRARY}reply-upheld/"), "version 3")
    assertContains(browser.as_staff(cast.claire).get(f"{LIBRARY}reply-upheld/"), "version 3")


def test_every_field_and_condition_is_listed(claire: SignedIn) -> None:
    page = claire.get(f"{LIBRARY}champs/")
    for words in ("{voies_de_recours}", "Échéances du dossier", "[si recours: …]", "maintenue, révisée"):
        assertContains(page, words)


@pytest.mark.parametrize("number", [1, 20])
def test_the_library_costs_the_same_for_one_template_and_twenty(
    claire: SignedIn, cast: Cast, at: datetime, number: int, django_assert_num_queries: Any
) -> None:
    with at_work(cast.claire):
        for n in range(number):
            approved(cast.claire, at, name=f"Modèle {n}")
    claire.get(LIBRARY)
    with django_assert_num_queries(7):
        claire.get(LIBRARY)


@pytest.mark.parametrize("number", [1, 6])
def test_a_template_costs_the_same_for_one_version_and_more(
    claire: SignedIn, cast: Cast, at: datetime, number: int, django_assert_num_queries: Any
) -> None:
    with at_work(cast.claire):
        template = approved(cast.claire, at)
        for _ in range(number - 1):
            begun = actions.begin_version(template=template, by=cast.claire, at=at)
            actions.submit_template(template=begun, seen_revision=1, by=cast.claire, at=at)
            LetterTemplate.objects.filter(pk=begun.pk).update(
                state="approved", approved_at=at, approved_by_id=9, valid_from=at.date()
            )
    claire.get(f"{LIBRARY}{template.code}/")
    with django_assert_num_queries(7):
        claire.get(f"{LIBRARY}{template.code}/")
