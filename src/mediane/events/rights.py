"""Who may: the service keeps its events; its head reads them in the report."""

from mediane.events.models import Event
from mediane.journal.rules import Actor


def may_enter(actor: Actor) -> bool:
    return actor.kind == "staff"


def may_change(actor: Actor, event: Event) -> bool:
    return may_enter(actor) and actor.organisation_id == event.organisation_id
