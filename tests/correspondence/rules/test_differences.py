from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.differences import Piece, around, differences

texts = st.lists(st.text("ab é.", max_size=12), max_size=6).map("\n".join)


def test_a_word_changed_is_shown_in_its_sentence() -> None:
    (line,) = differences("La Caf maintient sa décision.", "La Caf révise sa décision.")
    assert line == (
        Piece("same", "La Caf "),
        Piece("removed", "maintient"),
        Piece("added", "révise"),
        Piece("same", " sa décision."),
    )


def test_a_paragraph_added_comes_whole() -> None:
    assert differences("Un.\nDeux.", "Un.\nEncore autre chose.\nDeux.") == (
        (Piece("same", "Un."),),
        (Piece("added", "Encore autre chose."),),
        (Piece("same", "Deux."),),
    )


def side(before: str, after: str, kind: str) -> list[str]:
    lines = differences(before, after)
    kinds = {"same", kind}
    return [
        "".join(piece.text for piece in line if piece.kind in kinds)
        for line in lines
        if any(piece.kind in kinds for piece in line)
    ]


@given(texts, texts)
def test_both_texts_are_read_again_from_what_is_shown(before: str, after: str) -> None:
    assert side(before, after, "removed") == before.splitlines()
    assert side(before, after, "added") == after.splitlines()


@given(texts)
def test_the_same_text_shows_no_difference(text: str) -> None:
    assert {piece.kind for line in differences(text, text) for piece in line} <= {"same"}


@given(texts, texts)
def test_what_is_shown_around_a_change_leaves_no_change_out(before: str, after: str) -> None:
    lines = differences(before, after)
    shown = [line for line in around(lines) if line is not None]
    changed = [line for line in lines if any(piece.kind != "same" for piece in line)]
    assert [line for line in shown if any(piece.kind != "same" for piece in line)] == changed
    assert len(shown) <= 3 * len(changed)


def test_what_is_left_out_is_said() -> None:
    lines = differences("1\n2\n3\n4\n5", "1\n2\n3\n4 x y z\n5")
    assert around(lines)[0] is None
    assert around(differences("1", "1")) == []
