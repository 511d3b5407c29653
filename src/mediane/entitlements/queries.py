"""What was typed and computed for a case, opened."""

import json
from dataclasses import dataclass
from decimal import Decimal

from mediane.casework.models import Case
from mediane.documents.queries import opened
from mediane.entitlements.models import Estimate
from mediane.entitlements.rules import Household
from mediane.entitlements.states import Right
from mediane.kit import sealing

# The contexts under which they are sealed; the verbs that write them seal with the same.
HOUSEHOLD, AMOUNTS = b"entitlements.household", b"entitlements.amounts"
MOST = 20


@dataclass(frozen=True)
class OpenedEstimate:
    estimate: Estimate
    household: Household
    amounts: dict[Right, Decimal]


def estimates_of(case: Case) -> list[OpenedEstimate]:
    """The latest first, at one statement."""
    key = opened(case.key)
    return [
        open_estimate(one, key)
        for one in Estimate.objects.filter(case=case).order_by("-asked_at", "-pk")[:MOST]
    ]


def open_estimate(estimate: Estimate, key: bytes) -> OpenedEstimate:
    told = json.loads(sealing.unseal(bytes(estimate.household), key, context=HOUSEHOLD))
    sums: dict[str, str] = {}
    if estimate.amounts:
        sums = json.loads(sealing.unseal(bytes(estimate.amounts), key, context=AMOUNTS))
    amounts = {Right(code): Decimal(value) for code, value in sums.items()}
    return OpenedEstimate(estimate, Household.of_json(told), amounts)
