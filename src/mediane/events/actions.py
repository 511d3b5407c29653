"""The verbs of events: entered, said better, taken away when entered by mistake."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mediane.catalogue.models import EventKind
from mediane.catalogue.queries import every
from mediane.events import rights
from mediane.events.models import Event
from mediane.events.rules import is_plausible
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id


class ImplausibleDay(Refusal):
    """A year was mistyped."""


class UnknownKind(Refusal):
    """Not a kind of the list."""


class EventChanged(Refusal):
    """Somebody else changed it, or took it away, since the form was shown."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """`kind` is a code of the catalogue; the outcome comes later for what is only in the diary."""

    on: date
    kind: str
    title: str
    with_whom: str = ""
    outcome: str = ""


@transaction.atomic
def enter_event(*, told: Told, by: Actor, at: datetime, entry_key: UUID | None = None) -> Event:
    """
    :raises ImplausibleDay: too far in the past or to come.
    :raises AlreadySent: if the page wrote another event.
    """
    _require(rights.may_enter(by))
    _check(told, by.organisation_id, at)
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": by.organisation_id}
    if first := written_by_page(Event, **page, **asdict(told)):
        return first
    event = Event.objects.create(**page, **asdict(told), entered_at=at, entered_by=by.name)
    record(verb="enter_event", subject=("event", str(event.pk)), by=by, at=at)
    return event


@transaction.atomic
def change_event(*, event: Event, told: Told, seen_version: int, by: Actor, at: datetime) -> Event:
    """:raises EventChanged: if somebody else was first."""
    _require(rights.may_change(by, event))
    _check(told, event.organisation_id, at)
    _hold(event, seen_version)
    values = asdict(told) | {"version": event.version + 1}
    for name, value in values.items():
        setattr(event, name, value)
    rows.change(event, tuple(values))
    record(verb="change_event", subject=("event", str(event.pk)), by=by, at=at)
    return event


@transaction.atomic
def remove_event(*, event: Event, seen_version: int, by: Actor, at: datetime) -> None:
    """Entered by mistake; the journal keeps that it was there. A frozen report keeps its own words.

    :raises EventChanged: if somebody changed it meanwhile: read it before taking it away.
    """
    _require(rights.may_change(by, event))
    _hold(event, seen_version)
    number = str(event.pk)
    event.delete()
    record(verb="remove_event", subject=("event", number), by=by, at=at)


def _check(told: Told, organisation_id: int, at: datetime) -> None:
    if told.kind not in every(EventKind):
        raise UnknownKind("Choisissez un genre dans la liste.")
    if not is_plausible(told.on, today=clock.day_of(at, by_id(organisation_id).time_zone)):
        raise ImplausibleDay("Vérifiez l’année\u00a0: cette date est trop lointaine.")


def _hold(event: Event, seen_version: int) -> None:
    try:
        rows.hold(event)
    except Event.DoesNotExist as gone:
        raise EventChanged("Une autre personne a retiré cet événement.") from gone
    if event.version != seen_version:
        raise EventChanged(
            "Une autre personne a modifié cet événement. Relisez-le, puis enregistrez de nouveau."
        )


def _require(answer: bool) -> None:
    """:raises PermissionDenied: when a right is missing; no screen proposes what is not allowed."""
    if not answer:
        raise PermissionDenied
