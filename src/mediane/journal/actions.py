from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from mediane.journal.rules import Actor
from mediane.kit.prepared import kept

# By hand: a line is written for every page of a case, and Django composes it slower than it is written.
LINE = """
INSERT INTO journal_entry (at, organisation_id, beneficiary_id, actor_kind, actor_id, actor_name,
verb, subject_kind, subject, details) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


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
    values: Any = (
        at,
        by.organisation_id,
        beneficiary_id,
        by.kind,
        by.id,
        by.name,
        str(verb),
        *map(str, subject),
        Jsonb(details),
    )
    with kept() as cursor:
        cursor.execute(LINE, values)
