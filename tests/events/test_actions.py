"""Events: entered in seconds, read in the order of their days, of one Caf alone."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from mediane.events import actions
from mediane.events.actions import EventChanged, ImplausibleDay, Told, UnknownKind
from mediane.events.models import Event
from mediane.events.queries import events_of, years_of
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from tests.cast import Cast

MORNING = Told(on=date(2026, 6, 4), kind="PARTNERS", title="Matinée des centres sociaux")


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def told(**differs: Any) -> Told:
    return Told(**{"on": MORNING.on, "kind": MORNING.kind, "title": MORNING.title} | differs)


def test_the_events_of_a_year_come_in_the_order_of_their_days(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        for day in (date(2026, 12, 31), date(2026, 1, 1), date(2025, 12, 31), date(2027, 1, 1)):
            actions.enter_event(told=told(on=day), by=cast.nadia, at=at)
        assert [event.on for event in events_of(cast.paris.pk, 2026)] == [
            date(2026, 1, 1),
            date(2026, 12, 31),
        ]
        assert events_of(cast.paris.pk, 2024) == []
        assert years_of(cast.paris.pk) == [2027, 2026, 2025]


def test_an_event_is_said_better_and_the_journal_keeps_who_did(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        event = actions.enter_event(told=MORNING, by=cast.nadia, at=at)
        better = told(outcome="Un relais par quartier.")
        actions.change_event(event=event, told=better, seen_version=1, by=cast.claire, at=at)
        event.refresh_from_db()
        assert (event.outcome, event.version, event.entered_by) == (better.outcome, 2, cast.nadia.name)
        verbs = Entry.objects.filter(subject_kind="event").order_by("pk").values_list("verb", flat=True)
        assert list(verbs) == ["enter_event", "change_event"]


def test_whoever_comes_second_is_told_so(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        event = actions.enter_event(told=MORNING, by=cast.nadia, at=at)
        actions.change_event(event=event, told=told(title="Autre"), seen_version=1, by=cast.claire, at=at)
        with pytest.raises(EventChanged, match="a modifié"):
            actions.change_event(event=event, told=MORNING, seen_version=1, by=cast.nadia, at=at)
        with pytest.raises(EventChanged, match="a modifié"):
            actions.remove_event(event=event, seen_version=1, by=cast.nadia, at=at)
        seen_twice = Event.objects.get(pk=event.pk)
        actions.remove_event(event=event, seen_version=2, by=cast.nadia, at=at)
        with pytest.raises(EventChanged, match="a retiré"):
            actions.change_event(event=seen_twice, told=MORNING, seen_version=2, by=cast.claire, at=at)


def test_a_mistyped_year_and_an_unknown_kind_are_refused(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        for day in (date(206, 6, 4), date(2009, 12, 31), at.date() + timedelta(days=731)):
            with pytest.raises(ImplausibleDay):
                actions.enter_event(told=told(on=day), by=cast.nadia, at=at)
        with pytest.raises(UnknownKind):
            actions.enter_event(told=told(kind="PICNIC"), by=cast.nadia, at=at)


def test_another_caf_neither_reads_nor_changes_it(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        event = actions.enter_event(told=MORNING, by=cast.nadia, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert events_of(cast.paris.pk, 2026) == []
        with pytest.raises(PermissionDenied):
            actions.change_event(event=event, told=MORNING, seen_version=1, by=cast.remi, at=at)


def test_the_head_reads_and_writes_nothing_and_the_person_sees_none(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        actions.enter_event(told=MORNING, by=cast.nadia, at=at)
    with rowsecurity.working_for(rowsecurity.head(cast.paris.pk)):
        assert len(events_of(cast.paris.pk, 2026)) == 1
        with pytest.raises(PermissionDenied):
            actions.enter_event(told=MORNING, by=cast.agnes, at=at)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Event.objects.create(
                organisation=cast.paris, on=MORNING.on, kind="OTHER", title="x", entered_at=at
            )
    for context in (rowsecurity.person(cast.samira.pk), rowsecurity.public(), rowsecurity.signin()):
        with rowsecurity.working_for(context):
            assert not Event.objects.exists()
