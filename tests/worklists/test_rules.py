"""Columns in any order, and the words of a reminder."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mediane.worklists.rules import COLUMNS, USUAL, chosen, moved, reminder

NAMES = st.lists(st.sampled_from([*COLUMNS, "inconnue"]))


@given(NAMES)
def test_columns_are_known_ones_each_once(asked: list[str]) -> None:
    columns = chosen(asked)
    assert columns
    assert len(set(columns)) == len(columns)
    assert set(columns) <= set(COLUMNS)
    assert columns == USUAL or [one for one in columns if one not in asked] == []


@given(st.permutations(list(COLUMNS)), st.sampled_from([*COLUMNS, "inconnue"]), st.sampled_from([-1, 1]))
def test_moving_one_moves_only_its_neighbour(order: list[str], name: str, by: int) -> None:
    after = moved(order, name, by)
    assert sorted(after) == sorted(order)
    assert [one for one in after if one != name] == [one for one in order if one != name]
    if name in order:
        assert abs(after.index(name) - order.index(name)) <= 1
        assert moved(after, name, -by) == order or after == order


def test_a_reminder_says_what_by_when_and_what_to_do_without_it() -> None:
    words = reminder(["Relevé bancaire"], date(2026, 12, 1), date(2026, 11, 24))
    assert "- Relevé bancaire" in words
    assert "avant le 1er\u00a0décembre\u00a02026" in words
    assert "dites-nous pourquoi" in words
    assert "est passée" in reminder(["Relevé bancaire"], date(2026, 11, 1), date(2026, 11, 24))
