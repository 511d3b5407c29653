from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.readers import approved, authors, may_be_read_by, written

PEOPLE = st.integers(min_value=1, max_value=4)
ACTS = st.lists(st.tuples(st.sampled_from(["writes", "approves"]), PEOPLE), max_size=12)


def test_one_does_not_approve_ones_own_words() -> None:
    unread = written({}, 1, "Claire Vasseur")
    assert not may_be_read_by(unread, 1)
    assert approved(unread, 1) == unread
    assert approved(unread, 2) == {}


def test_two_who_wrote_each_read_the_other() -> None:
    unread = written(written({}, 1, "Claire Vasseur"), 2, "Nadia Pruvost")
    assert authors(unread) == "Claire Vasseur et Nadia Pruvost"
    assert approved(unread, 2) == {"2": "Nadia Pruvost"}
    assert approved(approved(unread, 2), 1) == {}


@given(ACTS)
def test_words_are_read_once_somebody_else_approved_after_them(acts: list[tuple[str, int]]) -> None:
    unread: dict[str, str] = {}
    for act, who in acts:
        unread = written(unread, who, f"P{who}") if act == "writes" else approved(unread, who)
    waiting = set()
    for author in range(1, 5):
        wrote = [rank for rank, act in enumerate(acts) if act == ("writes", author)]
        after = acts[wrote[-1] + 1 :] if wrote else []
        if wrote and not any(act == "approves" and who != author for act, who in after):
            waiting.add(str(author))
    assert set(unread) == waiting
