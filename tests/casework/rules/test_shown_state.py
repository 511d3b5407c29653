from dataclasses import dataclass
from datetime import date

import pytest

from mediane.casework.rules.shown_state import shown_state
from mediane.casework.states import Outcome, State


@dataclass
class Standing:
    state: str = State.UNDER_STUDY
    has_news: bool = False
    has_draft_reply: bool = False
    admissible_on: date | None = None


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (Standing(State.RECEIVED), "À qualifier"),
        (Standing(), "Recevabilité à décider"),
        (Standing(admissible_on=date(2026, 11, 13)), "À l’étude"),
        (Standing(has_draft_reply=True), "Réponse à signer"),
        (Standing(State.AWAITING_BENEFICIARY, has_news=True), "Du nouveau"),
        (Standing(State.WITHDRAWN, has_news=True), "Retirée"),
        (Standing(State.AWAITING_DECISION), "Attend une décision"),
        (Standing(State.WITHDRAWN), "Retirée"),
    ],
)
def test_the_state_says_what_is_expected(standing: Standing, words: str) -> None:
    assert shown_state(standing)[1] == words


def test_a_closed_case_says_its_outcome() -> None:
    closed = Standing(State.ANSWERED)
    assert shown_state(closed, Outcome.REVISED) == ("revised", "Close, décision révisée")
    assert shown_state(closed, Outcome.UPHELD) == ("answered", "Close, décision maintenue")
    assert shown_state(closed, Outcome.NO_DECISION) == ("answered", "Close, sans décision")
