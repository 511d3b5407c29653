"""Who may: scales are the national mediation’s to enter. Tables and calculations go with the case."""

from mediane.journal.rules import Actor


def may_enter_scales(actor: Actor) -> bool:
    return actor.kind == "national"
