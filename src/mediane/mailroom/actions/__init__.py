"""The verbs of the mail. This list is the public face; each verb lives in the file of its subject."""

from mediane.mailroom.actions.collecting import forget_strays, note_collection
from mediane.mailroom.actions.pointing import send_pointer
from mediane.mailroom.actions.policy import PolicyInThePast, choose_policy
from mediane.mailroom.actions.sorting import STILL_FREE, attach, open_mail, register, set_aside
from mediane.mailroom.actions.taking import Taken, put_aside, take

__all__ = [
    "STILL_FREE",
    "PolicyInThePast",
    "Taken",
    "attach",
    "choose_policy",
    "forget_strays",
    "note_collection",
    "open_mail",
    "put_aside",
    "register",
    "send_pointer",
    "set_aside",
    "take",
]
