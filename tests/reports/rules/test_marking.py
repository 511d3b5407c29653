"""What a mediator types is text: a few marks make blocks, nothing else is markup."""

from hypothesis import given
from hypothesis import strategies as st

from mediane.reports.rules.blocks import heading, items, paragraph
from mediane.reports.rules.marking import blocks


def test_paragraphs_lists_titles_and_bold() -> None:
    typed = "Une **nouvelle** étape\nqui suit.\n\n# Un titre\n- un\n- deux *gras*\n  suite\n\nFin."
    assert list(blocks(typed)) == [
        paragraph([("Une ", False), ("nouvelle", True), (" étape qui suit.", False)]),
        heading("Un titre"),
        items([[("un", False)], [("deux ", False), ("gras", True), (" suite", False)]]),
        paragraph([("Fin.", False)]),
    ]


def test_what_looks_like_code_stays_text() -> None:
    assert list(blocks("<b>#let x</b>")) == [paragraph([("<b>#let x</b>", False)])]


@given(st.text(alphabet="ab *-#\n", max_size=60))
def test_no_word_is_lost(typed: str) -> None:
    kept = "".join(
        text
        for block in blocks(typed)
        for text in (
            [run[0] for run in block.get("runs", ())]
            + [run[0] for line in block.get("items", ()) for run in line]
            + [block.get("text", "")]
        )
    )
    assert [letter for letter in kept if letter in "ab"] == [letter for letter in typed if letter in "ab"]
