"""The verbs of a case. This list is the public face; each verb lives in the file of its subject."""

from mediane.casework.actions.acknowledge import acknowledge
from mediane.casework.actions.admissibility import admit, reject
from mediane.casework.actions.appointments import (
    AppointmentRefused,
    cancel_own_appointment,
    end_appointment,
    move_appointment,
    set_appointment,
)
from mediane.casework.actions.calls import CallRefused, note_call
from mediane.casework.actions.consult import consult, consult_own
from mediane.casework.actions.effects import (
    AlreadyCorrected,
    AlreadyValidated,
    Change,
    CountedElsewhere,
    NoEffect,
    NotByOneself,
    correct_effect,
    record_effect,
    validate_effect,
)
from mediane.casework.actions.ending import (
    Analysis,
    MoneyRecorded,
    answer,
    end_by_litigation,
    redirect,
    withdraw,
)
from mediane.casework.actions.following import (
    NoCodeNeeded,
    end_follow_codes,
    follow_up,
    give_follow_code,
)
from mediane.casework.actions.forward import AlreadyForwarded, forward
from mediane.casework.actions.links import (
    link_as_repeat,
    link_as_return,
    merge_cases,
    part_people,
    set_apart,
)
from mediane.casework.actions.messages import (
    note,
    read_news,
    receive_email,
    write_to_person,
    write_to_service,
)
from mediane.casework.actions.open_case import open_case
from mediane.casework.actions.postings import (
    AlreadySent,
    Sender,
    ThrownAway,
    acknowledge_sender,
    post,
    throw_away,
)
from mediane.casework.actions.reach import Said, SaidMeanwhile, note_how_to_reach, say_how_to_reach
from mediane.casework.actions.receive import DeclaredComplaint, Entry, receive, register
from mediane.casework.actions.reclassify import Scope, reclassify
from mediane.casework.actions.recommending import (
    Advice,
    AlreadyAnswered,
    AnsweredTooEarly,
    ServiceAnswer,
    note_answer,
    recommend,
)
from mediane.casework.actions.reopen import TooLateToReopen, reopen
from mediane.casework.actions.requests import ask_documents, excuse_document, lift_request, send_document
from mediane.casework.actions.social import Social, note_social
from mediane.casework.actions.take_up import assign, put_back, take_up
from mediane.casework.actions.transfer import CannotTransfer, Departure, Past, go_on, transfer
from mediane.casework.actions.urgency import weigh_urgency
from mediane.casework.actions.waiting import (
    Arrived,
    WaitRefused,
    await_decision,
    change_wait,
    note_arrival,
    note_reminded,
    reckon_again,
    remind_on_paper,
    resume,
)

__all__ = [
    "Advice",
    "AlreadyAnswered",
    "AlreadyCorrected",
    "AlreadyForwarded",
    "AlreadySent",
    "AlreadyValidated",
    "Analysis",
    "AnsweredTooEarly",
    "AppointmentRefused",
    "Arrived",
    "CallRefused",
    "CannotTransfer",
    "Change",
    "CountedElsewhere",
    "DeclaredComplaint",
    "Departure",
    "Entry",
    "MoneyRecorded",
    "NoCodeNeeded",
    "NoEffect",
    "NotByOneself",
    "Past",
    "Said",
    "SaidMeanwhile",
    "Scope",
    "Sender",
    "ServiceAnswer",
    "Social",
    "ThrownAway",
    "TooLateToReopen",
    "WaitRefused",
    "acknowledge",
    "acknowledge_sender",
    "admit",
    "answer",
    "ask_documents",
    "assign",
    "await_decision",
    "cancel_own_appointment",
    "change_wait",
    "consult",
    "consult_own",
    "correct_effect",
    "end_appointment",
    "end_by_litigation",
    "end_follow_codes",
    "excuse_document",
    "follow_up",
    "forward",
    "give_follow_code",
    "go_on",
    "lift_request",
    "link_as_repeat",
    "link_as_return",
    "merge_cases",
    "move_appointment",
    "note",
    "note_answer",
    "note_arrival",
    "note_call",
    "note_how_to_reach",
    "note_reminded",
    "note_social",
    "open_case",
    "part_people",
    "post",
    "put_back",
    "read_news",
    "receive",
    "receive_email",
    "reckon_again",
    "reclassify",
    "recommend",
    "record_effect",
    "redirect",
    "register",
    "reject",
    "remind_on_paper",
    "reopen",
    "resume",
    "say_how_to_reach",
    "send_document",
    "set_apart",
    "set_appointment",
    "take_up",
    "throw_away",
    "transfer",
    "validate_effect",
    "weigh_urgency",
    "withdraw",
    "write_to_person",
    "write_to_service",
]
