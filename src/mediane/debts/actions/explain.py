from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import MoveRefused, lock
from mediane.casework.models import Case
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.debts.models import Explanation
from mediane.debts.queries import opened_table
from mediane.debts.rules.kept import EXPLANATION, Typed, typed_as_bytes
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import rows, sealing
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.referrals.rules import holds_social_security_number

MOST_ROWS, LONGEST = 80, 500
SAVED = ("sealed", "version", "edited_in", "saved_at", "saved_by")


class SavedMeanwhile(Refusal):
    """Somebody else saved the table since this page was shown. `theirs` is what they wrote."""

    def __init__(self, sentence: str, theirs: Explanation) -> None:
        super().__init__(sentence)
        self.theirs = theirs


class TooMuch(Refusal):
    """What no table of an overpayment holds."""


@transaction.atomic
def save_explanation(
    *,
    case: Case,
    typed: Typed,
    seen_version: int,
    by: Actor,
    at: datetime,
    edited_in: UUID | None = None,
) -> Explanation:
    """Keep the table as it is typed, what is wrong in it too: it is read again each time it is shown.

    :raises SavedMeanwhile: if somebody else, or another page, saved since; nothing is overwritten.
    :raises MoveRefused, TooMuch: if the case is closed; if it holds what is never kept.
    """
    rights.require(rights.may_work_on(by, case))
    _check(typed)
    # Of two people who write the first table, one waits here.
    lock(case)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: son tableau ne change plus.")
    written = _held(case)
    if written.pk and opened_table(written, case) == typed:
        return written
    if written.version != seen_version and (edited_in is None or written.edited_in != edited_in):
        raise SavedMeanwhile(f"{written.saved_by} a enregistré un autre tableau {_when(written)}.", written)
    written.sealed = sealing.seal(typed_as_bytes(typed), opened(case.key), context=EXPLANATION)
    written.saved_at, written.saved_by, written.edited_in = at, by.name, edited_in
    written.version += 1
    if written.pk:
        rows.change(written, SAVED)
    else:
        rows.add(written)
    subject = ("case", case.reference)
    record(verb="save_explanation", subject=subject, by=by, at=at, beneficiary_id=case.beneficiary_id)
    return written


def _held(case: Case) -> Explanation:
    """The table of a locked case, or the first one to write."""
    first = Explanation(organisation_id=case.organisation_id, case=case, version=0)
    written = Explanation.objects.filter(case=case).first() or first
    written.case = case
    return written


def _check(typed: Typed) -> None:
    if typed.benefit and typed.benefit not in every(Benefit):
        raise TooMuch("Choisissez une prestation de la liste.")
    if len(typed.rows) > MOST_ROWS:
        raise TooMuch(f"Ce tableau a plus de {MOST_ROWS} lignes\u00a0: retirez-en.")
    cells = [
        cell for row in typed.rows for cell in (row.month, row.due, row.paid, row.given, row.reason) if cell
    ]
    if any(len(cell) > LONGEST for cell in cells):
        raise TooMuch(f"Une case dépasse {LONGEST} caractères\u00a0: raccourcissez-la.")
    if any(map(holds_social_security_number, cells)):
        raise TooMuch(
            "Retirez le numéro de sécurité sociale\u00a0: nous n’en avons pas besoin et ne pouvons pas"
            " le garder."
        )


def _when(saved: Explanation) -> str:
    local = saved.saved_at.astimezone(ZoneInfo(saved.case.organisation.time_zone))
    return f"le {long_date(local.date())} à {at_time(local)}"
