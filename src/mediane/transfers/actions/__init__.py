"""The verbs of a case that goes to another Caf. This list is the public face."""

from mediane.transfers.actions.arriving import give_number, take_in
from mediane.transfers.actions.leaving import forget_strays, pack, send
from mediane.transfers.actions.reading import open_copy, open_parcel, open_proof
from mediane.transfers.actions.trying import NotWaiting, count_try, try_again

__all__ = [
    "NotWaiting",
    "count_try",
    "forget_strays",
    "give_number",
    "open_copy",
    "open_parcel",
    "open_proof",
    "pack",
    "send",
    "take_in",
    "try_again",
]
