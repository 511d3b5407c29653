"""An appointment is cancelled with the case it was for, or by the person; always with a trace."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions
from mediane.casework.actions.step import ChangedMeanwhile, MoveRefused
from mediane.casework.models import Appointment, Case, Message, Posting, Step
from mediane.casework.queries.postings import waiting as waiting_letters
from mediane.casework.states import Act, AppointmentState, Move, Paper, WhyTransferred
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.notifications.queries import steps_to_announce
from tests.casework.actions.test_appointments import DAY, NBSP, meeting, planned
from tests.casework.actions.test_postings import BY_POST
from tests.casework.actions.test_races import CLOSING, together
from tests.cast import Cast
from tests.stories import a_studied_case

BY_PERSON, BY_SERVICE = AppointmentState.CANCELLED_BY_PERSON, AppointmentState.CANCELLED_BY_SERVICE


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at - 3 * DAY)


def now_of(appointment: Appointment, cast: Cast) -> Appointment:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Appointment.objects.select_related("case").get(pk=appointment.pk)


def cancelled(appointment: Appointment, cast: Cast, at: datetime, reason: str = "") -> None:
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = Appointment.objects.select_related("case__referral", "case__key").get(pk=appointment.pk)
        actions.cancel_own_appointment(
            appointment=own, seen_at=appointment.told_at, reason=reason, by=cast.samira.as_actor(), at=at
        )


@pytest.mark.parametrize("ending", sorted(CLOSING))
def test_whatever_closes_a_case_cancels_what_was_planned(
    case: Case, cast: Cast, at: datetime, ending: str
) -> None:
    first, second = planned(case, cast, at), planned(case, cast, at, 2 * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        CLOSING[ending](case, cast.claire, at)
        waiting = {step.act for step in steps_to_announce(case)}
        steps = Step.objects.filter(case=case, act=Act.CANCEL_APPOINTMENT, is_shared=True).order_by("pk")
        assert [step.by_name for step in steps] == ["Claire Vasseur"] * 2
        assert steps[0].words.startswith(f"Annulé par le service{NBSP}: mardi 10")
    assert Act.CANCEL_APPOINTMENT in waiting
    assert {now_of(one, cast).state for one in (first, second)} == {BY_SERVICE}


def test_a_transfer_and_a_merge_cancel_it_too(case: Case, cast: Cast, at: datetime) -> None:
    other = a_studied_case(cast.samira, cast.claire, at - 2 * DAY)
    moved, joined = planned(case, cast, at), planned(other, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.merge_cases(case=case, other=other, seen_rank=0, by=cast.claire, at=at)
        assert now_of(joined, cast).state == BY_SERVICE
        assert now_of(moved, cast).state == AppointmentState.PLANNED
        actions.set_apart(case=case, other=other, seen_rank=1, by=cast.claire, at=at)
        departure = actions.Departure(
            to=cast.tarn, number="3307154", reason=WhyTransferred.MOVED, moved_on=date(2026, 11, 2)
        )
        actions.transfer(case=case, departure=departure, by=cast.claire, at=at)
    assert now_of(moved, cast).state == BY_SERVICE


@pytest.mark.parametrize("ending", sorted(CLOSING))
def test_whoever_gets_no_email_is_told_by_a_letter_to_print(cast: Cast, at: datetime, ending: str) -> None:
    case = a_studied_case(cast.lucette, cast.claire, at - 3 * DAY, **BY_POST)
    planned(case, cast, at), planned(case, cast, at, 2 * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        CLOSING[ending](case, cast.claire, at)
        waiting = Posting.objects.filter(case=case, kind=Paper.CANCELLED)
        assert [letter.prepared_by for letter in waiting] == ["Claire Vasseur"]
        assert Paper.CANCELLED in {letter.kind for letter in waiting_letters(cast.paris.pk)[0]}


def test_nothing_is_printed_where_an_email_leaves_or_nothing_was_planned(
    case: Case, cast: Cast, at: datetime
) -> None:
    other = a_studied_case(cast.lucette, cast.claire, at - 3 * DAY, **BY_POST)
    planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for one in (case, other):
            actions.withdraw(case=one, by=cast.claire, at=at)
        assert not Posting.objects.filter(kind=Paper.CANCELLED).exists()


def test_an_appointment_whose_hour_came_is_left_for_somebody_to_say(
    case: Case, cast: Cast, at: datetime
) -> None:
    appointment = planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.withdraw(case=case, by=cast.claire, at=at + 2 * DAY)
    assert now_of(appointment, cast).is_planned


def test_who_withdraws_her_request_cancels_its_appointment(case: Case, cast: Cast, at: datetime) -> None:
    appointment = planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = Case.objects.select_related("referral", "key").get(pk=case.pk)
        actions.withdraw(case=own, by=cast.samira.as_actor(), at=at)
    ended = now_of(appointment, cast)
    assert (ended.state, ended.ended_by) == (BY_PERSON, "Samira Belkacem")


def test_a_closing_refused_cancels_nothing(case: Case, cast: Cast, at: datetime) -> None:
    appointment = planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), pytest.raises(ChangedMeanwhile):
        actions.redirect(case=case, reason="OTHER_BODY", body="MDPH", seen_version=1, by=cast.claire, at=at)
    assert now_of(appointment, cast).is_planned


def test_the_person_cancels_and_the_service_sees_it_with_her_reason(
    case: Case, cast: Cast, at: datetime
) -> None:
    appointment = planned(case, cast, at)
    cancelled(appointment, cast, at, reason="Mon fils est hospitalisé.")
    ended = now_of(appointment, cast)
    assert (ended.state, ended.ended_by, ended.case.has_news) == (BY_PERSON, "Samira Belkacem", True)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Message.objects.get(case=case, read_at=None).body == "Mon fils est hospitalisé."
        step = Step.objects.get(case=case, act=Act.CANCEL_APPOINTMENT)
        # Nobody is warned of her own acts.
        assert step.act not in {step.act for step in steps_to_announce(case)}
    assert step.words.startswith(f"Annulé par la personne{NBSP}: mardi 10")


def test_what_she_cancelled_is_still_to_be_read_after_a_merge_undone(
    case: Case, cast: Cast, at: datetime
) -> None:
    other = a_studied_case(cast.samira, cast.claire, at - 2 * DAY)
    cancelled(planned(other, cast, at), cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        pair = {"case": case, "other": other, "by": cast.claire, "at": at}
        actions.merge_cases(seen_rank=0, **pair)
        actions.set_apart(seen_rank=1, **pair)
        assert Case.objects.get(pk=other.pk).has_news


def test_no_reason_is_needed(case: Case, cast: Cast, at: datetime) -> None:
    appointment = planned(case, cast, at)
    cancelled(appointment, cast, at)
    assert now_of(appointment, cast).case.has_news
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Message.objects.filter(case=case).exists()


def test_nobody_else_cancels_it(case: Case, cast: Cast, at: datetime) -> None:
    appointment = now_of(planned(case, cast, at), cast)
    for by in (cast.lucette.as_actor(), cast.claire):
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), pytest.raises(PermissionDenied):
            actions.cancel_own_appointment(appointment=appointment, seen_at=appointment.told_at, by=by, at=at)


def test_moved_ended_or_gone_by_it_is_no_longer_hers_to_cancel(case: Case, cast: Cast, at: datetime) -> None:
    seen = planned(case, cast, at)
    with pytest.raises(actions.AppointmentRefused, match="passée"):
        cancelled(seen, cast, at + 2 * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.move_appointment(
            appointment=now_of(seen, cast), meeting=meeting(at + 3 * DAY), by=cast.nadia, at=at + DAY / 2
        )
    with pytest.raises(ChangedMeanwhile, match="déplacé"):
        cancelled(seen, cast, at + DAY)
    cancelled(now_of(seen, cast), cast, at + DAY)
    with pytest.raises(MoveRefused, match="déjà annulé"):
        cancelled(now_of(seen, cast), cast, at + DAY)


@pytest.mark.parametrize(
    "forged",
    [
        "place = 'Ailleurs'",
        "state = 'held', ended_at = told_at, ended_by = 'Nadia'",
        "state = 'cancelled_by_service', ended_at = told_at, ended_by = 'Nadia'",
        "state = 'cancelled_by_person', ended_at = starts_at, ended_by = 'Samira'",
        "state = 'cancelled_by_person', ended_at = told_at, ended_by = 'Samira', place = 'Ailleurs'",
    ],
)
def test_raw_sql_in_her_name_does_no_more(case: Case, cast: Cast, at: datetime, forged: str) -> None:
    planned(case, cast, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="by its person"), transaction.atomic():
            cursor.execute(f"UPDATE casework_appointment SET {forged}")


@pytest.mark.slow
@pytest.mark.parametrize("against", ["move", "cancel", "answer"])
def test_of_the_person_and_an_agent_at_once_one_wins(
    committed: str, cast: Cast, at: datetime, against: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at - 3 * DAY)
    appointment = planned(case, cast, at)

    def theirs(mine: Case, by: object, at: datetime) -> None:
        one = Appointment.objects.select_related("case").get(pk=appointment.pk)
        if against == "move":
            there = meeting(at + 2 * DAY)
            later = at + timedelta(hours=1)
            actions.move_appointment(appointment=one, meeting=there, by=cast.nadia, at=later)
        elif against == "cancel":
            actions.end_appointment(appointment=one, state=BY_SERVICE, by=cast.nadia, at=at)
        else:
            CLOSING["answer"](mine, cast.claire, at)

    ends = together(case, [lambda *_: cancelled(appointment, cast, at), theirs], cast.claire, at)
    lost = [isinstance(end, Refusal) for end in ends].count(True)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        written = case.steps.filter(act=Act.CANCEL_APPOINTMENT).count()
        moved = case.steps.filter(act=Act.MOVE_APPOINTMENT).count()
        closed = case.steps.filter(act=Move.ANSWER).count()
    # A reply is sent whoever cancelled: only the cancelling happens once.
    assert written + moved == 1
    assert lost == (0 if closed and now_of(appointment, cast).state == BY_PERSON else 1)
