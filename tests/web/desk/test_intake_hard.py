"""The page of entry under everything a browser, a script or a tired hand may send it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.asserts import assertContains

from mediane.integrations.demonstration.papers import sheet
from mediane.kit import clock
from mediane.kit.blobs import Blobs, NoSpace
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.desk.test_intake import NEW, URL, a_letter, cases

A_YEAR_AGO = clock.today() - timedelta(days=366)


@pytest.fixture
def nadia(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.nadia)


def day(name: str, day: object, month: object, year: object) -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}


TAKEN: dict[str, dict[str, Any]] = {
    "letters that are several once folded": NEW | {"first_name": "\ufdfa" * 60, "last_name": "ß" * 60},
    "marks without a letter": NEW | {"first_name": "\u0301", "last_name": "\u200b"},
    "invisible signs": {"asked": "\u200b", "explanation": "\u2066"},
    "half of a sign": {"asked": "\ufffd" * 3, "explanation": "a\x00b"},
    "the day a year ago": day("received_on", A_YEAR_AGO.day, A_YEAR_AGO.month, A_YEAR_AGO.year),
    "one word": {"explanation": "𝕏" * 4000, "asked": "㌀" * 160},
    "as many lines as signs": {"explanation": "a\r\n" * 2000},
    "signals": {"explanation": "sans ressources " + "\ufdfa" * 180, "urgency": ["no_income", "eviction"]},
    "the same twice": {"other_benefits": ["RSA"] * 50, "other_grounds": ["NON_PAYMENT"] * 50},
    "lines in a name": NEW | {"first_name": "a\nb", "last_name": "c\r\nd", "phone": "\n1"},
    "markup": NEW | {"first_name": "<b>", "last_name": "{{ 7*7 }}", "asked": "<script>"},
}
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no key": ({"entry_key": ""}, "Cette page était incomplète"),
    "a key of no shape": ({"entry_key": "é" * 900}, "Cette page était incomplète"),
    "no mail": ({"courrier": "x" * 500}, "Revenez au courriel"),
    "a number too long": ({"person": "9" * 18}, "Cherchez l’allocataire"),
    "year one": (day("complained_on", 1, 1, "0001"), "plus de trente ans"),
    "digits of elsewhere": (day("received_on", "٣", "²", "2026"), "Le mois va de 1 à 12"),
    "no such day": (day("answered_on", 31, 2, 2026), "n’existe pas"),
    "no number": (NEW | {"number": "٣٣٣٣٣٣٣"}, "sept chiffres"),
}
NOT_FILES: dict[str, Any] = {
    "empty": SimpleUploadedFile("vide.pdf", b""),
    "a program": SimpleUploadedFile("x.exe", b"MZ"),
    "broken": SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
    "too big": SimpleUploadedFile("gros.pdf", b"%PDF-1.4" + b"0" * 11_000_000),
    "too many": [SimpleUploadedFile(f"{n}.pdf", sheet(f"{n}.pdf")) for n in range(21)],
}


@pytest.mark.parametrize("kind", TAKEN)
def test_what_is_strange_but_possible_is_registered_and_read_everywhere(
    nadia: SignedIn, cast: Cast, kind: str
) -> None:
    done = nadia.post(URL, a_letter(nadia, cast, **TAKEN[kind]))
    assert done.status_code == 302
    (case,) = cases(cast)
    desk = f"/bureau/dossiers/{case.reference}/"
    for page in (done.headers["Location"], desk, f"{desk}accuse/", "/bureau/"):
        assert nadia.get(page).status_code == 200, page
    assert SignedIn().as_person(case.beneficiary).get(f"/espace/{case.reference}/").status_code == 200


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_impossible_is_said_on_its_field(nadia: SignedIn, cast: Cast, kind: str) -> None:
    differs, sentence = REFUSED[kind]
    typed = a_letter(nadia, cast) | differs
    assertContains(nadia.post(URL, typed), sentence)
    assert nadia.post(URL, typed | {"find": "1"}).status_code == 200
    assert cases(cast) == []


def test_an_empty_sending_says_everything_that_is_missing(nadia: SignedIn) -> None:
    shown = nadia.post(URL, {})
    for sentence in ("Cherchez l’allocataire", "Dites ce qui est demandé", "Cette page était incomplète"):
        assertContains(shown, sentence)


@pytest.mark.parametrize("kind", NOT_FILES)
def test_what_is_no_file_for_us_is_refused_in_words(nadia: SignedIn, cast: Cast, kind: str) -> None:
    shown = nadia.post(URL, a_letter(nadia, cast, documents=NOT_FILES[kind]))
    assertContains(shown, "govuk-error-summary")
    assert cases(cast) == []


def test_words_where_a_file_is_awaited_are_nothing(nadia: SignedIn, cast: Cast) -> None:
    assert nadia.post(URL, a_letter(nadia, cast, documents="lettre.pdf")).status_code == 302


def test_a_full_disk_is_said_and_nothing_is_lost(
    nadia: SignedIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Blobs, data: bytes) -> str:
        raise NoSpace

    monkeypatch.setattr(Blobs, "write", full)
    scan = SimpleUploadedFile("lettre.pdf", sheet("lettre.pdf"))
    shown = nadia.post(URL, a_letter(nadia, cast, documents=scan))
    assertContains(shown, "la place manque")
    assertContains(shown, "Plus rien depuis septembre.")
    assert cases(cast) == []


@pytest.mark.parametrize("charset", ["hex", "idna", "utf-16", "latin-1"])
def test_a_writing_that_is_not_utf_8_is_no_request(nadia: Client, charset: str) -> None:
    kind = f"multipart/form-data; boundary=B; charset={charset}"
    body = b'--B\r\nContent-Disposition: form-data; name="q"\r\n\r\nx\r\n--B--\r\n'
    assert nadia.generic("POST", URL, body, content_type=kind).status_code == 400
