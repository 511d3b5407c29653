from mediane.worklists.actions.carrying import go_on
from mediane.worklists.actions.desks import choose_columns, choose_shortcuts, hold_desk
from mediane.worklists.actions.operations import (
    NotDone,
    Wanted,
    ask,
    cancel,
    forget_sheet,
    have_carried_out,
    take_sheet,
    undo,
)
from mediane.worklists.actions.views import NotKept, Said, begin_with, change, keep, remove, replace
from mediane.worklists.actions.visits import Opened, open_case, see_all

__all__ = [
    "NotDone",
    "NotKept",
    "Opened",
    "Said",
    "Wanted",
    "ask",
    "begin_with",
    "cancel",
    "change",
    "choose_columns",
    "choose_shortcuts",
    "forget_sheet",
    "go_on",
    "have_carried_out",
    "hold_desk",
    "keep",
    "open_case",
    "remove",
    "replace",
    "see_all",
    "take_sheet",
    "undo",
]
