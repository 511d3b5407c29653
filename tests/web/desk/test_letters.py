import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from PIL import Image

from mediane.casework import actions as casework
from mediane.casework.models import Case, Closing
from mediane.correspondence import actions
from mediane.correspondence.actions import Edit
from mediane.correspondence.models import Letter
from mediane.correspondence.queries import draft_reply_of
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

NOON = datetime.fromisoformat("2026-11-12T11:00:00+00:00")
TEXT = (
    "Madame,\n\n## Ce que j’ai constaté\n\nUne erreur.\n\n## La suite\n\nFaites un recours, puis saisissez "
    "le tribunal administratif ou le tribunal judiciaire."
)
END = {
    "outcome": "revised",
    "cause": "ASSESSMENT_ERROR",
    "reason": "HOUSING_QUARTERLY",
    "grounds": ["OVERPAYMENT_NOT_UNDERSTOOD", "DELAY"],
    "error_type": "SOFTWARE",
    "service": "BENEFITS",
    "is_without_effect": "on",
}


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediane.kit.clock.now", lambda: NOON)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def address(case: Case, page: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/reponse/{page}"


@pytest.fixture
def draft(browser: SignedIn, cast: Cast, case: Case) -> Letter:
    """A draft begun by Nadia from the page of templates."""
    browser.as_staff(cast.nadia).post(address(case), {"template": "reply-revised"})
    with in_paris(cast):
        letter = draft_reply_of(case)
        assert letter is not None
        return letter


def saved(cast: Cast, letter: Letter, body: str, *, at: datetime = NOON) -> None:
    with in_paris(cast):
        actions.save_reply(
            letter=letter, edit=Edit("La Caf révise", body, letter.version), by=cast.nadia, at=at
        )


def test_a_template_is_chosen_by_what_it_answers(browser: SignedIn, cast: Cast, case: Case) -> None:
    page = browser.as_staff(cast.nadia).get(address(case)).content.decode()
    for words in ("Décision maintenue", "La Caf change une partie de sa décision"):
        assert words in page
    assert "Choisissez un modèle" in browser.post(address(case), {}).content.decode()


def test_the_editor_shows_what_is_left_to_write(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    page = browser.get(address(case)).content.decode()
    assert "[Dites ce que vous avez vérifié, et l’erreur trouvée.]\u00a0» reste à écrire" in page
    assert "Relire et signer" not in page
    assert "data-autosave=" in page
    assert "Relire et signer" in browser.as_staff(cast.claire).get(address(case)).content.decode()


def test_a_save_keeps_the_text_and_comes_back(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    sent = {"version": 1, "title": "T", "body": "Le {telephone_du_service} et {caf}"}
    assert browser.post(address(case), sent).url == address(case)
    with in_paris(cast):
        assert Letter.objects.get(pk=draft.pk).body.endswith("et Caf de Paris")


def test_the_editor_saves_by_itself(browser: SignedIn, cast: Cast, case: Case, draft: Letter) -> None:
    page = "0b8f2f7e-7d2f-4a53-9a6b-6b0f5a1f0a11"
    for words in ("Un", "Un texte"):
        sent = {"version": 1, "page": page, "title": "T", "body": words}
        answer = browser.post(address(case, "enregistrer/"), sent)
        assert answer.json()["said"] == "Enregistrée à 12\u00a0h"
    with in_paris(cast):
        assert Letter.objects.get(pk=draft.pk).body == "Un texte"


def test_two_who_write_both_keep_their_text(browser: SignedIn, cast: Cast, case: Case, draft: Letter) -> None:
    saved(cast, draft, "Le texte de Nadia")
    sent = {"version": 1, "title": "T", "body": "Le texte de Claire"}
    page = browser.as_staff(cast.claire).post(address(case), sent).content.decode()

    assert "Nadia Pruvost a enregistré une autre version le 12\u00a0novembre\u00a02026 à 12\u00a0h." in page
    assert "Le texte de Nadia" in page
    assert "Le texte de Claire" in page
    assert 'name="version" value="2"' in page
    alone = browser.post(address(case, "enregistrer/"), sent).content.decode()
    assert alone.endswith("Votre texte reste sur cette page.")


def test_what_clashes_is_shown_beside_what_is_already_put_together(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    base = {"base_title": "La Caf révise", "base_body": TEXT}
    saved(cast, draft, TEXT)
    hers = TEXT.replace("Une erreur.", "Une erreur de calcul.").replace("recours,", "recours gratuit,")
    saved(cast, draft, hers)
    mine = {"version": 2, "title": "La Caf révise", "body": TEXT.replace("Une erreur.", "Rien.")}
    page = browser.as_staff(cast.claire).post(address(case), mine | base).content.decode()

    for words in (
        "diffèrent au même endroit",
        "Une erreur de calcul.</p>",
        "Rien.</p>",
        'version" value="3"',
    ):
        assert words in page
    editor = page.split("<textarea", 1)[1].split("</textarea>")[0]
    assert "Rien." in editor
    assert "recours gratuit," in editor
    assert "Une erreur de calcul." not in editor


def test_the_preview_is_a_picture_of_the_sheet(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    answer = browser.get(address(case, "apercu.png"))
    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).width == 794
    assert browser.get(address(case, "apercu.pdf")).content.startswith(b"%PDF")


def test_a_slow_preview_gives_up(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediane.correspondence.queries.sheets.PREVIEW_SECONDS", 0.0)
    assert browser.get(address(case, "apercu.png")).status_code == 503
    assert browser.get(address(case)).status_code == 200


def test_the_mediator_signs_and_the_case_is_closed(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    saved(cast, draft, TEXT)
    browser.as_staff(cast.claire)
    assert browser.post(
        address(case), {"version": 2, "title": "La Caf révise", "body": TEXT, "sign": "1"}
    ).url == (address(case, "signer/"))
    answer = browser.post(address(case, "signer/"), END | {"version": 3})

    assert answer.url == f"/bureau/dossiers/{case.reference}/"
    with in_paris(cast):
        letter = Letter.objects.get(pk=draft.pk)
        assert (letter.signed_by, letter.title) == ("Claire Vasseur", "La Caf révise")
        assert Closing.objects.get(case=case).outcome == "revised"
        assert Case.objects.get(pk=case.pk).grounds == END["grounds"]


def test_a_letter_not_ready_cannot_be_signed(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    browser.as_staff(cast.claire)
    page = browser.get(address(case, "signer/")).content.decode()
    assert "La lettre n’est pas prête" in page
    assert "Signer et envoyer" not in page
    refused = browser.post(address(case, "signer/"), END | {"version": 1}).content.decode()
    assert "reste à écrire ou à retirer" in refused


def test_nobody_signs_a_text_changed_meanwhile(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    saved(cast, draft, TEXT)
    saved(cast, draft, TEXT + " Et plus.")
    page = browser.as_staff(cast.claire).post(address(case, "signer/"), END | {"version": 2}).content.decode()
    assert "Nadia Pruvost a enregistré une autre version" in page
    assert 'name="version" value="3"' in page


def test_the_address_shown_is_the_one_that_is_signed(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    saved(cast, draft, TEXT)
    page = browser.as_staff(cast.claire).get(address(case, "signer/")).content.decode()
    seen = page.split('name="address" value="')[1].split('"')[0]
    assert "18 rue des Envierges" in page
    with in_paris(cast):
        Beneficiary.objects.filter(pk=cast.samira.pk).update(postal_address="5 rue Neuve\n75012 Paris")
    sent = END | {"version": 2, "address": seen}
    refused = browser.post(address(case, "signer/"), sent).content.decode()
    assert "L’adresse a changé" in refused
    again = refused.split('name="address" value="')[1].split('"')[0]
    assert browser.post(address(case, "signer/"), sent | {"address": again}).status_code == 302


def test_an_officer_does_not_sign(browser: SignedIn, cast: Cast, case: Case, draft: Letter) -> None:
    for send in (browser.get, lambda url: browser.post(url, END | {"version": 1})):
        assert send(address(case, "signer/")).status_code == 403


@pytest.fixture
def signed(browser: SignedIn, cast: Cast, case: Case, draft: Letter) -> Letter:
    saved(cast, draft, TEXT)
    browser.as_staff(cast.claire).post(address(case, "signer/"), END | {"version": 2})
    with in_paris(cast):
        return Letter.objects.select_related("case").get(pk=draft.pk)


def test_who_comes_after_the_signature_keeps_the_text(
    browser: SignedIn, cast: Cast, case: Case, signed: Letter
) -> None:
    sent = {"version": 2, "title": "T", "body": "Ce que j’écrivais encore"}
    page = browser.as_staff(cast.nadia).post(address(case), sent).content.decode()
    assert "Claire Vasseur l’a signée le 12\u00a0novembre\u00a02026 à 12\u00a0h" in page
    assert "Ce que j’écrivais encore" in page


def test_the_letter_sent_is_read_and_downloaded(
    browser: SignedIn, cast: Cast, case: Case, signed: Letter
) -> None:
    read = f"/bureau/dossiers/{case.reference}/courriers/{signed.public_id}/"
    assert "Le PDF se prépare." in browser.get(read).content.decode()
    assert browser.get(f"{read}pdf/").status_code == 503
    with in_paris(cast):
        actions.make_pdf(letter=signed, at=NOON + timedelta(seconds=5))

    page = browser.get(read).content.decode()
    assert "<h3>Ce que j’ai constaté</h3>" in page
    assert "Pas encore ouverte par la personne" in page
    assert browser.get(f"{read}pdf/").content.startswith(b"%PDF")
    assert browser.as_staff(cast.remi).get(read).status_code == 404


def test_a_draft_is_thrown_away_as_it_was_seen(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    saved(cast, draft, "Le texte de Nadia")
    page = browser.as_staff(cast.claire).post(address(case, "abandonner/"), {"version": 1}).content.decode()
    assert "Relisez-la." in page
    browser.post(address(case, "abandonner/"), {"version": 2})
    with in_paris(cast):
        assert not Letter.objects.exists()


@pytest.mark.parametrize("page", ["", "signer/"])
def test_the_pages_of_the_reply_cost_little(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, page: str, django_assert_max_num_queries: Any
) -> None:
    # The lists of the catalogue are read once by the process.
    browser.as_staff(cast.claire).get(address(case, page))
    with django_assert_max_num_queries(16):
        assert browser.get(address(case, page)).status_code == 200


def test_no_reply_is_begun_before_somebody_studies(browser: SignedIn, cast: Cast, at: datetime) -> None:
    received = a_case(cast.samira, at)
    browser.as_staff(cast.nadia)
    assert "Prenez d’abord ce dossier en charge" in browser.get(address(received)).content.decode()
    refused = browser.post(address(received), {"template": "reply-revised"}).content.decode()
    assert "Prenez d’abord ce dossier en charge" in refused
    with in_paris(cast):
        assert draft_reply_of(received) is None


def test_replying_before_admissibility_is_warned_of_on_each_page(
    browser: SignedIn, cast: Cast, case: Case, at: datetime
) -> None:
    warned = "La recevabilité n’est pas encore notifiée"
    browser.as_staff(cast.claire)
    assert warned in browser.get(address(case)).content.decode()
    browser.post(address(case), {"template": "reply-revised"})
    for page in ("", "signer/"):
        assert warned in browser.get(address(case, page)).content.decode()
    with in_paris(cast):
        casework.admit(case=case, notified_on=NOON.date(), by=cast.claire, at=NOON)
    for page in ("", "signer/"):
        assert warned not in browser.get(address(case, page)).content.decode()


def test_who_signs_is_told_that_something_came(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter
) -> None:
    saved(cast, draft, TEXT)
    told = "Madame Samira Belkacem a écrit ou envoyé un document"
    browser.as_staff(cast.claire)
    assert told not in browser.get(address(case, "signer/")).content.decode()
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        casework.write_to_service(case=case, body="J’ajoute ceci", by=cast.samira.as_actor(), at=NOON)
    assert told in browser.get(address(case, "signer/")).content.decode()


def test_a_pdf_opened_is_journaled(browser: SignedIn, cast: Cast, case: Case, signed: Letter) -> None:
    with in_paris(cast):
        actions.make_pdf(letter=signed, at=NOON + timedelta(seconds=5))
    browser.get(f"/bureau/dossiers/{case.reference}/courriers/{signed.public_id}/pdf/")
    with in_paris(cast):
        assert Entry.objects.filter(verb="open_letter", subject=str(signed.public_id)).count() == 1
