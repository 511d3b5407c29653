"""What the first Caf worked out, read in its context: nothing of it is computed again where it goes."""

import json
from datetime import datetime

from mediane.appeals.queries import days_to_carry
from mediane.casework.models import Case, DocumentRequest, Hold
from mediane.casework.states import Ending
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.debts.models import Calculation, Explanation
from mediane.debts.queries import calculations_of, opened_calculation, opened_table
from mediane.debts.rules.kept import typed_as_bytes, worked_as_bytes
from mediane.entitlements.models import Estimate
from mediane.entitlements.queries import OpenedEstimate, estimates_of
from mediane.entitlements.states import State
from mediane.kit.french import join, long_date
from mediane.transfers.models import Arrival
from mediane.transfers.rules.contents import Told
from mediane.transfers.rules.work import PackedCalculation, PackedEstimate, PackedTable, Work


def work_of(case: Case, arrived: Arrival | None) -> Work:
    table = Explanation.objects.filter(case=case).first()
    done = [one for one in estimates_of(case) if one.estimate.state == State.DONE]
    return Work(
        table=_table(table, case, arrived) if table else None,
        calculations=[_calculation(one, case, arrived) for one in reversed(calculations_of(case))],
        days=days_to_carry(case),
        estimates=[_estimate(one, case, arrived) for one in reversed(done)],
    )


def left_awaited(case: Case) -> list[Told]:
    """What was still awaited when the case left, in words: the next Caf asks for it again, or not."""
    closed_at, caf = case.closed_at, case.organisation.name
    if closed_at is None:
        raise ValueError("only a case that left is packed")
    asked = DocumentRequest.objects.filter(case=case, closed_at=closed_at, ending=Ending.CLOSED)
    told = [
        Told(
            closed_at,
            "mediation",
            f"Pièces encore attendues au départ ({caf})",
            f"{join(missing)}, à envoyer avant le {long_date(request.due_on)}",
        )
        for request in asked.prefetch_related("items").order_by("pk")
        if (missing := [one.label for one in request.items.all() if one.answered_at is None])
    ]
    for hold in Hold.objects.filter(case=case, ending=Ending.CLOSED).order_by("pk"):
        body = every(Body)[hold.body].label
        words = f"{body}\u00a0: {hold.reason}, à revoir le {long_date(hold.look_again_on)}"
        told.append(Told(closed_at, "mediation", f"Décision encore attendue au départ ({caf})", words))
    return told


def _table(table: Explanation, case: Case, arrived: Arrival | None) -> PackedTable:
    typed = typed_as_bytes(opened_table(table, case)).decode()
    return PackedTable(typed, table.saved_at, _by(table.saved_by, table.saved_at, case, arrived))


def _calculation(made: Calculation, case: Case, arrived: Arrival | None) -> PackedCalculation:
    worked = worked_as_bytes(opened_calculation(made, case)).decode()
    return PackedCalculation(
        made.scale.number, worked, made.made_at, _by(made.made_by, made.made_at, case, arrived)
    )


def _estimate(one: OpenedEstimate, case: Case, arrived: Arrival | None) -> PackedEstimate:
    estimate: Estimate = one.estimate
    sums = {right.value: str(value) for right, value in one.amounts.items()}
    return PackedEstimate(
        household=json.dumps(one.household.as_json()),
        amounts=json.dumps(sums),
        asked_at=estimate.asked_at,
        asked_by=_by(estimate.asked_by, estimate.asked_at, case, arrived),
        ended_at=estimate.ended_at or estimate.asked_at,
        computed_with=estimate.computed_with,
    )


def _by(name: str, at: datetime, case: Case, arrived: Arrival | None) -> str:
    """With the Caf; what came here from another one says it already."""
    return name if arrived and at < arrived.arrived_at else f"{name}, {case.organisation.name}"[:120]
