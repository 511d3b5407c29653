"""Who publishes: the figures of every Caf at once are the national mediation’s to give out."""

from mediane.journal.rules import Actor


def may_publish(actor: Actor) -> bool:
    return actor.kind == "national"
