import json
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count, Q

from mediane.callbacks.models import CallbackRequest
from mediane.callbacks.rules import Caller
from mediane.callbacks.states import HANDLED
from mediane.documents.queries import keyring
from mediane.kit import sealing

MOST_SHOWN = 100


class Tab(StrEnum):
    """The values are those of the address."""

    WAITING = "a-rappeler"
    HANDLED = "traites"


CONDITIONS = {Tab.WAITING: ~Q(state__in=HANDLED), Tab.HANDLED: Q(state__in=HANDLED)}


@dataclass(frozen=True)
class Listed:
    request: CallbackRequest
    caller: Caller


def listed(organisation_id: int, tab: Tab) -> list[Listed]:
    """What waits, the oldest first; what was handled, the latest first."""
    order = "asked_at" if tab is Tab.WAITING else "-handled_at"
    rows = CallbackRequest.objects.of(organisation_id).filter(CONDITIONS[tab]).order_by(order, "pk")
    return [Listed(row, caller_of(row)) for row in rows[:MOST_SHOWN]]


def counts(organisation_id: int) -> dict[Tab, int]:
    found = CallbackRequest.objects.of(organisation_id).aggregate(
        **{tab.name: Count("pk", filter=condition) for tab, condition in CONDITIONS.items()}
    )
    return {tab: found[tab.name] for tab in Tab}


def caller_of(request: CallbackRequest) -> Caller:
    """Whom to call, unsealed."""
    key = sealing.unwrap(bytes(request.wrapped), keyring())
    return Caller(**json.loads(sealing.unseal(bytes(request.sealed), key, context=context_of(request))))


def context_of(request: CallbackRequest) -> bytes:
    return b"callbacks.request:" + request.pk.bytes
