from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import MoveRefused, lock
from mediane.casework.models import Case
from mediane.debts.models import Calculation, DeductionScale
from mediane.debts.queries import MAYOTTE, opened_calculation, scale_on, standing_scales
from mediane.debts.rules.kept import CALCULATION, Asked, Worked, worked_as_bytes
from mediane.debts.rules.overpayment import month_name
from mediane.debts.rules.scale import deduction
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import sealing
from mediane.kit.french import join, long_date
from mediane.kit.months import month_of
from mediane.kit.once import require_same, written_by_page
from mediane.kit.refusal import Refusal


class NoScale(Refusal):
    """No scale is known for that month: nothing is worked out, and nothing is invented."""


@transaction.atomic
def calculate_deduction(
    *, case: Case, asked: Asked, by: Actor, at: datetime, entry_key: UUID | None = None
) -> Calculation:
    """Work out the monthly deduction by the scale of its first month, and keep it with its reasoning.

    :raises NoScale: for a month without a known scale.
    :raises AlreadySent: if the page worked out something else.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_work_on(by, case))
    scale = _scale(case, asked)
    income = scale.deemed if asked.income is None else asked.income
    worked = Worked(asked, deduction(scale.rule, income))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": case.organisation_id}
    if first := _first(case, asked, page):
        return first
    lock(case)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: rien ne s’y calcule plus.")
    subject = ("case", case.reference)
    record(verb="calculate_deduction", subject=subject, by=by, at=at, beneficiary_id=case.beneficiary_id)
    return Calculation.objects.create(
        **page,
        case=case,
        rank=case.calculations.count() + 1,
        scale=scale,
        sealed=sealing.seal(worked_as_bytes(worked), opened(case.key), context=CALCULATION),
        made_at=at,
        made_by=by.name,
    )


def _first(case: Case, asked: Asked, page: dict[str, Any]) -> Calculation | None:
    first = written_by_page(Calculation, case_id=case.pk, **page)
    if first is not None:
        require_same(opened_calculation(first, case).asked == asked)
    return first


def _scale(case: Case, asked: Asked) -> DeductionScale:
    found = scale_on(month_of(asked.first), case.organisation.code)
    if found is None:
        raise NoScale(_unknown(case, asked))
    return found


def _unknown(case: Case, asked: Asked) -> str:
    if case.organisation.code == MAYOTTE:
        return (
            "À Mayotte, les retenues suivent un autre barème, que Médiane ne connaît pas. Rien n’est calculé."
        )
    known = [f"du {long_date(one.valid_from)} au {long_date(one.valid_until)}" for one in standing_scales()]
    return (
        f"Médiane ne connaît pas le barème de {month_name(asked.first)}, et n’en invente pas."
        f" Barèmes connus\u00a0: {join(known)}. La médiation nationale peut saisir celui qui manque."
    )
