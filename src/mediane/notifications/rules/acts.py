"""Which act is told by e-mail, and how much may be said."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mediane.casework.states import Act, Move


class Kind(StrEnum):
    """What was sent for an act; NONE when nothing may be sent."""

    REGISTRATION = "registration"
    ACKNOWLEDGEMENT = "acknowledgement"
    NOTICE = "notice"
    POSSIBLE = "possible"
    REMINDER = "reminder"
    AWAITED = "awaited"
    SERVICE = "service"
    NONE = "none"


# The two receipts of CRPA R.112-11-2, each with the contents of R.112-11-1.
RECEIPT_OF = {Act.FILE: Kind.REGISTRATION, Act.ACKNOWLEDGE: Kind.ACKNOWLEDGEMENT}
# Told only when somebody else than the person did it: nobody is warned of their own acts.
TOLD_WHEN_OTHERS_ACT = frozenset(
    {
        Act.ADMIT,
        Act.WRITE,
        # A call whose account is shared: there is something to read.
        Act.NOTE_CALL,
        Act.SET_APPOINTMENT,
        Act.MOVE_APPOINTMENT,
        Act.CANCEL_APPOINTMENT,
        # The day that something is awaited for is hers to know.
        Act.CHANGE_WAIT,
        Move.ASK_BENEFICIARY,
        Move.AWAIT_DECISION,
        Move.REDIRECT,
        Move.RECLASSIFY,
        Move.RECLASSIFY_OUT,
        Move.DECLARE_INADMISSIBLE,
        Move.ANSWER,
        Move.WITHDRAW,
        Move.END_BY_LITIGATION,
        Move.TRANSFER,
        Move.MERGE,
        Move.SEPARATE,
        Move.REOPEN,
    }
)
TOLD = (*RECEIPT_OF, *sorted(TOLD_WHEN_OTHERS_ACT))


@dataclass(frozen=True)
class Wishes:
    """What the person allowed: where to write, if anywhere, and how much may be said there."""

    address: str
    notice_by_email: bool
    receipt_by_email: bool


def is_told(act: str, by_kind: str) -> bool:
    return act in RECEIPT_OF or (act in TOLD_WHEN_OTHERS_ACT and by_kind != "person")


def kind_for(acts: Iterable[str], wishes: Wishes) -> Kind:
    """One message for everything that happened at once: a receipt where allowed, else the notice."""
    if not wishes.address or not wishes.notice_by_email:
        return Kind.NONE
    receipts = [RECEIPT_OF[Act(act)] for act in acts if act in RECEIPT_OF]
    return receipts[0] if receipts and wishes.receipt_by_email else Kind.NOTICE
