"""Beginnings of stories: somebody away, and who stands in."""

from datetime import date, datetime
from typing import Any

from mediane.attendance.actions import absences
from mediane.attendance.actions.absences import Said
from mediane.attendance.models import Absence
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity


def of(member: Actor, cover: Actor | None, first: date, last: date, **differs: Any) -> Said:
    said = {"cover_id": cover and cover.id, "first_on": first, "last_on": last}
    return Said(member_id=member.id, **(said | differs))


def away(
    member: Actor, cover: Actor | None, first: date, last: date, at: datetime, by: Actor | None = None
) -> Absence:
    """Declared by themselves, unless by somebody."""
    with rowsecurity.working_for(rowsecurity.staff(member.organisation_id)):
        return absences.declare(said=of(member, cover, first, last), by=by or member, at=at)
