from datetime import datetime

from django.db import transaction

from mediane.casework import rights
from mediane.correspondence.actions.writing import refuse_unseen, take
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.annex import sealed_annex
from mediane.correspondence.rules import readers
from mediane.debts.rules.overpayment import Explained
from mediane.journal.actions import record
from mediane.journal.rules import Actor


@transaction.atomic
def join_explanation(
    *, letter: Letter, joined: Explained | None, seen_version: int, by: Actor, at: datetime
) -> None:
    """Put the explanation of the overpayment in a draft, as it is now; None takes it out.

    The letter carries a copy: a table that changes later changes no letter, and whoever reads the draft to
    sign it is told that it is no longer the same.

    :raises SavedMeanwhile: if somebody saved the draft since it was shown.
    :raises AlreadySigned: if it is no longer a draft.
    """
    case = letter.case
    rights.require(rights.may_work_on(by, case))
    take(letter)
    refuse_unseen(letter, seen_version)
    letter.annex = sealed_annex(letter, joined) if joined else None
    # What goes with a letter is read with it.
    letter.unread_by = readers.written(letter.unread_by, by.id, by.name)
    letter.version += 1
    letter.saved_at, letter.saved_by = at, by.name
    letter.save(update_fields=["annex", "unread_by", "version", "saved_at", "saved_by"])
    record(
        verb="join_explanation",
        subject=("case", case.reference),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id,
    )
