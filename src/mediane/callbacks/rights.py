"""Who may call back: those who work in the Caf."""

from mediane.callbacks.models import CallbackRequest
from mediane.journal.rules import Actor


def may_call_back(actor: Actor, request: CallbackRequest) -> bool:
    return actor.kind == "staff" and actor.organisation_id == request.organisation_id
