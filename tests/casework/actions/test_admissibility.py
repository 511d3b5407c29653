from datetime import datetime, timedelta

import pytest

from mediane.casework.actions import admit, assign, await_decision, reject, take_up
from mediane.casework.actions.step import ChangedMeanwhile, MoveRefused
from mediane.casework.rules.deadlines import Kind
from mediane.casework.states import Act, Move, State
from mediane.kit import rowsecurity
from mediane.organisations.queries import team_of
from tests.cast import Cast
from tests.stories import a_case, a_studied_case


def test_deciding_on_a_case_nobody_took_up_takes_it_up(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        admit(case=case, notified_on=at.date(), by=cast.claire, at=at)
        case.refresh_from_db()
        acts = list(case.steps.order_by("pk").values_list("act", "source", "target", "by_name"))
        awaited = set(case.deadlines.filter(met_on=None).values_list("kind", flat=True))
    assert (case.state, case.assignee_id, case.admissible_on) == (
        State.UNDER_STUDY,
        cast.claire.id,
        at.date(),
    )
    assert acts[1:] == [
        (Act.ACKNOWLEDGE, "", State.RECEIVED, "Claire Vasseur"),
        (Move.TAKE_UP, State.RECEIVED, State.UNDER_STUDY, "Claire Vasseur"),
        (Act.ADMIT, "", State.UNDER_STUDY, "Claire Vasseur"),
    ]
    assert awaited == {Kind.REPLY}
    assert case.due_what == "Répondre"


def test_deciding_leaves_a_case_in_the_hands_of_who_follows_it(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    later = at + timedelta(days=2)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        admit(case=case, notified_on=later.date(), by=cast.claire, at=later)
        case.refresh_from_db()
        acts = list(case.steps.order_by("pk").values_list("act", flat=True))
    assert case.assignee_id == cast.nadia.id
    assert acts == [Act.FILE, Act.ACKNOWLEDGE, Move.TAKE_UP, Act.ADMIT]


def test_a_decided_case_is_not_taken_up_again(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        admit(case=case, notified_on=at.date(), by=cast.claire, at=at)
        with pytest.raises(MoveRefused, match="Claire Vasseur a agi sur ce dossier"):
            take_up(case=case, by=cast.nadia, at=at)


def test_a_decision_on_a_page_that_changed_takes_nothing_up(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        seen = case.version
        amine = next(member.user for member in team_of(cast.paris.pk) if member.user_id == cast.amine.id)
        assign(case=case, to=amine, by=cast.nadia, at=at)
        with pytest.raises(ChangedMeanwhile, match="Nadia Pruvost"):
            admit(case=case, notified_on=at.date(), seen_version=seen, by=cast.claire, at=at)
        case.refresh_from_db()
    assert (case.assignee_id, case.admissible_on) == (cast.amine.id, None)


def test_nothing_is_awaited_any_more_of_an_inadmissible_case(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    day = at.date()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        await_decision(
            case=case, body="MDPH", reason="", look_again_on=day + timedelta(days=30), by=cast.nadia, at=at
        )
        reject(case=case, reason="UNCLEAR", notified_on=day, by=cast.claire, at=at)
        assert not case.holds.filter(ended_on=None).exists()
