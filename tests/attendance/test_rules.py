"""Days away and what they mean, against a plain count of days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.attendance.rules.absences import ONE_DAY, Days, is_throughout, shared, who_stands_in
from mediane.attendance.rules.presence import Seen, sentences
from mediane.attendance.states import Doing

START = date(2026, 11, 1)
LENGTHS = st.tuples(st.integers(0, 40), st.integers(0, 12))


def days(first: int, length: int) -> Days:
    return Days(START + timedelta(first), START + timedelta(first + length))


def each(one: Days) -> set[date]:
    return {one.first + timedelta(n) for n in range((one.last - one.first).days + 1)}


@given(LENGTHS, st.lists(LENGTHS, max_size=6))
def test_the_days_shared_are_those_of_both_and_come_in_order(one: tuple, others: list[tuple]) -> None:
    mine, theirs = days(*one), [days(*other) for other in others]
    parts = shared(mine, theirs)
    counted = each(mine) & set().union(*(each(other) for other in theirs))
    assert set().union(*(each(part) for part in parts)) == counted
    assert all(left.last + ONE_DAY < right.first for left, right in pairwise(parts))
    assert is_throughout(mine, theirs) == (counted == each(mine))


@given(LENGTHS, LENGTHS)
def test_sharing_is_mutual(one: tuple, other: tuple) -> None:
    assert days(*one).shared_with(days(*other)) == days(*other).shared_with(days(*one))


@given(st.dictionaries(st.integers(1, 6), st.none() | st.integers(1, 6)), st.integers(1, 6))
def test_whoever_stands_in_is_there(covers: dict[int, int | None], user: int) -> None:
    reader = who_stands_in(user, covers)
    assert reader not in covers
    assert (reader == user) == (user not in covers)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "le 1er\u00a0décembre\u00a02026"),
        (date(2026, 12, 1), date(2026, 12, 4), "du 1er au 4\u00a0décembre\u00a02026"),
        (date(2026, 12, 30), date(2027, 1, 2), "du 30\u00a0décembre\u00a02026 au 2\u00a0janvier\u00a02027"),
    ],
)
def test_days_read_as_one_says_them(first: date, last: date, words: str) -> None:
    assert Days(first, last).in_words == words


def test_who_writes_here_comes_first_and_is_not_said_to_read() -> None:
    others = [
        Seen("Claire Vasseur", Doing.READING),
        Seen("Nadia Pruvost", Doing.READING),
        Seen("Nadia Pruvost", Doing.NOTE),
        Seen("Amine Djebbari", Doing.MESSAGE),
    ]
    assert sentences(others, Doing.NOTE) == [
        "Nadia Pruvost écrit ici.",
        "Amine Djebbari écrit un message.",
        "Claire Vasseur consulte ce dossier.",
    ]
    assert "Nadia Pruvost écrit une note." in sentences(others, Doing.READING)
    both = [Seen("Nadia Pruvost", Doing.NOTE), Seen("Amine Djebbari", Doing.NOTE)]
    assert sentences(both, Doing.NOTE) == ["Amine Djebbari et Nadia Pruvost écrivent ici."]
    assert sentences([], Doing.NOTE) == []
