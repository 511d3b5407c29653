"""An appointment is set, moved, ended once; and never in the past."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mediane.casework import actions
from mediane.casework.actions.step import ChangedMeanwhile, MoveRefused
from mediane.casework.models import Appointment, Case, Step
from mediane.casework.queries.casefile import casefile
from mediane.casework.queries.spoken import own_appointments, planned_between
from mediane.casework.rules.meetings import Meeting
from mediane.casework.states import Act, AppointmentState, Way
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from tests.casework.actions.test_races import together
from tests.cast import Cast
from tests.stories import a_studied_case

DAY = timedelta(days=1)
NBSP = "\u00a0"


def meeting(starts_at: datetime, **differs: Any) -> Meeting:
    return Meeting(**{"way": Way.PHONE, "starts_at": starts_at, "place": "06 39 98 41 27"} | differs)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at - 3 * DAY)


def planned(case: Case, cast: Cast, at: datetime, after: timedelta = DAY) -> Appointment:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.set_appointment(case=case, meeting=meeting(at + after), by=cast.nadia, at=at)


def last_step(case: Case, cast: Cast) -> Step:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return case.steps.order_by("-pk")[0]


def test_set_then_moved_the_time_line_keeps_both_moments(case: Case, cast: Cast, at: datetime) -> None:
    appointment = planned(case, cast, at)
    first = f"mardi 10{NBSP}novembre{NBSP}2026 à 14{NBSP}h{NBSP}41, par téléphone"
    assert (last_step(case, cast).act, last_step(case, cast).words) == (Act.SET_APPOINTMENT, first)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.move_appointment(
            appointment=appointment,
            meeting=meeting(at + 2 * DAY, way=Way.DESK, place="Bureau 12"),
            by=cast.claire,
            at=at,
        )
    step = last_step(case, cast)
    assert (step.act, step.is_shared) == (Act.MOVE_APPOINTMENT, True)
    assert step.words.startswith("mercredi 11")
    assert step.words.endswith(f"(avant{NBSP}: {first})")


def test_it_shows_on_the_case_in_the_space_and_in_the_plan_of_the_day(
    case: Case, cast: Cast, at: datetime
) -> None:
    planned(case, cast, at, 2 * DAY)
    planned(case, cast, at, DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        shown = casefile(actions.consult(reference=case.reference, by=cast.claire, at=at)).appointments
        coming = planned_between(organisation=cast.paris.pk, since=at, until=at + 36 * timedelta(hours=1))
    assert [one.appointment.rank for one in shown] == [2, 1]
    assert [(one.rank, one.case.beneficiary.full_name) for one in coming] == [(2, "Samira Belkacem")]
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = own_appointments(Case.objects.select_related("organisation").get(pk=case.pk))
    assert [one.when for one in own] == [one.when for one in shown]
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        assert Appointment.objects.count() == 0


@pytest.mark.parametrize(
    ("after", "words"), [(timedelta(0), "moment à venir"), (400 * DAY, "jour plus proche")]
)
def test_no_appointment_in_the_past_nor_in_years(
    case: Case, cast: Cast, at: datetime, after: timedelta, words: str
) -> None:
    with pytest.raises(actions.AppointmentRefused, match=words):
        planned(case, cast, at, after)


def test_held_or_missed_is_only_known_afterwards(case: Case, cast: Cast, at: datetime) -> None:
    appointment = planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(actions.AppointmentRefused, match="pas encore eu lieu"):
            actions.end_appointment(
                appointment=appointment, state=AppointmentState.HELD, by=cast.nadia, at=at
            )
        actions.end_appointment(
            appointment=appointment, state=AppointmentState.MISSED, by=cast.nadia, at=at + 2 * DAY
        )
    assert (last_step(case, cast).act, last_step(case, cast).is_shared) == (Act.END_APPOINTMENT, False)


def test_a_cancellation_says_by_whom_and_the_person_is_told(case: Case, cast: Cast, at: datetime) -> None:
    appointment, state = planned(case, cast, at), AppointmentState.CANCELLED_BY_PERSON
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.end_appointment(appointment=appointment, state=state, by=cast.nadia, at=at)
    step = last_step(case, cast)
    assert (step.act, step.is_shared) == (Act.CANCEL_APPOINTMENT, True)
    assert step.words.startswith(f"Annulé par la personne{NBSP}: mardi 10")


def test_what_ended_never_changes_even_in_raw_sql(case: Case, cast: Cast, at: datetime) -> None:
    appointment = planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.end_appointment(
            appointment=appointment, state=AppointmentState.CANCELLED_BY_SERVICE, by=cast.nadia, at=at
        )
        with pytest.raises(MoveRefused, match=r"Nadia Pruvost a déjà conclu.*annulé par le service"):
            actions.move_appointment(
                appointment=appointment, meeting=meeting(at + DAY), by=cast.claire, at=at
            )
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Appointment.objects.filter(pk=appointment.pk).update(place="ailleurs")


def test_in_a_closed_case_nothing_is_set_but_what_was_is_ended(case: Case, cast: Cast, at: datetime) -> None:
    appointment, later = planned(case, cast, at), at + 2 * DAY
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.withdraw(case=case, by=cast.claire, at=later)
        with pytest.raises(MoveRefused, match="clos"):
            actions.set_appointment(case=case, meeting=meeting(later + DAY), by=cast.nadia, at=later)
        with pytest.raises(MoveRefused, match="clos"):
            actions.move_appointment(
                appointment=appointment, meeting=meeting(later + DAY), by=cast.nadia, at=later
            )
        actions.end_appointment(appointment=appointment, state=AppointmentState.HELD, by=cast.nadia, at=later)
    assert appointment.state == AppointmentState.HELD


def test_who_saw_an_older_case_is_told_so(case: Case, cast: Cast, at: datetime) -> None:
    seen = case.version
    planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(ChangedMeanwhile, match=r"Nadia Pruvost a agi.*Rendez-vous fixé"):
            actions.set_appointment(
                case=case, meeting=meeting(at + DAY), seen_version=seen, by=cast.claire, at=at
            )


@pytest.mark.slow
@pytest.mark.parametrize("pair", ["set set", "move move", "move cancel", "cancel cancel"])
def test_of_two_agents_at_once_one_wins(committed: str, cast: Cast, at: datetime, pair: str) -> None:
    case = a_studied_case(cast.samira, cast.claire, at - 3 * DAY)
    appointment = planned(case, cast, at)
    seen = case.version

    def fresh(mine: Case) -> Appointment:
        return Appointment.objects.select_related("case").get(pk=appointment.pk)

    verbs = {
        "set": lambda mine, by, at: actions.set_appointment(
            case=mine, meeting=meeting(at + DAY), seen_version=seen, by=by, at=at
        ),
        "move": lambda mine, by, at: actions.move_appointment(
            appointment=fresh(mine), meeting=meeting(at + 2 * DAY), seen_version=seen, by=by, at=at
        ),
        "cancel": lambda mine, by, at: actions.end_appointment(
            appointment=fresh(mine),
            state=AppointmentState.CANCELLED_BY_SERVICE,
            seen_version=seen,
            by=by,
            at=at,
        ),
    }
    ends = together(case, [verbs[name] for name in pair.split()], cast.claire, at)
    assert [isinstance(end, Refusal) for end in ends].count(True) == 1
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        assert case.version == seen + 1
