"""The state a mediator reads: the state of the table, made precise by what is expected next."""

from datetime import date
from typing import Protocol

from mediane.casework.states import OPEN, Outcome, State


class Standing(Protocol):
    state: str
    has_news: bool
    has_draft_reply: bool
    admissible_on: date | None


def shown_state(case: Standing, outcome: str = "") -> tuple[str, str]:
    """A code for the looks, and its words."""
    if case.state == State.ANSWERED and outcome:
        return shown_outcome(outcome)
    if case.has_news and case.state in OPEN:
        return "answer_received", "Du nouveau"
    if case.state == State.UNDER_STUDY and case.has_draft_reply:
        return "reply_drafted", "Réponse à signer"
    if case.state == State.UNDER_STUDY and case.admissible_on is None:
        return "admissibility_pending", "Recevabilité à décider"
    return case.state, State(case.state).label


def shown_outcome(outcome: str) -> tuple[str, str]:
    """Of a case that was answered: a code for the looks, and its words."""
    words = Outcome(outcome).label.removeprefix("Décision ").lower()
    code = "revised" if outcome in (Outcome.REVISED, Outcome.PARTLY_REVISED) else "answered"
    return code, f"Close, {words if outcome == Outcome.NO_DECISION else f'décision {words}'}"
