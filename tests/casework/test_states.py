from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.states import CLOSED, MOVES, OPEN, PUBLIC_WORDS, WAITING, Move, State

RECLASSIFYING = (Move.RECLASSIFY, Move.RECLASSIFY_OUT)
SEEN_OTHERWISE = (*RECLASSIFYING, Move.SEPARATE, Move.REOPEN)


def test_every_move_has_its_row() -> None:
    assert list(MOVES) == list(Move)


def test_a_state_is_open_or_closed() -> None:
    assert sorted(OPEN + CLOSED) == sorted(State)
    assert set(WAITING) < set(OPEN)


def test_nothing_leaves_a_closed_case_but_being_seen_otherwise() -> None:
    leaving = [move for move, (sources, _) in MOVES.items() if not set(sources) <= set(OPEN)]

    assert leaving == list(SEEN_OTHERWISE)


def test_only_an_answer_is_opened_again() -> None:
    assert MOVES[Move.REOPEN] == ((State.ANSWERED,), State.UNDER_STUDY)


def test_a_case_ended_by_the_person_or_a_court_is_never_seen_otherwise() -> None:
    reclassified = {state for move in RECLASSIFYING for state in MOVES[move][0]}

    assert not reclassified & {State.WITHDRAWN, State.ENDED_BY_LITIGATION}


def test_only_what_was_studied_is_answered() -> None:
    sources, target = MOVES[Move.ANSWER]

    assert State.RECEIVED not in sources
    assert target == State.ANSWERED


def test_a_person_may_withdraw_and_a_court_ends_whatever_the_state() -> None:
    assert MOVES[Move.WITHDRAW][0] == MOVES[Move.END_BY_LITIGATION][0] == OPEN


def test_a_second_list_of_documents_may_follow_the_first() -> None:
    assert State.AWAITING_BENEFICIARY in MOVES[Move.ASK_BENEFICIARY][0]


def test_every_state_has_words_for_the_person() -> None:
    assert list(PUBLIC_WORDS) == list(State)


def test_the_words_fit_their_columns() -> None:
    assert max(len(value) for value in (*State.values, *Move.values)) <= 20


def test_every_state_is_reached() -> None:
    reached = {State.RECEIVED}
    for _ in State:
        reached |= {target for sources, target in MOVES.values() if reached & set(sources)}

    assert reached == set(State)


@given(st.lists(st.sampled_from([move for move in Move if move not in SEEN_OTHERWISE]), max_size=12))
def test_a_walk_without_second_thoughts_ends_at_its_first_closed_state(moves: list[Move]) -> None:
    state = State.RECEIVED
    for move in moves:
        sources, target = MOVES[move]
        if state in sources:
            assert state not in CLOSED
            state = target
