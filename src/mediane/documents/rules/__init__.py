"""Which files we take, what we keep of them, and how we name them."""

from mediane.documents.rules.accepted import (
    ACCEPT,
    ANNOUNCEMENT,
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_TOTAL_BYTES,
    Accepted,
    FileRefused,
    check,
    check_room,
)
from mediane.documents.rules.kinds import Kind
from mediane.documents.rules.names import content_disposition, our_name, shown_name

__all__ = [
    "ACCEPT",
    "ANNOUNCEMENT",
    "MAX_FILES",
    "MAX_FILE_BYTES",
    "MAX_TOTAL_BYTES",
    "Accepted",
    "FileRefused",
    "Kind",
    "check",
    "check_room",
    "content_disposition",
    "our_name",
    "shown_name",
]
