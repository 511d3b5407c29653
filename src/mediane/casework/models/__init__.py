from mediane.casework.models.case import Case, Deadline, Step
from mediane.casework.models.decisions import Admissibility, Closing, LitigationEnd, Reorientation
from mediane.casework.models.exchanges import (
    DocumentRequest,
    Hold,
    Message,
    MessageDocument,
    Note,
    RequestedDocument,
)

__all__ = [
    "Admissibility",
    "Case",
    "Closing",
    "Deadline",
    "DocumentRequest",
    "Hold",
    "LitigationEnd",
    "Message",
    "MessageDocument",
    "Note",
    "Reorientation",
    "RequestedDocument",
    "Step",
]
