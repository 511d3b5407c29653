"""What the first Caf worked out becomes work of the receiver, under the key of its case."""

from mediane.appeals.actions import keep_copy as keep_day
from mediane.casework.models import Case
from mediane.debts.actions import Signed, keep_calculation, keep_table
from mediane.debts.models import DeductionScale
from mediane.debts.queries import scale_numbered
from mediane.entitlements.actions import keep_copy as keep_estimate
from mediane.transfers.rules.contents import Unreadable
from mediane.transfers.rules.work import Work


def require_scales(work: Work) -> None:
    """:raises Unreadable: for a scale nobody entered."""
    for number in {one.scale for one in work.calculations}:
        _scale(number)


def keep_work(work: Work, case: Case) -> None:
    if work.table is not None:
        signed = Signed(work.table.saved_by, work.table.saved_at)
        keep_table(typed=work.table.opened, signed=signed, case=case)
    for rank, one in enumerate(work.calculations, 1):
        keep_calculation(
            worked=one.opened,
            scale=_scale(one.scale),
            rank=rank,
            signed=Signed(one.made_by, one.made_at),
            case=case,
        )
    for day in work.days:
        keep_day(carried=day, case=case)
    for estimate in work.estimates:
        keep_estimate(carried=estimate.opened, case=case)


def _scale(number: int) -> DeductionScale:
    scale = scale_numbered(number)
    if scale is None:
        raise Unreadable(f"no scale {number}")
    return scale
