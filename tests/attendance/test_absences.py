"""Absences: declared by whom may, never twice on one day, covered by somebody who is there."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from mediane.attendance.actions import absences
from mediane.attendance.actions.absences import (
    AbsenceChanged,
    AwayTwice,
    CoverAwayToo,
    CoverRefused,
    DaysRefused,
)
from mediane.attendance.models import Absence
from mediane.attendance.queries.absences import board, covered_by, running
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from tests.attendance.away import away, of
from tests.cast import Cast

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 20)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def test_one_declares_ones_own_and_the_mediator_that_of_an_officer(cast: Cast, at: datetime) -> None:
    away(cast.nadia, cast.amine, FIRST, LAST, at)
    away(cast.amine, None, FIRST + timedelta(30), LAST + timedelta(30), at, by=cast.claire)
    with in_paris(cast):
        for member, by in ((cast.amine, cast.nadia), (cast.claire, cast.nadia), (cast.agnes, cast.claire)):
            with pytest.raises(PermissionDenied):
                absences.declare(said=of(member, None, FIRST, LAST), by=by, at=at)
        lines = (
            Entry.objects.filter(verb="declare_absence").order_by("pk").values_list("actor_name", flat=True)
        )
        assert list(lines) == [cast.nadia.name, cast.claire.name]


def test_nobody_is_away_twice_on_one_day(cast: Cast, at: datetime) -> None:
    away(cast.nadia, cast.amine, FIRST, LAST, at)
    with in_paris(cast):
        for first, last in ((LAST, LAST), (FIRST - timedelta(3), FIRST), (FIRST, LAST + timedelta(9))):
            with pytest.raises(AwayTwice, match="Nadia Pruvost est déjà en absence du 16 au 20"):
                absences.declare(said=of(cast.nadia, None, first, last), by=cast.nadia, at=at)
        absences.declare(
            said=of(cast.nadia, None, LAST + timedelta(1), LAST + timedelta(1)), by=cast.nadia, at=at
        )


def test_the_database_refuses_it_too(cast: Cast, at: datetime) -> None:
    away(cast.nadia, cast.amine, FIRST, LAST, at)
    with in_paris(cast):
        said = {"first_on": LAST, "last_on": LAST, "declared_at": at, "declared_by": "x", "declared_by_id": 1}
        for member, cover in ((cast.nadia, None), (cast.amine, cast.amine)):
            with pytest.raises(IntegrityError), transaction.atomic():
                Absence.objects.create(
                    organisation=cast.paris, member_id=member.id, cover_id=cover and cover.id, **said
                )
        with pytest.raises(IntegrityError, match="works_here"), transaction.atomic():
            Absence.objects.create(
                organisation=cast.paris, member_id=cast.amine.id, cover_id=cast.remi.id, **said
            )
            transaction.get_connection().check_constraints()


def test_a_cover_is_of_the_service_and_somebody_else(cast: Cast, at: datetime) -> None:
    with in_paris(cast):
        for cover in (cast.nadia, cast.remi, cast.agnes):
            with pytest.raises(CoverRefused, match="une autre personne du service"):
                absences.declare(said=of(cast.nadia, cover, FIRST, LAST), by=cast.nadia, at=at)


def test_a_cover_who_is_away_too_is_told_with_the_days(cast: Cast, at: datetime) -> None:
    away(cast.amine, None, FIRST, FIRST + timedelta(1), at)
    with in_paris(cast):
        said = of(cast.nadia, cast.amine, FIRST, LAST)
        with pytest.raises(CoverAwayToo, match="Amine Djebbari est aussi en absence du 16 au 17"):
            absences.declare(said=said, by=cast.nadia, at=at)
        inside = of(cast.nadia, cast.amine, FIRST, FIRST + timedelta(1), is_known=True)
        with pytest.raises(CoverRefused, match="pendant tous ces jours"):
            absences.declare(said=inside, by=cast.nadia, at=at)
        absences.declare(said=of(cast.nadia, cast.amine, FIRST, LAST, is_known=True), by=cast.nadia, at=at)
        (shown,) = [one for one in board(cast.paris.pk, at.date()).to_come if one.alone]
        assert [days.in_words for days in shown.alone] == ["du 16 au 17\u00a0novembre\u00a02026"]


def test_days_that_are_over_upside_down_or_mistyped_are_refused(cast: Cast, at: datetime) -> None:
    today = at.date()
    with in_paris(cast):
        for first, last, words in (
            (LAST, FIRST, "avant le premier"),
            (today - timedelta(3), today - timedelta(1), "Ces jours sont passés"),
            (date(2025, 11, 16), LAST, "Vérifiez l’année"),
            (FIRST, date(2206, 11, 20), "Vérifiez l’année"),
        ):
            with pytest.raises(DaysRefused, match=words):
                absences.declare(said=of(cast.nadia, None, first, last), by=cast.nadia, at=at)


def test_today_is_that_of_the_caf(cast: Cast) -> None:
    # 23 h 30 on the 15th for UTC, half past midnight on the 16th in Paris.
    late = datetime.fromisoformat("2026-11-15T23:30:00+00:00")
    with in_paris(cast):
        with pytest.raises(DaysRefused, match="passés"):
            day = date(2026, 11, 15)
            absences.declare(said=of(cast.nadia, None, day, day), by=cast.nadia, at=late)


def test_during_the_absence_the_cover_stands_in_and_then_no_more(cast: Cast, at: datetime) -> None:
    away(cast.nadia, cast.amine, FIRST, LAST, at)
    with in_paris(cast):
        for day, names in (
            (FIRST - timedelta(1), []),
            (FIRST, ["Nadia Pruvost"]),
            (LAST, ["Nadia Pruvost"]),
            (LAST + timedelta(1), []),
        ):
            found = covered_by(cast.amine.id, running(cast.paris.pk, day))
            assert [one.member.full_name for one in found] == names


def test_whoever_comes_back_early_is_back_today(cast: Cast, at: datetime) -> None:
    absence = away(cast.nadia, cast.amine, FIRST, LAST, at)
    wednesday = at + timedelta(days=9)
    with in_paris(cast):
        absences.end(absence=absence, seen_version=1, by=cast.nadia, at=wednesday)
        assert running(cast.paris.pk, wednesday.date()) == []
        assert Absence.objects.get().last_on == wednesday.date() - timedelta(1)
        with pytest.raises(AbsenceChanged, match="terminée depuis le 17"):
            absences.end(absence=absence, seen_version=2, by=cast.nadia, at=wednesday)


def test_what_did_not_begin_is_taken_away(cast: Cast, at: datetime) -> None:
    absence = away(cast.nadia, cast.amine, FIRST, LAST, at)
    with in_paris(cast):
        absences.end(absence=absence, seen_version=1, by=cast.claire, at=at)
        assert not Absence.objects.exists()
        with pytest.raises(AbsenceChanged, match="a retiré"):
            absences.end(
                absence=Absence(pk=absence.pk, organisation=cast.paris, member_id=cast.nadia.id),
                seen_version=1,
                by=cast.nadia,
                at=at,
            )


def test_a_first_day_that_came_does_not_change_and_the_second_person_is_told(
    cast: Cast, at: datetime
) -> None:
    absence = away(cast.nadia, cast.amine, FIRST, LAST, at)
    tuesday = at + timedelta(days=8)
    with in_paris(cast):
        with pytest.raises(DaysRefused, match="a commencé le 16"):
            said = of(cast.nadia, None, FIRST + timedelta(1), LAST)
            absences.change(absence=absence, said=said, seen_version=1, by=cast.nadia, at=tuesday)
        longer = of(cast.nadia, cast.claire, FIRST, LAST + timedelta(7))
        absences.change(absence=absence, said=longer, seen_version=1, by=cast.claire, at=tuesday)
        with pytest.raises(AbsenceChanged, match="a modifié"):
            absences.change(absence=absence, said=longer, seen_version=1, by=cast.nadia, at=tuesday)
        with pytest.raises(PermissionDenied):
            absences.change(absence=absence, said=longer, seen_version=2, by=cast.amine, at=tuesday)


def test_a_page_sent_twice_declares_once(cast: Cast, at: datetime) -> None:
    key, said = uuid4(), of(cast.nadia, cast.amine, FIRST, LAST)
    with in_paris(cast):
        first = absences.declare(said=said, by=cast.nadia, at=at, entry_key=key)
        assert absences.declare(said=said, by=cast.nadia, at=at, entry_key=key) == first
        assert Absence.objects.count() == 1


def test_another_caf_sees_and_changes_nothing(cast: Cast, at: datetime) -> None:
    absence = away(cast.nadia, cast.amine, FIRST, LAST, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert running(cast.paris.pk, FIRST) == []
        with pytest.raises(PermissionDenied):
            absences.end(absence=absence, seen_version=1, by=cast.remi, at=at)
    for context in (rowsecurity.head(cast.paris.pk), rowsecurity.person(cast.samira.pk)):
        with rowsecurity.working_for(context):
            assert not Absence.objects.exists()
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Absence.objects.create(
                    organisation=cast.paris, member_id=cast.nadia.id, first_on=FIRST, last_on=LAST,
                    declared_at=at, declared_by="x", declared_by_id=1,
                )  # fmt: skip
