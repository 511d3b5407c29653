"""Which act is told by e-mail, to whom, and in what words."""

from mediane.notifications.rules.acts import TOLD, Kind, Wishes, is_told, kind_for
from mediane.notifications.rules.consulted import service_subject, service_text
from mediane.notifications.rules.wording import Receipt, notice_text, receipt_text, subject_of

__all__ = [
    "TOLD",
    "Kind",
    "Receipt",
    "Wishes",
    "is_told",
    "kind_for",
    "notice_text",
    "receipt_text",
    "service_subject",
    "service_text",
    "subject_of",
]
