"""Being on a case, told by the page that shows it: one statement, no line of journal."""

from datetime import datetime
from typing import Any
from uuid import UUID

from mediane.attendance import rights
from mediane.attendance.rules.presence import EXPIRES, Seen, sentences
from mediane.attendance.states import Doing
from mediane.casework.models import Case
from mediane.casework.rights import require
from mediane.journal.rules import Actor
from mediane.kit.prepared import kept

# What is over is swept on the way, without waiting for anybody; a page is of whoever opened it.
HERE = """
WITH over AS (
    DELETE FROM attendance_presence WHERE id IN (
        SELECT id FROM attendance_presence WHERE organisation_id = %(organisation)s
        AND seen_at < %(since)s AND page <> %(page)s LIMIT 20 FOR UPDATE SKIP LOCKED
    )
), here AS (
    INSERT INTO attendance_presence (organisation_id, case_id, member_id, page, doing, seen_at)
    VALUES (%(organisation)s, %(case)s, %(member)s, %(page)s, %(doing)s, %(at)s)
    ON CONFLICT (organisation_id, page) DO UPDATE SET seen_at = excluded.seen_at
    WHERE attendance_presence.member_id = excluded.member_id
)
SELECT DISTINCT u.full_name, p.doing FROM attendance_presence p JOIN accounts_user u ON u.id = p.member_id
WHERE p.case_id = %(case)s AND p.organisation_id = %(organisation)s AND p.member_id <> %(member)s
AND p.seen_at >= %(since)s
"""
GONE = """
DELETE FROM attendance_presence WHERE organisation_id = %s AND page = %s AND member_id = %s
"""


def be_here(*, case_id: int, page: UUID, doing: Doing, by: Actor, at: datetime) -> list[str]:
    """Say that this page is open, and read who else is there, in sentences."""
    require(rights.may_be_seen(by))
    about: dict[str, Any] = {
        "organisation": by.organisation_id,
        "case": case_id,
        "member": by.id,
        "page": page,
        "doing": str(doing),
        "at": at,
        "since": at - EXPIRES,
    }
    with kept() as cursor:
        cursor.execute(HERE, about)
        return sentences([Seen(*row) for row in cursor.fetchall()], doing)


def leave(*, page: UUID, by: Actor) -> None:
    """The page is closed; it is nothing if it was forgotten before."""
    with kept() as cursor:
        cursor.execute(GONE, [by.organisation_id, page, by.id])


def case_number(reference: str, by: Actor) -> int | None:
    """For the pulse of a page already shown: nothing of the case is read, hence no line of journal."""
    rows = Case.objects.of(by.organisation_id).filter(reference=reference)
    return rows.values_list("pk", flat=True).first()
