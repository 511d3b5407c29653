import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django.asserts import assertContains

from mediane.documents.rules import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, FileRefused, check
from mediane.web.uploads import InMemory
from tests.cast import Cast
from tests.conftest import SignedIn


def received(size: int) -> bytes:
    file = SimpleUploadedFile("photo.jpg", b"\xff" * size)
    request = RequestFactory().post("/", {"file": file})
    return request.FILES["file"].read()


def test_a_file_within_the_limit_arrives_whole() -> None:
    assert received(3_000_000) == b"\xff" * 3_000_000


def test_a_heavier_file_is_cut_and_refused_with_its_sentence() -> None:
    data = received(MAX_FILE_BYTES + 5_000_000)
    assert len(data) == MAX_FILE_BYTES + 1
    with pytest.raises(FileRefused, match="la limite est de 10"):
        check("photo.jpg", data)


def test_a_request_heavier_than_everything_allowed_is_not_read() -> None:
    with pytest.raises(RequestDataTooBig):
        InMemory().handle_raw_input(None, {}, 10**9, b"")


def many(number: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(f"{n}.pdf", b"%PDF") for n in range(number)]


# A request is refused whole, before it is read: this is said in a page of the house, as any refusal.
TOO_MUCH = {
    "files": ({"documents": many(101)}, "Trop de fichiers à la fois"),
    "text": ({"explanation": "é" * 1_300_000}, "Ce texte est trop long"),
    "fields": ({f"field{n}": "1" for n in range(401)}, "Trop de choix à la fois"),
}
PAGES = {"the desk": "/bureau/enregistrer/", "a person": "/espace/", "nobody": "/etre-rappele/"}


def sent_to(browser: SignedIn, cast: Cast, page: str, data: dict[str, Any]) -> HttpResponse:
    if page == "the desk":
        browser.as_staff(cast.nadia)
    elif page == "a person":
        browser.as_person(cast.samira)
    return browser.post(PAGES[page], data)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_at_once_is_said_in_a_page_of_the_house(
    browser: SignedIn, cast: Cast, page: str, what: str
) -> None:
    data, words = TOO_MUCH[what]
    shown = sent_to(browser, cast, page, data)
    assert shown.status_code == 400
    assertContains(shown, words, status_code=400)
    assertContains(shown, "Rien n’a été enregistré.", status_code=400)
    assertContains(shown, 'class="m-desk"' if page == "the desk" else 'class="m-public"', status_code=400)


def test_files_too_heavy_together_are_said_so(
    browser: SignedIn, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mediane.web.uploads.MAX_TOTAL_BYTES", 1000)
    monkeypatch.setattr("mediane.web.uploads.MAX_FILE_BYTES", 1000)
    heavy = {"documents": SimpleUploadedFile("a.pdf", b"%" * 5000)}
    shown = sent_to(browser, cast, "the desk", heavy)
    assertContains(shown, "Ces fichiers sont trop lourds", status_code=400)
    assertContains(shown, "100\u00a0Mo", status_code=400)


def test_the_browser_says_it_before_at_the_same_bounds() -> None:
    script = Path(finders.find("design/toomuch.js")).read_text()
    bounds = {
        name: int(value.replace("_", "")) for name, value in re.findall(r"(MOST_\w+) = ([\d_]+)", script)
    }
    assert bounds == {
        "MOST_FILES": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "MOST_TEXT": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "MOST_WEIGHT": MAX_TOTAL_BYTES,
    }
    assert f"choisissez-en {MAX_FILES} au plus" in script
