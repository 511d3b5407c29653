from hypothesis import given
from hypothesis import strategies as st

from mediane.documents.rules.reading import (
    LONGEST_TEXT,
    MOST_SCANNED,
    clean,
    put_together,
    recognised,
    scanned,
)
from mediane.documents.states import Outcome

PAGE = "Une page qui dit elle-même tout ce qu’elle a à dire, mot après mot."


def test_a_page_with_a_stamp_only_is_still_to_be_recognised() -> None:
    assert scanned([PAGE, "", "CamScanner", PAGE]) == [1, 2]


def test_pages_come_back_in_their_places() -> None:
    read = put_together([PAGE, "CamScanner", PAGE, ""], ["la deuxième", "la quatrième"])
    assert read.text == f"{PAGE}\n\nCamScanner\nla deuxième\n\n{PAGE}\n\nla quatrième"
    assert (read.outcome, read.is_recognised) == (Outcome.READ, True)


def test_a_file_that_says_everything_by_itself_was_not_guessed() -> None:
    assert put_together([PAGE], []).is_recognised is False


def test_a_file_without_a_word_says_so_and_one_too_long_too() -> None:
    assert put_together(["", ""], ["", " \n"]).outcome == Outcome.WORDLESS
    many = MOST_SCANNED + 1
    assert put_together([""] * many, ["mot"] * MOST_SCANNED).outcome == Outcome.PARTLY
    assert str(MOST_SCANNED) in Outcome.PARTLY.label


def test_what_the_program_says_of_itself_is_no_text() -> None:
    assert recognised("[OCR skipped on page(s) 1-2]\fun\fdeux") == ["", "un", "deux"]


def test_a_word_cut_at_the_end_of_a_line_is_found_whole() -> None:
    assert clean(["le prélève-\nment de sep-\ntembre, 12-\n13"]) == "le prélèvement de septembre, 12-\n13"


@given(st.lists(st.text(max_size=300), max_size=6), st.lists(st.text(max_size=300), max_size=6))
def test_whatever_was_read_can_be_kept_and_shown(pages: list[str], guessed: list[str]) -> None:
    text = put_together(pages, guessed).text
    assert len(text) <= LONGEST_TEXT
    assert all(character.isprintable() or character in "\n" for character in text)
    assert text.encode().decode() == text
