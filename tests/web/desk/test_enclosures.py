"""What goes with a letter, on the pages of the desk."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediane.casework.models import Case
from mediane.correspondence import actions
from mediane.correspondence.actions import Edit
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.enclosures import enclosures_of
from mediane.correspondence.rules.enclosed import Ticked
from mediane.documents.models import Document, State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.letters import LETTER, TITLE, a_reply
from tests.pieces import a_document
from tests.stories import a_studied_case
from tests.web.desk.test_letters import END

NOON = datetime.fromisoformat("2026-11-12T11:00:00+00:00")
TEXT = LETTER.replace("tribunal administratif.", "tribunal administratif ou le tribunal judiciaire.")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mediane.kit.clock.now", lambda: NOON)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def lease(case: Case, cast: Cast, at: datetime) -> Document:
    return a_document(case, cast.samira, at)


@pytest.fixture
def draft(lease: Document, cast: Cast) -> Letter:
    with in_paris(cast):
        return a_reply(cast.claire, NOON)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def address(case: Case, page: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/reponse/{page}"


def sent(version: int, *mine: Document, seen: tuple[Document, ...] = (), **more: Any) -> dict[str, Any]:
    return {
        "version": version,
        "title": TITLE,
        "body": TEXT,
        "base_title": TITLE,
        "base_body": TEXT,
        "enclosures": [str(one.public_id) for one in mine],
        "base_enclosures": " ".join(str(one.public_id) for one in seen),
    } | more


def names(cast: Cast, letter: Letter) -> list[str]:
    with in_paris(cast):
        return [one.shown_name for one in enclosures_of(letter)]


def box(page: str, document: Document) -> str:
    return page.split(f'name="enclosures" value="{document.public_id}"')[1].partition(">")[0]


def put(document: Document, state: State) -> None:
    with rowsecurity.working_for(rowsecurity.upkeep(document.organisation_id)):
        Document.objects.filter(pk=document.pk).update(state=state)


def test_a_box_ticked_is_kept_with_the_draft(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document
) -> None:
    page = browser.as_staff(cast.nadia).get(address(case)).content.decode()
    assert "checked" not in box(page, lease)
    assert browser.post(address(case), sent(2, lease)).status_code == 302
    assert names(cast, draft) == ["Bail.png"]
    page = browser.get(address(case)).content.decode()
    assert "checked" in box(page, lease)
    assert f'name="base_enclosures" value="{lease.public_id}"' in page


def test_the_editor_saves_boxes_by_itself_and_tells_what_stands(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document
) -> None:
    answer = browser.as_staff(cast.nadia).post(address(case, "enregistrer/"), sent(2, lease))
    assert answer.json()["enclosures"] == [str(lease.public_id)]


def test_one_goes_up(browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document) -> None:
    slip = a_document(case, cast.samira, NOON, "Bulletin.png")
    browser.as_staff(cast.nadia).post(address(case), sent(2, lease, slip))
    both = (lease, slip)
    answer = browser.post(address(case), sent(3, *both, seen=both, up=str(slip.public_id)))
    assert answer.url == address(case) + "#pieces"
    assert names(cast, draft) == ["Bulletin.png", "Bail.png"]


def test_too_many_is_an_error_and_nothing_is_lost(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document
) -> None:
    many = [a_document(case, cast.samira, NOON, f"Page {n}.png") for n in range(20)]
    typed = sent(2, lease, *many, body=TEXT + "\n\nEncore un mot.")
    page = browser.as_staff(cast.nadia).post(address(case), typed).content.decode()
    assert page.count("décochez-en 1.") == 2
    assert 'href="#id_enclosures_0"' in page
    assert "Encore un mot." in page
    assert all("checked" in box(page, one) for one in (lease, *many))
    assert names(cast, draft) == []


def test_texts_that_clash_keep_what_both_ticked(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document
) -> None:
    slip = a_document(case, cast.samira, NOON, "Bulletin.png")
    browser.as_staff(cast.nadia).post(address(case), sent(2, slip, title="Le titre de Nadia"))
    mine = sent(2, lease, title="Le titre de Claire")
    page = browser.as_staff(cast.claire).post(address(case), mine).content.decode()
    assert "diffèrent au même endroit" in page
    assert all("checked" in box(page, one) for one in (lease, slip))
    assert f'name="base_enclosures" value="{slip.public_id}"' in page


@pytest.mark.parametrize("strange", ["pas-un-numero", "0b8f2f7e-7d2f-4a53-9a6b-6b0f5a1f0a11"])
def test_what_was_never_offered_is_refused_in_words(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, strange: str
) -> None:
    page = browser.as_staff(cast.nadia).post(address(case), sent(2, enclosures=[strange])).content.decode()
    assert "relisez la liste" in page
    assert TITLE in page


def test_a_file_no_longer_verified_is_shown_to_be_taken_out_and_stops_the_signature(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document
) -> None:
    browser.as_staff(cast.claire).post(address(case), sent(2, lease))
    put(lease, State.REFUSED)
    assert "N’est plus parmi les documents vérifiés" in browser.get(address(case)).content.decode()
    page = browser.get(address(case, "signer/")).content.decode()
    assert "La pièce jointe «\u00a0Bail.png\u00a0»" in page
    assert "Signer et envoyer" not in page
    browser.post(address(case), sent(3, seen=(lease,)))
    assert "Bail.png" not in browser.get(address(case)).content.decode()


def test_who_reads_over_and_who_signs_open_each_piece(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document
) -> None:
    browser.as_staff(cast.claire).post(address(case), sent(2, lease))
    opened = f"/bureau/dossiers/{case.reference}/documents/{lease.public_id}/"
    for page in ("relire/", "signer/"):
        assert opened in browser.get(address(case, page)).content.decode()
    browser.post(address(case, "signer/"), END | {"version": 3})
    letter = f"/bureau/dossiers/{case.reference}/courriers/{draft.public_id}/"
    seen = browser.get(letter).content.decode()
    assert opened in seen
    assert seen.count("Bail.png") == 1
    assert browser.get(f"{letter}avec-pieces/").status_code == 503
    with in_paris(cast):
        actions.make_pdf(letter=Letter.objects.select_related("case__key").get(pk=draft.pk), at=NOON)
    whole = browser.get(f"{letter}avec-pieces/")
    assert whole.content.startswith(b"%PDF")
    assert "Avec les pièces, à imprimer" in browser.get(letter).content.decode()
    assert browser.as_staff(cast.remi).get(f"{letter}avec-pieces/").status_code == 404


def test_the_pages_cost_the_same_for_one_and_twenty(
    browser: SignedIn, cast: Cast, case: Case, draft: Letter, lease: Document
) -> None:
    browser.as_staff(cast.claire)

    def cost(page: str) -> int:
        browser.get(address(case, page))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address(case, page)).status_code == 200
        return len(captured)

    def costs() -> list[int]:
        return [cost(page) for page in ("", "signer/", "relire/", "apercu.png")]

    join(cast, draft, [lease])
    one = costs()
    join(cast, draft, [lease, *(a_document(case, cast.samira, NOON, f"{n}.png") for n in range(19))])
    assert costs() == one
    assert max(one) <= 16


def join(cast: Cast, letter: Letter, files: list[Document]) -> None:
    with in_paris(cast):
        ticked = Ticked(tuple(one.public_id for one in files), ())
        edit = Edit(TITLE, TEXT, letter.version, ticked=ticked)
        actions.save_reply(letter=letter, edit=edit, by=cast.claire, at=NOON + timedelta(minutes=1))
