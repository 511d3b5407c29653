"""The verbs of a case that goes to another Caf. This list is the public face."""

from mediane.transfers.actions.arriving import NotWaiting, give_number, take_in
from mediane.transfers.actions.leaving import forget_strays, pack, send
from mediane.transfers.actions.reading import open_copy, open_parcel

__all__ = [
    "NotWaiting",
    "forget_strays",
    "give_number",
    "open_copy",
    "open_parcel",
    "pack",
    "send",
    "take_in",
]
