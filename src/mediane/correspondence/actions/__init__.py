"""The verbs of letters. A decision and its letter are one act."""

from mediane.correspondence.actions.decisions import (
    decide_admissible,
    decide_inadmissible,
    end_by_litigation,
    reclassify,
    redirect,
)
from mediane.correspondence.actions.delivery import make_pdf, open_letter
from mediane.correspondence.actions.reading import (
    NothingToRead,
    OwnWords,
    ReadingInThePast,
    ask_reading,
    choose_reading,
    read_over,
)
from mediane.correspondence.actions.reply import (
    AddressChanged,
    Conclusion,
    NotRead,
    begin_reply,
    discard_reply,
    keep_choices,
    sign_and_send,
)
from mediane.correspondence.actions.signing import LetterText, NotReady, Ruling
from mediane.correspondence.actions.writing import (
    AlreadySigned,
    Edit,
    SavedMeanwhile,
    Written,
    save_reply,
)

__all__ = [
    "AddressChanged",
    "AlreadySigned",
    "Conclusion",
    "Edit",
    "LetterText",
    "NotRead",
    "NotReady",
    "NothingToRead",
    "OwnWords",
    "ReadingInThePast",
    "Ruling",
    "SavedMeanwhile",
    "Written",
    "ask_reading",
    "begin_reply",
    "choose_reading",
    "decide_admissible",
    "decide_inadmissible",
    "discard_reply",
    "end_by_litigation",
    "keep_choices",
    "make_pdf",
    "open_letter",
    "read_over",
    "reclassify",
    "redirect",
    "save_reply",
    "sign_and_send",
]
