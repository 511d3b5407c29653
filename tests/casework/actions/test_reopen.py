"""An answer looked at again: within the limit, by the mediator, and nothing of it is lost."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from mediane.casework import actions
from mediane.casework.actions.step import ChangedMeanwhile, MoveRefused
from mediane.casework.models import Case, Closing
from mediane.casework.queries.casefile import casefile
from mediane.casework.queries.own_case import own_case
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import Move, Outcome, State
from mediane.complaints.models import StatusFact
from mediane.kit import rowsecurity
from tests.casework.actions.test_effects import a_change
from tests.cast import Cast
from tests.stories import a_studied_case

END = {"outcome": Outcome.UPHELD, "cause": "OTHER", "grounds": ["OTHER"]}
DAY = timedelta(days=1)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    """Admitted and answered twenty days after it came."""
    case = a_studied_case(cast.samira, cast.nadia, at)
    with staff(cast):
        actions.admit(case=case, notified_on=(at + 2 * DAY).date(), by=cast.claire, at=at + 2 * DAY)
        actions.answer(case=case, by=cast.claire, at=at + 20 * DAY, **END)
    return case


def staff(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def test_it_is_studied_again_and_a_reply_is_promised_again(cast: Cast, at: datetime, case: Case) -> None:
    with staff(cast):
        actions.reopen(case=case, because="Pièce retrouvée", by=cast.claire, at=at + 30 * DAY)
        case.refresh_from_db()
        assert (case.state, case.closed_at) == (State.UNDER_STUDY, None)
        reply = case.deadlines.get(kind=Kind.REPLY)
        assert reply.met_on is None
        assert "après la réouverture du 9\u00a0décembre\u00a02026" in reply.because
        assert reply.due_on == case.due_on == date(2027, 1, 8)
        assert case.deadlines.get(kind=Kind.ADMISSIBILITY).met_on is not None


def test_it_is_answered_again_beside_the_first_reply(cast: Cast, at: datetime, case: Case) -> None:
    with staff(cast):
        actions.reopen(case=case, because="Pièce retrouvée", by=cast.claire, at=at + 30 * DAY)
        actions.answer(case=case, by=cast.claire, at=at + 40 * DAY, **END | {"outcome": Outcome.REVISED})
        assert list(case.closings.order_by("pk").values_list("outcome", flat=True)) == ["upheld", "revised"]
        file = casefile(case)
        assert file.closing is not None
        assert file.closing.outcome == Outcome.REVISED
        assert [one.because for one in file.reopenings] == ["Pièce retrouvée"]
        assert case.closed_at == at + 40 * DAY


@pytest.mark.parametrize(("day", "passes"), [(date(2027, 1, 29), True), (date(2027, 1, 30), False)])
def test_the_limit_is_two_months_to_the_day(
    cast: Cast, at: datetime, case: Case, day: date, *, passes: bool
) -> None:
    late = datetime.combine(day, at.timetz())
    with staff(cast):
        if passes:
            actions.reopen(case=case, because="Dernier jour", by=cast.claire, at=late)
            return
        with pytest.raises(actions.TooLateToReopen, match="depuis le 29\u00a0janvier\u00a02027"):
            actions.reopen(case=case, because="Trop tard", by=cast.claire, at=late)
        case.refresh_from_db()
        assert case.state == State.ANSWERED


def test_only_the_mediator_of_the_caf_reopens(cast: Cast, at: datetime, case: Case) -> None:
    for by in (cast.nadia, cast.remi, cast.samira.as_actor()):
        with staff(cast), pytest.raises(PermissionDenied):
            actions.reopen(case=case, because="Non", by=by, at=at + 21 * DAY)


def test_whoever_comes_second_is_told_and_writes_nothing(cast: Cast, at: datetime, case: Case) -> None:
    with staff(cast):
        seen = case.version
        actions.reopen(case=case, because="Première", seen_version=seen, by=cast.claire, at=at + 21 * DAY)
        with pytest.raises(ChangedMeanwhile):
            actions.reopen(case=case, because="Seconde", seen_version=seen, by=cast.claire, at=at + 22 * DAY)
        with pytest.raises(MoveRefused):
            actions.reopen(case=case, because="Seconde", by=cast.claire, at=at + 22 * DAY)
        assert case.reopenings.count() == 1


@pytest.mark.parametrize("end", ["withdraw", "redirect"])
def test_only_an_answer_is_reopened(cast: Cast, at: datetime, end: str) -> None:
    case = a_studied_case(cast.lucette, cast.nadia, at)
    with staff(cast):
        if end == "withdraw":
            actions.withdraw(case=case, by=cast.claire, at=at + 2 * DAY)
        else:
            actions.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at + 2 * DAY)
        with pytest.raises(MoveRefused, match="Impossible de rouvrir"):
            actions.reopen(case=case, because="Non", by=cast.claire, at=at + 3 * DAY)


def test_the_person_reads_it_and_never_why(cast: Cast, at: datetime, case: Case) -> None:
    with staff(cast):
        actions.reopen(case=case, because="Erreur de ma part", by=cast.claire, at=at + 30 * DAY)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        situation = own_case(Case.objects.get(pk=case.pk)).situation
        assert situation.reopened_on == date(2026, 12, 9)
        assert not case.reopenings.exists()
        with pytest.raises(ProgrammingError), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(state=State.ANSWERED, closed_at=at)
        step = case.steps.get(act=Move.REOPEN)
        assert (step.is_shared, step.words) == (True, "")


def test_the_register_knows_it_is_open_again(cast: Cast, at: datetime, case: Case) -> None:
    with staff(cast):
        actions.reopen(case=case, because="À revoir", by=cast.claire, at=at + 30 * DAY)
        told = (
            StatusFact.objects.filter(reference=case.reference).order_by("pk").values_list("fact", flat=True)
        )
        assert list(told)[-2:] == ["closed", "reopened"]


def test_a_reopening_is_never_changed(cast: Cast, at: datetime, case: Case) -> None:
    with staff(cast):
        actions.reopen(case=case, because="À revoir", by=cast.claire, at=at + 30 * DAY)
        for change in (
            lambda: case.reopenings.update(because="Autre"),
            lambda: case.reopenings.all().delete(),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()
        with pytest.raises(IntegrityError), transaction.atomic():
            case.reopenings.create(
                organisation=cast.paris, case=case, closed_at=at, because="", reopened_at=at, reopened_by="X"
            )


def test_no_effect_is_not_said_over_recorded_amounts(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    nothing = actions.Analysis(error_type="NONE", is_without_effect=True)
    with staff(cast):
        line = actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)
        with pytest.raises(actions.MoneyRecorded), transaction.atomic():
            actions.answer(case=case, analysis=nothing, by=cast.claire, at=at + 2 * DAY, **END)
        actions.correct_effect(effect=line, change=a_change(after="0"), by=cast.nadia, at=at)
        actions.answer(case=case, analysis=nothing, by=cast.claire, at=at + 2 * DAY, **END)
        assert Closing.objects.get(case=case).is_without_effect
