"""The verbs of estimates: asked for, then given by another program, or not."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from mediane.casework import rights
from mediane.casework.models import Case
from mediane.documents.queries import opened
from mediane.entitlements.models import Estimate
from mediane.entitlements.queries import AMOUNTS, HOUSEHOLD, open_estimate
from mediane.entitlements.rules import CarriedEstimate, Household
from mediane.entitlements.states import Right, State
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import jobs, rows, sealing
from mediane.kit.once import require_same, written_by_page


@transaction.atomic
def ask_estimate(
    *, case: Case, household: Household, by: Actor, at: datetime, entry_key: UUID | None = None
) -> Estimate:
    """Keep the facts of a household and have its rights computed, outside of this transaction.

    :raises PermissionDenied: outside of the service of the Caf.
    :raises AlreadySent: if the page asked for something else.
    """
    rights.require(rights.may_work_on(by, case))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": case.organisation_id}
    if first := written_by_page(Estimate, **page, case_id=case.pk):
        require_same(open_estimate(first, opened(case.key)).household == household)
        return first
    estimate = Estimate.objects.create(
        **page,
        case=case,
        household=_sealed(household.as_json(), case, HOUSEHOLD),
        asked_at=at,
        asked_by=by.name,
    )
    record(
        verb="ask_estimate",
        subject=("case", case.reference),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id,
    )
    jobs.defer("estimate_rights", organisation_id=case.organisation_id, estimate_id=estimate.pk)
    return estimate


@transaction.atomic
def keep_amounts(
    *, estimate: Estimate, amounts: dict[Right, Decimal], computed_with: str, at: datetime
) -> None:
    """What the program gave, once: a job that runs twice changes nothing the second time."""
    rows.hold(estimate)
    if estimate.state != State.ASKED:
        return
    told = {right.value: str(value) for right, value in amounts.items()}
    estimate.amounts = _sealed(told, estimate.case, AMOUNTS)
    estimate.state, estimate.computed_with, estimate.ended_at = State.DONE, computed_with, at
    rows.change(estimate, ("amounts", "state", "computed_with", "ended_at"))


@transaction.atomic
def give_up(*, estimate: Estimate, because: str, at: datetime) -> None:
    """The program is absent, was too long, or gave what cannot be believed."""
    rows.hold(estimate)
    if estimate.state == State.ASKED:
        estimate.state, estimate.because, estimate.ended_at = State.FAILED, because, at
        rows.change(estimate, ("state", "because", "ended_at"))


@transaction.atomic
def keep_copy(*, carried: CarriedEstimate, case: Case) -> Estimate:
    """An estimate that came with the case from another Caf, with the version that computed it there."""
    estimate = Estimate(
        organisation_id=case.organisation_id,
        case=case,
        household=_sealed(carried.household.as_json(), case, HOUSEHOLD),
        amounts=_sealed({right.value: str(value) for right, value in carried.amounts.items()}, case, AMOUNTS),
        state=State.DONE,
        asked_at=carried.asked_at,
        asked_by=carried.asked_by,
        ended_at=carried.ended_at,
        computed_with=carried.computed_with,
    )
    rows.add(estimate)
    return estimate


def _sealed(told: object, case: Case, context: bytes) -> bytes:
    return sealing.seal(json.dumps(told).encode(), opened(case.key), context=context)
