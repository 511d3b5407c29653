from datetime import datetime

from mediane.journal.models import Entry
from mediane.journal.rules import Actor


def record(
    *,
    verb: str,
    subject: tuple[str, str],
    by: Actor,
    at: datetime,
    beneficiary_id: int | None = None,
    **details: str,
) -> None:
    """Write one line in the transaction of what it tells: no line, no act and no page.

    `subject` is a kind and a public reference ("case", "K7MQ-4TRX"); `details` never hold content.
    """
    Entry.objects.create(
        at=at,
        organisation_id=by.organisation_id,
        beneficiary_id=beneficiary_id,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        verb=verb,
        subject_kind=subject[0],
        subject=subject[1],
        details=details,
    )
