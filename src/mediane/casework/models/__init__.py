from mediane.casework.models.appointments import Appointment
from mediane.casework.models.calls import Call
from mediane.casework.models.case import Case, Deadline, Step
from mediane.casework.models.decisions import (
    Admissibility,
    Closing,
    Forwarding,
    LitigationEnd,
    Reclassification,
    Reorientation,
    UrgencySignal,
)
from mediane.casework.models.exchanges import (
    DocumentRequest,
    Hold,
    Message,
    MessageDocument,
    Note,
    RequestedDocument,
)
from mediane.casework.models.following import FollowCode
from mediane.casework.models.leaving import AnonymousArrival, FileTransfer
from mediane.casework.models.links import Link
from mediane.casework.models.postings import Posting
from mediane.casework.models.reach import ContactWord

__all__ = [
    "Admissibility",
    "AnonymousArrival",
    "Appointment",
    "Call",
    "Case",
    "Closing",
    "ContactWord",
    "Deadline",
    "DocumentRequest",
    "FileTransfer",
    "FollowCode",
    "Forwarding",
    "Hold",
    "Link",
    "LitigationEnd",
    "Message",
    "MessageDocument",
    "Note",
    "Posting",
    "Reclassification",
    "Reorientation",
    "RequestedDocument",
    "Step",
    "UrgencySignal",
]
