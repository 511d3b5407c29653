from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.together import Clash, lines_alike, together

BASE = "Madame,\n\nVotre salaire a été compté deux fois.\n\n## La suite\n\nVous pouvez faire un recours."
TEXTS = st.lists(st.sampled_from(["", "un", "deux", "trois", "quatre"]), max_size=7).map("\n".join)


def test_each_changes_a_paragraph_and_both_stand() -> None:
    mine = BASE.replace("deux fois", "trois fois")
    theirs = BASE.replace("un recours", "un recours au tribunal")
    both = together(BASE, mine, theirs)
    assert both.text == mine.replace("un recours", "un recours au tribunal")
    assert both.clashes == ()


def test_the_same_paragraph_written_otherwise_is_shown_twice_and_mine_stands() -> None:
    mine, theirs = BASE.replace("deux fois", "trois fois"), BASE.replace("deux fois", "une seule fois")
    both = together(BASE, mine, theirs)
    assert both.text == mine
    assert both.clashes == (
        Clash("Votre salaire a été compté trois fois.", "Votre salaire a été compté une seule fois."),
    )


def test_what_clashes_hides_nothing_of_what_does_not() -> None:
    theirs = BASE.replace("deux fois", "une fois").replace("recours.", "recours gratuit.")
    both = together(BASE, BASE.replace("deux fois", "trois fois"), theirs)
    assert "trois fois" in both.text
    assert "recours gratuit" in both.text
    assert len(both.clashes) == 1


def test_a_paragraph_taken_out_by_one_and_rewritten_by_the_other_clashes() -> None:
    mine = BASE.replace("Votre salaire a été compté deux fois.\n\n", "")
    both = together(BASE, mine, BASE.replace("deux fois", "trois fois"))
    assert "trois fois" in both.clashes[0].theirs


def test_the_line_breaks_of_a_browser_are_no_change() -> None:
    assert together(BASE, BASE.replace("\n", "\r\n"), BASE) == together(BASE, BASE, BASE)


@given(base=TEXTS, text=TEXTS)
def test_what_one_alone_changed_stands(base: str, text: str) -> None:
    alone = lines_alike(text)
    for both in (together(base, text, base), together(base, base, text), together(base, text, text)):
        assert (both.text, both.clashes) == (alone, ())


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_no_line_of_either_is_lost(base: str, mine: str, theirs: str) -> None:
    both = together(base, mine, theirs)
    seen = both.text.split("\n") + [
        line for clash in both.clashes for words in (clash.mine, clash.theirs) for line in words.split("\n")
    ]
    known = set(lines_alike(base).split("\n"))
    for text in (mine, theirs):
        assert set(lines_alike(text).split("\n")) - known <= {*seen, ""}


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_without_a_clash_whoever_comes_first_changes_nothing(base: str, mine: str, theirs: str) -> None:
    one, other = together(base, mine, theirs), together(base, theirs, mine)
    assert len(one.clashes) == len(other.clashes)
    if not one.clashes:
        assert one.text == other.text
