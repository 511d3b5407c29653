"""Files chosen on the page of entry stay with it, whatever is corrected, until the request is entered."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from pytest_django.asserts import assertContains, assertNotContains

from mediane.documents.models import Document
from mediane.documents.queries import blobs, content
from mediane.integrations.demonstration.papers import sheet
from mediane.jobs import tasks
from mediane.kit import clock, rowsecurity
from mediane.referrals.models import KeptFile
from mediane.referrals.queries import documents_of
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.web.desk.test_intake import URL, a_letter, cases, key_on

LETTER = sheet("lettre.pdf")


@pytest.fixture
def nadia(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.nadia)


def scan(name: str = "lettre.pdf", data: bytes = LETTER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def kept(cast: Cast) -> list[str]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return [row.document.shown_name for row in KeptFile.objects.select_related("document").order_by("pk")]


def dropping(shown: HttpResponse) -> str:
    found = re.search(r'name="drop" value="([0-9a-f-]{36})"', shown.text)
    assert found is not None
    return found[1]


def test_a_correction_keeps_the_files_and_the_case_receives_them(nadia: SignedIn, cast: Cast) -> None:
    typed = a_letter(nadia, cast)
    shown = nadia.post(URL, typed | {"asked": "", "documents": scan()})
    assertContains(shown, "lettre.pdf")
    assertContains(shown, "1\u00a0fichier gardé")
    assert key_on(shown) == typed["entry_key"]
    assert nadia.post(URL, typed | {"documents": scan("annexe.pdf", sheet("annexe.pdf"))}).status_code == 302
    (case,) = cases(cast)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        files = documents_of(case.referral)
        assert [file.shown_name for file in files] == ["lettre.pdf", "annexe.pdf"]
        assert content(files[0]) == LETTER
        assert {file.key_id for file in files} == {case.key_id}
        assert {file.beneficiary_id for file in files} == {cast.lucette.pk}
    assert kept(cast) == []


def test_good_files_are_kept_beside_the_one_that_is_refused(nadia: SignedIn, cast: Cast) -> None:
    shown = nadia.post(URL, a_letter(nadia, cast, documents=[scan(), scan("jeu.exe", b"MZ\x90\x00")]))
    assertContains(shown, "jeu.exe\u00a0» n’a pas été ajouté")
    assert kept(cast) == ["lettre.pdf"]
    assert cases(cast) == []


def test_a_kept_file_is_taken_back_without_judging_the_page(nadia: SignedIn, cast: Cast) -> None:
    typed = a_letter(nadia, cast, asked="")
    shown = nadia.post(URL, typed | {"documents": scan()})
    after = nadia.post(URL, typed | {"drop": dropping(shown)})
    assertNotContains(after, "lettre.pdf")
    assertNotContains(after, "govuk-error")
    assertContains(after, "Plus rien depuis septembre.")
    assert kept(cast) == []
    assert nadia.post(URL, typed | {"drop": dropping(shown)}).status_code == 200
    assert nadia.post(URL, typed | {"drop": "x"}).status_code == 404


def test_a_search_without_a_script_keeps_the_files_chosen_before(nadia: SignedIn, cast: Cast) -> None:
    assertContains(nadia.post(URL, a_letter(nadia, cast, documents=scan(), find="1")), "1\u00a0fichier gardé")


def test_the_same_file_sent_again_is_kept_once(nadia: SignedIn, cast: Cast) -> None:
    typed = a_letter(nadia, cast, asked="")
    for _ in range(2):
        nadia.post(URL, typed | {"documents": scan()})
    assert kept(cast) == ["lettre.pdf"]
    nadia.post(URL, typed | {"documents": scan("verso.pdf")})
    assert kept(cast) == ["lettre.pdf", "verso.pdf"]


def test_a_page_that_came_without_its_key_keeps_files_under_another(nadia: SignedIn, cast: Cast) -> None:
    shown = nadia.post(URL, a_letter(nadia, cast, entry_key="", documents=scan()))
    assertContains(shown, "1\u00a0fichier gardé")
    nadia.post(URL, a_letter(nadia, cast, entry_key=key_on(shown)))
    assertContains(nadia.get(f"/bureau/dossiers/{cases(cast)[0].reference}/"), "1\u00a0document joint")


def test_a_page_that_served_keeps_new_files_for_the_next_request(nadia: SignedIn, cast: Cast) -> None:
    typed = a_letter(nadia, cast)
    nadia.post(URL, typed)
    shown = nadia.post(URL, typed | {"asked": "Autre demande", "documents": scan()})
    assertContains(shown, "1\u00a0fichier gardé")
    nadia.post(URL, typed | {"asked": "Autre demande", "entry_key": key_on(shown)})
    _, second = cases(cast)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert len(documents_of(second.referral)) == 1


def test_twenty_files_are_twenty_kept_ones_included(nadia: SignedIn, cast: Cast) -> None:
    typed = a_letter(nadia, cast)
    many = [scan(f"{n}.pdf", sheet(f"{n}.pdf")) for n in range(20)]
    nadia.post(URL, typed | {"asked": "", "documents": many})
    assert len(kept(cast)) == 20
    assertContains(nadia.post(URL, typed | {"documents": scan()}), "20\u00a0fichiers au plus")
    assert cases(cast) == []


def test_no_other_caf_and_no_person_sees_a_kept_file(nadia: SignedIn, cast: Cast) -> None:
    typed = a_letter(nadia, cast, asked="", documents=scan())
    nadia.post(URL, typed)
    remi = SignedIn().as_staff(cast.remi)
    assertNotContains(remi.post(URL, {"entry_key": typed["entry_key"]}), "lettre.pdf")
    for context in (
        rowsecurity.staff(cast.tarn.pk),
        rowsecurity.person(cast.lucette.pk),
        rowsecurity.public(),
    ):
        with rowsecurity.working_for(context):
            assert not KeptFile.objects.exists()
            assert not Document.objects.exists()


def test_what_is_never_entered_is_forgotten_the_next_day(
    nadia: SignedIn, cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    nadia.post(URL, a_letter(nadia, cast, asked="", documents=scan()))
    tasks.forget_kept_files(timestamp=0)
    assert kept(cast) == ["lettre.pdf"]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        name = Document.objects.get().blob
    later = clock.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_kept_files(timestamp=0)
    assert kept(cast) == []
    assert name not in blobs().written_before(later)
