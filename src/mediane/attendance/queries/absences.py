"""Who is away, who stands in: few rows, read whole."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from mediane.attendance.models import Absence
from mediane.attendance.rules.absences import Days, shared
from mediane.kit.prepared import prepared

SHOWN_SINCE = timedelta(days=60)


@prepared
def running(organisation_id: int, day: date) -> QuerySet[Absence]:
    """Of a day, in the order of returns."""
    absences = Absence.objects.of(organisation_id).select_related("member", "cover")
    return absences.filter(first_on__lte=day, last_on__gte=day).order_by("last_on", "pk")


def covered_by(user_id: int, absences: list[Absence]) -> list[Absence]:
    return [one for one in absences if one.cover_id == user_id]


def covers(absences: list[Absence]) -> dict[int, int | None]:
    """Who is away, each with their cover."""
    return {one.member_id: one.cover_id for one in absences}


def days_away(organisation_id: int, user_id: int, *, besides: int | None = None) -> list[Days]:
    """Of one person, absences ended or not; `besides` is one left out."""
    absences = Absence.objects.of(organisation_id).filter(member=user_id).order_by("first_on")
    return [one.days for one in absences if one.pk != besides]


@dataclass(frozen=True)
class Shown:
    """An absence, with the days on which its cover is away too."""

    absence: Absence
    alone: list[Days]


@dataclass(frozen=True)
class Board:
    now: list[Shown]
    to_come: list[Shown]
    over: list[Shown]


def board(organisation_id: int, today: date) -> Board:
    """Everything not long over, in one statement."""
    known = list(
        Absence.objects.of(organisation_id)
        .select_related("member", "cover")
        .filter(last_on__gte=today - SHOWN_SINCE)
        .order_by("first_on", "last_on", "pk")
    )
    shown = [
        Shown(one, shared(one.days, [other.days for other in known if other.member_id == one.cover_id]))
        for one in known
    ]
    return Board(
        now=[one for one in shown if today in one.absence.days],
        to_come=[one for one in shown if one.absence.first_on > today],
        over=[one for one in shown if one.absence.last_on < today][::-1],
    )


def days_to_come(organisation_id: int, today: date) -> dict[int, list[Days]]:
    """Of each person, absences that are not over."""
    days: dict[int, list[Days]] = {}
    for one in Absence.objects.of(organisation_id).filter(last_on__gte=today).order_by("first_on"):
        days.setdefault(one.member_id, []).append(one.days)
    return days
