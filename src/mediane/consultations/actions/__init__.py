"""The verbs of questions to services and bodies. This list is the public face."""

from mediane.consultations.actions.answering import NotedAnswer, answer, note_answer, read_answer
from mediane.consultations.actions.asking import Asked, ask, call_off, change_due, remind
from mediane.consultations.actions.chasing import chase, follow
from mediane.consultations.actions.drafting import (
    NothingAsked,
    join_file,
    open_file,
    open_list,
    open_question,
    remove_file,
    save_draft,
)

__all__ = [
    "Asked",
    "NotedAnswer",
    "NothingAsked",
    "answer",
    "ask",
    "call_off",
    "change_due",
    "chase",
    "follow",
    "join_file",
    "note_answer",
    "open_file",
    "open_list",
    "open_question",
    "read_answer",
    "remind",
    "remove_file",
    "save_draft",
]
