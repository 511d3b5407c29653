"""Who may: opening a Caf to the online procedure is the national mediation’s."""

from mediane.journal.rules import Actor


def may_roll_out(actor: Actor) -> bool:
    return actor.kind == "national"
