"""The same letter in large print, and easy to read."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from mediane.casework.states import Outcome
from mediane.correspondence import actions, queries
from mediane.correspondence.actions import Conclusion, Edit, NotReady, Written
from mediane.correspondence.models import Letter
from mediane.correspondence.paper import letter_pdf
from mediane.correspondence.rules.plain import easy_remarks
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.letters import LETTER, TITLE, a_reply
from tests.stories import a_studied_case

DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))
EASY = "La Caf s’est trompée.\n\nVous ne devez plus rien."


@pytest.fixture
def later(cast: Cast, at: datetime):
    a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield at + timedelta(days=2)


@pytest.fixture
def draft(cast: Cast, later: datetime) -> Letter:
    return a_reply(cast.claire, later, easy=EASY)


def sizes(document: bytes) -> set[float]:
    """Of every character printed, in points."""
    met: set[float] = set()

    def note(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if text.strip():
            met.add(round(abs(matrix[3] or matrix[0]) * size, 1))

    for page in PdfReader(io.BytesIO(document)).pages:
        page.extract_text(visitor_text=note)
    return met


def words(document: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(document)).pages).split())


def test_large_print_says_the_same_and_nothing_in_small_type(draft: Letter) -> None:
    sheet = queries.sheet_of(draft)
    ordinary, larger = letter_pdf(sheet), letter_pdf(queries.large(sheet))
    assert min(sizes(larger)) >= 14
    assert 18 in sizes(larger)
    assert 18 not in sizes(ordinary)
    for said in ("18 rue des Envierges", "compté deux fois", "tribunal administratif", "La Caf révise"):
        assert said in words(larger)


def test_the_easy_version_is_one_sheet_in_large_print(draft: Letter) -> None:
    made = letter_pdf(queries.easy_sheet_of(draft))
    assert len(PdfReader(io.BytesIO(made)).pages) == 1
    assert "Facile à lire" in words(made)
    assert "Vous ne devez plus rien." in words(made)


def test_the_longest_easy_version_holds_on_two_sides_of_one_sheet(draft: Letter) -> None:
    draft.easy = "\n\n".join(["Une phrase de onze mots, qui dit une chose et pas deux."] * 9)
    assert easy_remarks(draft.easy) == []
    assert len(PdfReader(io.BytesIO(letter_pdf(queries.easy_sheet_of(draft)))).pages) <= 2


def test_blanks_are_no_easy_version(cast: Cast, draft: Letter, later: datetime) -> None:
    edit = Edit(TITLE, LETTER, draft.version, easy=" \r\n \t\n")
    actions.save_reply(letter=draft, edit=edit, by=cast.claire, at=later)
    assert Letter.objects.get(pk=draft.pk).easy == ""


def test_a_page_that_shows_no_easy_version_keeps_it(cast: Cast, draft: Letter, later: datetime) -> None:
    actions.save_reply(letter=draft, edit=Edit("Autre", LETTER, draft.version), by=cast.claire, at=later)
    old = Edit("Autre titre", LETTER, 2, base=Written("Autre", LETTER))
    actions.save_reply(letter=draft, edit=old, by=cast.nadia, at=later)
    assert Letter.objects.get(pk=draft.pk).easy == EASY


def test_easy_words_want_a_second_reading_too(cast: Cast, draft: Letter, later: datetime) -> None:
    seen = draft.version
    actions.read_over(letter=draft, seen_version=seen, approves=True, remarks="", by=cast.nadia, at=later)
    assert draft.unread_by == {}
    edit = Edit(TITLE, LETTER, draft.version, easy="La Caf vous rend tout.")
    actions.save_reply(letter=draft, edit=edit, by=cast.amine, at=later)
    assert draft.unread_by == {str(cast.amine.id): "Amine Djebbari"}


def test_what_is_left_to_write_in_it_stops_the_signature(cast: Cast, draft: Letter, later: datetime) -> None:
    edit = Edit(TITLE, LETTER, draft.version, easy="La Caf vous doit [montant].")
    actions.save_reply(letter=draft, edit=edit, by=cast.claire, at=later)
    with pytest.raises(NotReady, match=r"\[montant\]"):
        actions.sign_and_send(
            letter=draft, conclusion=DONE, seen_version=draft.version, by=cast.claire, at=later
        )


def test_an_easy_version_is_short_and_says_no_word_of_the_house() -> None:
    said = [remark.sentence for remark in easy_remarks("Vous devez un indu. " + "mot " * 120 + ".")]
    assert any("122 mots" in words or "124 mots" in words for words in said)
    assert any("se dit mieux" in words for words in said)
    assert any("15 mots au plus" in words for words in said)
    assert all(not remark.stops for remark in easy_remarks("Vous devez un indu."))
