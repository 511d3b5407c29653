"""Who may: the rules of the test are the national mediation’s to set; staff sees what became of its Caf’s."""

from mediane.journal.rules import Actor


def may_set_policies(actor: Actor) -> bool:
    return actor.kind == "national"


def may_see_every_caf(actor: Actor) -> bool:
    return actor.kind == "national"
