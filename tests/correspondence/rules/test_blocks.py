import re

from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.paper import Block, bullets, heading, paragraph, table
from mediane.correspondence.rules.blocks import blocks, split_salutation, typeset

LINES = st.lists(
    st.one_of(
        st.text(alphabet="abé 1€|-=#[", max_size=20),
        st.sampled_from(
            ["", "## Titre", "- point", "Somme | 614,20\u00a0€", "= Total | 1\u00a0€", "Une phrase."]
        ),
    ),
    max_size=12,
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def words_of(body: list[Block]) -> list[str]:
    return [
        word
        for block in body
        for text in (block.text, *block.items, *(cell for row in block.rows for cell in row))
        for word in words(text)
    ]


def test_the_small_language() -> None:
    text = (
        "Madame,\n\n## Constat\nUne ligne\nune autre\n\n- un\n- deux\n\nDû | 1\u00a0€\n= Reste | 0\u00a0€\n"
    )
    assert blocks(text) == [
        paragraph("Madame,"),
        heading("Constat"),
        paragraph("Une ligne\nune autre"),
        bullets("un", "deux"),
        table(("Dû", "1\u00a0€"), ("Reste", "0\u00a0€"), total=True),
    ]


def test_rows_of_a_table_are_made_alike() -> None:
    assert blocks("a | b | c\nd | e") == [table(("a", "b", "c"), ("d", "e", ""))]


def test_a_letter_begins_with_its_salutation() -> None:
    body = blocks("Chère Madame,\n\nBonjour.")
    assert split_salutation(body, "Madame") == ("Chère Madame,", (paragraph("Bonjour."),))
    assert split_salutation(body[1:], "Madame") == ("Madame,", (paragraph("Bonjour."),))
    assert split_salutation([], "Madame, Monsieur") == ("Madame, Monsieur,", ())


def test_no_break_spaces_are_added_where_french_wants_them() -> None:
    assert typeset("« Oui » : 1 842,60 € ! Art. 5 ; 50 %") == (
        "«\u00a0Oui\u00a0»\u00a0: 1\u00a0842,60\u00a0€\u00a0! Art. 5\u00a0; 50\u00a0%"
    )
    assert typeset("Le 2 2026 et 12 34") == "Le 2 2026 et 12 34"


@given(LINES)
def test_no_word_is_lost_nor_moved(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert words_of(blocks(text)) == words(text)


@given(st.text())
def test_any_text_has_blocks(text: str) -> None:
    for block in blocks(text):
        assert block.text or block.items or block.rows or block.kind == "heading"
