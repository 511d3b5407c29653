from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.adoption import SMALLEST
from mediane.web.steering.small_numbers import hidden, without_small_numbers

PART = st.integers(0, 12)
ROWS = st.lists(st.tuples(PART, PART, PART, PART), min_size=1, max_size=6)


def table(parts: list[tuple[int, int, int, int]]) -> list[dict]:
    return [
        {"tests": a + b + c, "open": a, "early": b, "stopped": c, "returned": d, "shares": (0, 0, 100)}
        for a, b, c, d in parts
    ]


def test_what_a_sum_would_give_away_is_hidden_with_it() -> None:
    assert hidden({"all": 30, "some": 26, "few": 4}, [("all", "some", "few")]) == {"few", "some"}


def test_large_numbers_and_nothing_are_told() -> None:
    assert hidden({"all": 30, "some": 30, "none": 0}, [("all", "some", "none")]) == set()


@given(ROWS)
def test_no_small_number_is_told_or_left_to_one_subtraction(parts: list[tuple[int, int, int, int]]) -> None:
    whole, rows = table(parts), table(parts)
    without_small_numbers(rows)
    for at, row in enumerate(rows):
        told = {name: row[name] for name in ("tests", "open", "early", "stopped")}
        assert all(number is None or number == 0 or number >= SMALLEST for number in told.values())
        unknown = [name for name, number in told.items() if number is None]
        assert len(unknown) != 1
        assert (row["shares"] is None) == (None in told.values())
        assert all(told[name] in (None, whole[at][name]) for name in told)
    for name in ("tests", "open", "early", "stopped", "returned"):
        column = [row[name] for row in whole if row[name]]
        assert len(column) < 2 or [row[name] for row in rows].count(None) != 1
