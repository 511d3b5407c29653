from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.counting import FROM_ANOTHER_CAF, Counted, counted
from mediane.casework.states import CLOSED, State

ENDINGS = [state for state in CLOSED if state not in (State.TRANSFERRED, State.MERGED)]


@given(st.integers(0, 5), st.sampled_from([*ENDINGS, State.UNDER_STUDY]))
def test_however_often_it_moves_a_request_is_received_once_and_closed_once(moves: int, last: State) -> None:
    held = [("BENEFICIARY" if not n else FROM_ANOTHER_CAF, State.TRANSFERRED) for n in range(moves)]
    held.append((FROM_ANOTHER_CAF if moves else "BENEFICIARY", last))
    seen = [counted(origin=origin, state=state) for origin, state in held]
    assert [one.as_received for one in seen] == [True] + [False] * moves
    assert sum(one.as_closed for one in seen) == (last in CLOSED)


def test_a_duplicate_is_counted_by_what_answers_for_it() -> None:
    assert counted(origin="BENEFICIARY", state=State.MERGED) == Counted(as_received=False, as_closed=False)


def test_the_caf_that_sends_it_away_has_received_it_and_closed_nothing() -> None:
    assert counted(origin="BENEFICIARY", state=State.TRANSFERRED) == Counted(
        as_received=True, as_closed=False
    )
