"""Absences: declared, changed, ended early. Nothing is reassigned: who stands in is read from the days."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from mediane.attendance import rights
from mediane.attendance.models import Absence
from mediane.attendance.queries.absences import days_away
from mediane.attendance.rules.absences import ONE_DAY, SINCE, UNTIL, Days, is_throughout, shared
from mediane.casework.rights import require
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import join, long_date
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Membership
from mediane.organisations.queries import by_id, team_of


class DaysRefused(Refusal):
    """They end before they begin, are over, or a year was mistyped."""


class AwayTwice(Refusal):
    """The same person is said to be away on some of these days already."""


class CoverRefused(Refusal):
    """Not somebody of the service, or whoever is away themselves."""


class CoverAwayToo(CoverRefused):
    """Some of the days only: whoever knows may choose so."""


class AbsenceChanged(Refusal):
    """Somebody else changed it, ended it or took it away since the page was shown."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """`is_known`: whoever says it knows that the cover is away on some of the days."""

    member_id: int
    first_on: date
    last_on: date
    cover_id: int | None = None
    note: str = ""
    is_known: bool = False

    @property
    def days(self) -> Days:
        return Days(self.first_on, self.last_on)

    @property
    def kept(self) -> dict[str, Any]:
        names = ("member_id", "cover_id", "first_on", "last_on", "note")
        return {name: getattr(self, name) for name in names}


@transaction.atomic
def declare(*, said: Said, by: Actor, at: datetime, entry_key: UUID | None = None) -> Absence:
    """
    :raises DaysRefused, AwayTwice, CoverRefused: with who and which days.
    :raises AlreadySent: if the page declared another absence.
    """
    team = {member.user_id: member for member in team_of(by.organisation_id)}
    member = team.get(said.member_id)
    require(member is not None and rights.may_declare(by, member))
    _one_at_a_time(by.organisation_id)
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": by.organisation_id}
    if first := written_by_page(Absence, **page, **said.kept):
        return first
    _check_days(said.days, _today(by, at))
    _check_free(said, team, by.organisation_id)
    _check_cover(said, team, by.organisation_id)
    absence = Absence(**page, **said.kept, declared_at=at, declared_by=by.name, declared_by_id=by.id)
    rows.add(absence)
    record(verb="declare_absence", subject=("absence", str(absence.pk)), by=by, at=at)
    return absence


@transaction.atomic
def change(*, absence: Absence, said: Said, seen_version: int, by: Actor, at: datetime) -> Absence:
    """Other days, another cover; who is away does not change, nor a first day that came.

    :raises AbsenceChanged: if somebody else was first.
    """
    team = {member.user_id: member for member in team_of(absence.organisation_id)}
    require(rights.may_change(by, absence, team.values()))
    _one_at_a_time(absence.organisation_id)
    today = _today(by, at)
    _hold(absence, seen_version, today)
    if absence.has_begun(today) and said.first_on != absence.first_on:
        began = long_date(absence.first_on)
        raise DaysRefused(f"L’absence a commencé le {began}\u00a0: son premier jour ne change plus.")
    _check_days(said.days, today)
    _check_free(said, team, absence.organisation_id, besides=absence.pk)
    _check_cover(said, team, absence.organisation_id)
    for name, value in said.kept.items():
        setattr(absence, name, value)
    _write(absence, ("cover", "first_on", "last_on", "note"))
    record(verb="change_absence", subject=("absence", str(absence.pk)), by=by, at=at)
    return absence


@transaction.atomic
def end(*, absence: Absence, seen_version: int, by: Actor, at: datetime) -> None:
    """Back today: yesterday was the last day. One that had not begun before today is taken away.

    :raises AbsenceChanged: if somebody else was first, or if it is over.
    """
    require(rights.may_change(by, absence, team_of(absence.organisation_id)))
    _one_at_a_time(absence.organisation_id)
    today = _today(by, at)
    _hold(absence, seen_version, today)
    number, yesterday = str(absence.pk), today - ONE_DAY
    if absence.first_on > yesterday:
        absence.delete()
        record(verb="remove_absence", subject=("absence", number), by=by, at=at)
        return
    absence.last_on = yesterday
    _write(absence, ("last_on",))
    record(verb="end_absence", subject=("absence", number), by=by, at=at)


def _today(by: Actor, at: datetime) -> date:
    return clock.day_of(at, by_id(by.organisation_id).time_zone)


def _one_at_a_time(organisation_id: int) -> None:
    """Whoever leaves and whoever replaces them are looked at together: of two people, one waits here."""
    with connection.cursor() as cursor:
        key = f"attendance:{organisation_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _hold(absence: Absence, seen_version: int, today: date) -> None:
    try:
        rows.hold(absence)
    except Absence.DoesNotExist as gone:
        raise AbsenceChanged("Une autre personne a retiré cette absence.") from gone
    if absence.last_on < today:
        raise AbsenceChanged(f"Cette absence est terminée depuis le {long_date(absence.last_on)}.")
    if absence.version != seen_version:
        raise AbsenceChanged(
            "Une autre personne a modifié cette absence. Relisez-la, puis enregistrez de nouveau."
        )


def _write(absence: Absence, fields: tuple[str, ...]) -> None:
    absence.version += 1
    rows.change(absence, (*fields, "version"))


def _check_days(days: Days, today: date) -> None:
    if days.last < days.first:
        raise DaysRefused("Le dernier jour vient avant le premier\u00a0: vérifiez les dates.")
    if days.last < today:
        raise DaysRefused("Ces jours sont passés\u00a0: une absence se déclare tant qu’elle dure.")
    if days.first < today - SINCE or days.last > today + UNTIL:
        raise DaysRefused("Vérifiez l’année\u00a0: ces dates sont trop lointaines.")


def _check_free(
    said: Said, team: dict[int, Membership], organisation_id: int, besides: int | None = None
) -> None:
    others = days_away(organisation_id, said.member_id, besides=besides)
    met = [days for days in others if days.shared_with(said.days)]
    if met:
        name, when = team[said.member_id].user.full_name, join([days.in_words for days in met])
        raise AwayTwice(
            f"{name} est déjà en absence {when}. Modifiez cette absence, ou choisissez d’autres jours."
        )


def _check_cover(said: Said, team: dict[int, Membership], organisation_id: int) -> None:
    if said.cover_id is None:
        return
    if said.cover_id == said.member_id or said.cover_id not in team:
        raise CoverRefused("Choisissez une autre personne du service pour le remplacement.")
    name = team[said.cover_id].user.full_name
    away = days_away(organisation_id, said.cover_id)
    if is_throughout(said.days, away):
        raise CoverRefused(
            f"{name} est en absence pendant tous ces jours\u00a0: choisissez quelqu’un d’autre."
        )
    alone = shared(said.days, away)
    if alone and not said.is_known:
        when = join([days.in_words for days in alone])
        raise CoverAwayToo(
            f"{name} est aussi en absence {when}\u00a0: ces jours-là, personne ne suivra ces dossiers."
            " Choisissez quelqu’un d’autre, ou confirmez votre choix."
        )
