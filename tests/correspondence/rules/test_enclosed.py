from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.enclosed import HEAVIEST, MOST_PIECES, Ticked, put_together, too_much

A, B, C, D = (UUID(int=n) for n in range(4))
PIECES = st.lists(st.integers(0, 6).map(lambda n: UUID(int=n)), unique=True).map(tuple)


def test_what_one_adds_comes_after_what_stands() -> None:
    assert put_together(Ticked((A, C), seen=(A,)), [A]) == (A, C)


def test_two_who_add_both_keep_theirs() -> None:
    assert put_together(Ticked((A, B), seen=(A,)), [A, C]) == (A, C, B)


def test_what_one_takes_out_does_not_come_back_and_what_the_other_added_stays() -> None:
    assert put_together(Ticked((), seen=(A, B)), [A, B, C]) == (C,)


def test_both_add_the_same_and_it_goes_once() -> None:
    assert put_together(Ticked((A,), seen=()), [A]) == (A,)


@pytest.mark.parametrize(
    ("up", "order"), [(B, (B, A, C)), (C, (A, C, B)), (A, (A, B, C)), (D, (A, B, C)), (None, (A, B, C))]
)
def test_one_goes_up_a_place(up: UUID | None, order: tuple[UUID, ...]) -> None:
    assert put_together(Ticked((A, B, C), (A, B, C), up), [A, B, C]) == order


@given(PIECES, PIECES, PIECES)
def test_nobody_undoes_anybody(mine: tuple[UUID, ...], seen: tuple[UUID, ...], theirs: list[UUID]) -> None:
    both = put_together(Ticked(mine, seen), theirs)
    assert len(set(both)) == len(both)
    assert set(both) == (set(theirs) - (set(seen) - set(mine))) | (set(mine) - set(seen))
    # Sent twice, it says the same.
    assert put_together(Ticked(mine, seen), both) == both


@given(PIECES, PIECES)
def test_a_page_that_ticks_nothing_new_changes_nothing(
    seen: tuple[UUID, ...], theirs: tuple[UUID, ...]
) -> None:
    assert put_together(Ticked(tuple(reversed(seen)), seen), theirs) == theirs


@given(st.lists(st.integers(1, HEAVIEST), max_size=40))
def test_the_limits_are_those_announced(sizes: list[int]) -> None:
    assert bool(too_much(sizes)) == (len(sizes) > MOST_PIECES or sum(sizes) > HEAVIEST)


def test_the_limits_are_told_in_numbers() -> None:
    assert too_much([1] * 23) == (
        "Une lettre porte 20\u00a0pièces jointes au plus, et 23 sont cochées\u00a0: décochez-en 3."
    )
    assert "pèsent ensemble 31,0\u00a0Mo, et la limite est de 30\u00a0Mo" in too_much([HEAVIEST, 1_000_000])
