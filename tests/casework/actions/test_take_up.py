from datetime import datetime, timedelta

import pytest

from mediane.accounts.models import User
from mediane.casework.actions import acknowledge, assign, take_up, withdraw
from mediane.casework.actions.step import ChangedMeanwhile, MoveRefused
from mediane.casework.models import Case
from mediane.casework.rules.sentences import too_late
from mediane.casework.states import State
from mediane.journal.rules import system
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case, a_studied_case


def test_the_second_comes_too_late_and_is_told_who_was_first(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        take_up(case=case, by=cast.claire, at=at)
        with pytest.raises(MoveRefused, match="Claire Vasseur a agi sur ce dossier le 9 novembre 2026"):
            take_up(case=case, by=cast.nadia, at=at)
        case.refresh_from_db()
    assert case.state == State.UNDER_STUDY
    assert case.assignee_id == cast.claire.id


def test_an_acknowledgement_by_the_clock_undoes_nothing_done_meanwhile(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        seen_by_the_job = Case.objects.select_related("organisation").get(pk=case.pk)
        assign(case=case, to=User.objects.get(pk=cast.amine.id), by=cast.claire, at=at)
        acknowledge(case=seen_by_the_job, by=system(cast.paris.pk), at=at)
        case.refresh_from_db()
    assert (case.state, case.assignee_id) == (State.UNDER_STUDY, cast.amine.id)


def test_whoever_comes_too_late_reads_the_hour_of_their_own_caf(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        take_up(case=case, by=cast.claire, at=at)
        step = case.steps.latest("pk")
    assert "à 14\u00a0h\u00a041" in too_late(step, "À l’étude", "Europe/Paris")
    assert "à 17\u00a0h\u00a041" in too_late(step, "À l’étude", "Indian/Reunion")


def test_giving_a_case_to_who_already_follows_it_writes_nothing(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.amine, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        before = case.version, case.steps.count()
        assign(case=case, to=User.objects.get(pk=cast.amine.id), by=cast.claire, at=at + timedelta(days=2))
        case.refresh_from_db()
        assert (case.version, case.steps.count()) == before


def test_giving_a_case_to_who_already_follows_it_still_tells_what_changed(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.amine, at)
    later = at + timedelta(days=2)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        amine = User.objects.get(pk=cast.amine.id)
        with pytest.raises(ChangedMeanwhile, match="Amine Djebbari"):
            assign(case=case, to=amine, seen_version=case.version - 1, by=cast.claire, at=later)
        withdraw(case=case, by=cast.claire, at=later)
        with pytest.raises(MoveRefused, match="clos"):
            assign(case=case, to=amine, by=cast.claire, at=later)
