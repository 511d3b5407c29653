"""What came with a case from another Caf: kept as it was, under the key of the case here."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mediane.casework.models import Case
from mediane.debts.models import Calculation, DeductionScale, Explanation
from mediane.debts.rules.kept import (
    CALCULATION,
    EXPLANATION,
    Typed,
    Worked,
    typed_as_bytes,
    worked_as_bytes,
)
from mediane.documents.queries import opened
from mediane.kit import rows, sealing


@dataclass(frozen=True)
class Signed:
    """By whom, at another Caf, and when."""

    by: str
    at: datetime


@transaction.atomic
def keep_table(*, typed: Typed, signed: Signed, case: Case) -> Explanation:
    """The table as it was typed, right or not: it goes on being written here."""
    sealed = sealing.seal(typed_as_bytes(typed), opened(case.key), context=EXPLANATION)
    table = Explanation(
        organisation_id=case.organisation_id,
        case=case,
        sealed=sealed,
        saved_at=signed.at,
        saved_by=signed.by,
    )
    rows.add(table)
    return table


@transaction.atomic
def keep_calculation(
    *, worked: Worked, scale: DeductionScale, rank: int, signed: Signed, case: Case
) -> Calculation:
    """What was worked out, by the scale it was worked out by: nothing is computed again."""
    sealed = sealing.seal(worked_as_bytes(worked), opened(case.key), context=CALCULATION)
    calculation = Calculation(
        organisation_id=case.organisation_id,
        case=case,
        rank=rank,
        scale=scale,
        sealed=sealed,
        made_at=signed.at,
        made_by=signed.by,
    )
    rows.add(calculation)
    return calculation
