"""Lengths of the bars that say how old open cases are."""

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.load import Ages, all_ages

NUMBERS = st.builds(Ages, *[st.integers(0, 500)] * 3)


@given(st.lists(NUMBERS, min_size=1, max_size=6))
def test_no_bar_is_longer_than_the_longest_and_that_one_is_whole(all_of_them: list[Ages]) -> None:
    totals = [ages.young + ages.middle + ages.old for ages in all_of_them]
    lengths = [ages.shares(max(totals)) for ages in all_of_them]
    assert all(part >= 0 for one in lengths for part in one)
    assert max(map(sum, lengths)) == (100 if max(totals) else 0)
    whole = all_ages(all_of_them)
    assert whole.young + whole.middle + whole.old == sum(totals)
