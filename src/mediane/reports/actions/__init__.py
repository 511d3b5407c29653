"""What may be done of an annual report: this list is the app’s public face."""

from mediane.reports.actions.freezing import correct, freeze, publish
from mediane.reports.actions.illustrating import (
    Sent,
    add_highlight,
    add_picture,
    add_quote,
    remove_highlight,
    remove_picture,
    remove_quote,
)
from mediane.reports.actions.opening import discard, open_report
from mediane.reports.actions.writing import Written, edit_chapter, use_drafted_words

__all__ = [
    "Sent",
    "Written",
    "add_highlight",
    "add_picture",
    "add_quote",
    "correct",
    "discard",
    "edit_chapter",
    "freeze",
    "open_report",
    "publish",
    "remove_highlight",
    "remove_picture",
    "remove_quote",
    "use_drafted_words",
]
