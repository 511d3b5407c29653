"""The verbs of letters. A decision and its letter are one act."""

from mediane.correspondence.actions.annex import join_explanation
from mediane.correspondence.actions.approving import (
    approve_template,
    retire_template,
    return_template,
    submit_template,
)
from mediane.correspondence.actions.decisions import (
    decide_admissible,
    decide_inadmissible,
    end_by_litigation,
    reclassify,
    redirect,
)
from mediane.correspondence.actions.delivery import make_pdf, open_enclosure, open_letter
from mediane.correspondence.actions.enclosing import NotEnclosed
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
from mediane.correspondence.actions.templates import (
    GONE,
    TemplateEdit,
    TemplateFaulty,
    TemplateNotADraft,
    TemplateRefused,
    TemplateSavedMeanwhile,
    begin_template,
    begin_version,
    discard_template,
    save_template,
)
from mediane.correspondence.actions.writing import AlreadySigned, Edit, SavedMeanwhile, Written, save_reply

__all__ = [
    "GONE",
    "AddressChanged",
    "AlreadySigned",
    "Conclusion",
    "Edit",
    "LetterText",
    "NotEnclosed",
    "NotRead",
    "NotReady",
    "NothingToRead",
    "OwnWords",
    "ReadingInThePast",
    "Ruling",
    "SavedMeanwhile",
    "TemplateEdit",
    "TemplateFaulty",
    "TemplateNotADraft",
    "TemplateRefused",
    "TemplateSavedMeanwhile",
    "Written",
    "approve_template",
    "ask_reading",
    "begin_reply",
    "begin_template",
    "begin_version",
    "choose_reading",
    "decide_admissible",
    "decide_inadmissible",
    "discard_reply",
    "discard_template",
    "end_by_litigation",
    "join_explanation",
    "keep_choices",
    "make_pdf",
    "open_enclosure",
    "open_letter",
    "read_over",
    "reclassify",
    "redirect",
    "retire_template",
    "return_template",
    "save_reply",
    "save_template",
    "sign_and_send",
    "submit_template",
]
