"""Who may: whoever works on a case sends it; whoever works at the receiving Caf says whose it is; either Caf
tries again."""

from mediane.journal.rules import Actor
from mediane.transfers.models import Parcel


def may_say_whose(actor: Actor, parcel: Parcel) -> bool:
    return actor.kind == "staff" and actor.organisation_id == parcel.to_id


def may_try_again(actor: Actor, parcel: Parcel) -> bool:
    return actor.kind == "staff" and actor.organisation_id in (parcel.organisation_id, parcel.to_id)
