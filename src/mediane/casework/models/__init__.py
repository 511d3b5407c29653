from mediane.casework.models.appointments import Appointment
from mediane.casework.models.calls import Call
from mediane.casework.models.case import Case, Deadline, Step
from mediane.casework.models.decisions import (
    Admissibility,
    Closing,
    Forwarding,
    LitigationEnd,
    Reclassification,
    Reopening,
    Reorientation,
    UrgencySignal,
)
from mediane.casework.models.effects import FinancialEffect
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
from mediane.casework.models.recommendations import Recommendation
from mediane.casework.models.social import SocialFacts
from mediane.casework.models.waits import WaitChange

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
    "FinancialEffect",
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
    "Recommendation",
    "Reopening",
    "Reorientation",
    "RequestedDocument",
    "SocialFacts",
    "Step",
    "UrgencySignal",
    "WaitChange",
]
