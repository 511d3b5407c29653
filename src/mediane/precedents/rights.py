"""Who may: the service looks; the mediator, who signs, says what other Cafs may read."""

from mediane.casework.models import Case
from mediane.casework.rights import may_decide
from mediane.casework.states import State
from mediane.journal.rules import Actor


def may_release(actor: Actor, case: Case) -> bool:
    """The mediator, of a case that was answered and is not studied again."""
    return may_decide(actor, case) and case.state == State.ANSWERED
