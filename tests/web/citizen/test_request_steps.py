from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from mediane.kit import rowsecurity
from mediane.referrals.queries import documents_of, safe_contact_of
from tests.web.citizen.steps import REACH, WHAT, WHY, Journey

STEP = "/saisir/demande/"


def a_photo(name: str = "notification.png") -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "white").save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/png")


def names(samira: Journey) -> list[str]:
    with rowsecurity.working_for(rowsecurity.person(samira.person.pk)):
        return [document.shown_name for document in documents_of(samira.draft)]


def test_each_page_of_the_request_is_kept_and_leads_to_the_next(samira: Journey) -> None:
    samira.pass_the_test()
    led = [samira.fill(slug, data).headers["Location"] for slug, data in PAGES]
    assert led == [f"{STEP}explication/", f"{STEP}documents/", f"{STEP}vous-joindre/", "/saisir/verifier/"]
    draft = samira.draft
    assert (draft.benefits, draft.grounds) == (["APL", "ARS"], ["OVERPAYMENT_NOT_UNDERSTOOD"])
    assert (draft.decision_on, draft.explanation) == (date(2026, 10, 2), WHY["explanation"])
    assert draft.helper == "Yanis Belkacem, mon frère"


PAGES = (("prestations-et-motifs", WHAT), ("explication", WHY), ("documents", {}), ("vous-joindre", REACH))


def test_the_request_waits_for_the_end_of_the_test(samira: Journey) -> None:
    samira.get("/saisir/")
    for slug, data in PAGES:
        assert samira.fill(slug, data).headers["Location"] == "/saisir/"


def test_what_is_missing_is_said_twice_and_nothing_typed_is_lost(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill(
        "explication",
        WHY | {"decision_on_day": "", "decision_on_month": "", "decision_on_year": "", "asked": ""},
    )
    page = samira.last.content.decode()
    assert page.count("Indiquez la date de la décision contestée") == 2
    assert page.count("Dites en une phrase ce que vous demandez") == 2
    assert "<title>Erreur" in page
    assert WHY["explanation"] in page
    # Leaving and coming back: still there.
    assert WHY["explanation"] in samira.get(f"{STEP}explication/").content.decode()
    assert samira.draft.explanation == ""


def test_a_date_that_does_not_exist_stays_in_its_boxes(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill("explication", WHY | {"decision_on_day": "31", "decision_on_month": "2"})
    for page in (samira.last, samira.get(f"{STEP}explication/")):
        assert 'value="31"' in page.content.decode()


def test_no_benefit_ticked_is_refused_kindly(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill("prestations-et-motifs", {"grounds": ["DELAY"]})
    page = samira.last.content.decode()
    assert page.count("Indiquez la prestation concernée") == 2
    assert 'value="DELAY" checked' in page


@pytest.mark.parametrize("field", ["explanation", "asked", "decision_contested"])
def test_a_social_security_number_is_not_kept(samira: Journey, field: str) -> None:
    samira.pass_the_test()
    samira.fill("explication", WHY | {field: "Mon numéro est le 2 84 05 75 120 045 37."})
    assert samira.last.content.decode().count("Retirez le numéro de sécurité sociale") == 2
    assert getattr(samira.draft, field) == ""
    # Nor in what is kept of the page as typed.
    samira.post("/saisir/enregistrer/explication/", WHY | {field: "Mon numéro est le 2 84 05 75 120 045 37."})
    page = samira.get(f"{STEP}explication/").content.decode()
    assert "Mon numéro est le [numéro retiré]." in page
    assert "120 045" not in page


def test_a_page_saves_itself_right_or_wrong(samira: Journey) -> None:
    samira.pass_the_test()
    samira.post("/saisir/enregistrer/explication/", {"explanation": "On me ret", "decision_on_day": "99"})
    assert samira.last.content.decode() == "Enregistré à 14\u00a0h\u00a041"
    page = samira.get(f"{STEP}explication/").content.decode()
    assert "On me ret" in page
    assert 'value="99"' in page
    assert "Erreur" not in page


def test_what_is_typed_is_sealed_until_it_is_sent(samira: Journey) -> None:
    samira.pass_the_test()
    samira.post("/saisir/enregistrer/vous-joindre/", {"address": "chez ma sœur"})
    assert samira.draft.typed
    assert "chez ma" not in bytes(samira.draft.typed).decode("latin-1")
    samira.fill("vous-joindre", REACH)
    assert samira.draft.typed is None


def test_the_safe_contact_is_sealed_and_comes_back_on_the_page(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill("vous-joindre", REACH | {"address": "chez ma sœur", "keep_secret": "on", "channel": "espace"})
    draft = samira.draft
    assert not draft.notice_by_email
    with rowsecurity.working_for(rowsecurity.person(samira.person.pk)):
        contact = safe_contact_of(draft)
    assert contact["address"] == "chez ma sœur"
    assert contact["caution"] == "Mon adresse doit rester secrète"
    assert "chez ma sœur" in samira.get(f"{STEP}vous-joindre/").content.decode()


def test_of_two_files_one_refused_loses_nothing_of_the_other(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill("documents", {"documents": [a_photo(), SimpleUploadedFile("virus.exe", b"MZ....")]})
    page = samira.last.content.decode()
    assert "«\u00a0virus.exe\u00a0» n’a pas été ajouté" in page
    assert names(samira) == ["notification.png"]


def test_one_box_of_either_list_is_enough(samira: Journey) -> None:
    samira.pass_the_test()
    page = samira.get(f"{STEP}prestations-et-motifs/").content.decode()
    assert "(facultatif)" not in page
    for ticked in ({"benefits": ["APL"]}, {"other_benefits": ["ARS"]}):
        led = samira.fill("prestations-et-motifs", ticked | {"grounds": ["DELAY"]})
        assert led.headers["Location"] == f"{STEP}explication/"


def test_a_file_is_added_then_taken_back(samira: Journey) -> None:
    samira.pass_the_test()
    assert (
        samira.fill("documents", {"documents": [a_photo()], "add": "1"}).headers["Location"]
        == f"{STEP}documents/"
    )
    page = samira.get(f"{STEP}documents/").content.decode()
    removal = page.split('action="/saisir/documents/')[1].split('"')[0]
    samira.post(f"/saisir/documents/{removal}")
    assert names(samira) == []
    assert samira.post(f"/saisir/documents/{removal}").status_code == 404


def test_an_unknown_page_is_not_found(samira: Journey) -> None:
    samira.get("/saisir/")
    for path in (f"{STEP}rien/", "/saisir/test/rien/", "/saisir/obstacle/rien/"):
        assert samira.get(path).status_code == 404
    assert samira.post("/saisir/enregistrer/documents/").status_code == 404


@pytest.mark.parametrize(
    ("slug", "field", "length", "limit"),
    [
        ("explication", "explanation", 4001, "4\u00a0000"),
        ("explication", "asked", 161, "160"),
        ("explication", "decision_contested", 161, "160"),
        ("vous-joindre", "helper", 121, "120"),
    ],
)
def test_too_long_is_said_in_our_words(
    samira: Journey, slug: str, field: str, length: int, limit: str
) -> None:
    samira.pass_the_test()
    samira.fill(slug, (WHY if slug == "explication" else REACH) | {field: "a" * length})
    page = samira.last.content.decode()
    assert page.count(f"Ce texte est trop long\u00a0: {limit}\u00a0caractères au plus") == 2
    assert "a" * length in page


def test_adding_without_choosing_a_file_is_said(samira: Journey) -> None:
    samira.pass_the_test()
    assert samira.fill("documents", {"add": "1"}).content.decode().count("Choisissez d’abord un fichier") == 2


def test_too_many_files_are_refused_in_one_sentence(samira: Journey) -> None:
    samira.pass_the_test()
    samira.fill("documents", {"documents": [a_photo(f"{number}.png") for number in range(23)]})
    assert samira.last.content.decode().count("fichiers au plus. Retirez") == 2
    assert len(names(samira)) == 20


def test_coming_back_to_a_removal_shows_the_documents(samira: Journey) -> None:
    samira.pass_the_test()
    there = samira.client.get("/saisir/documents/8b1f6a52-34c4-4a31-9a2f-1f0c8c9d1b11/retirer/")
    assert there.headers["Location"] == f"{STEP}documents/"
