"""Who may: whoever works on a case sends it; whoever works at the receiving Caf says whose it is."""

from mediane.journal.rules import Actor
from mediane.transfers.models import Parcel


def may_say_whose(actor: Actor, parcel: Parcel) -> bool:
    return actor.kind == "staff" and actor.organisation_id == parcel.to_id
