"""Who may say that two people are one: the service of their Caf."""

from django.core.exceptions import PermissionDenied

from mediane.journal.rules import Actor


def may_say_who_is_who(actor: Actor, organisation_id: int) -> bool:
    return actor.kind == "staff" and actor.organisation_id == organisation_id


def require(answer: bool) -> None:
    """:raises PermissionDenied: when a right is missing; no screen proposes what is not allowed."""
    if not answer:
        raise PermissionDenied
