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

__all__ = [
    "Admissibility",
    "Case",
    "Closing",
    "Deadline",
    "DocumentRequest",
    "Forwarding",
    "Hold",
    "LitigationEnd",
    "Message",
    "MessageDocument",
    "Note",
    "Reclassification",
    "Reorientation",
    "RequestedDocument",
    "Step",
    "UrgencySignal",
]
