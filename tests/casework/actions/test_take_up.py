from datetime import datetime

import pytest

from mediane.casework.actions import take_up
from mediane.casework.actions.step import MoveRefused
from mediane.casework.states import State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case


def test_the_second_comes_too_late_and_is_told_who_was_first(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        take_up(case=case, by=cast.claire, at=at)
        with pytest.raises(MoveRefused, match="Claire Vasseur a agi avant vous le 9 novembre 2026"):
            take_up(case=case, by=cast.nadia, at=at)
        case.refresh_from_db()
    assert case.state == State.UNDER_STUDY
    assert case.assignee_id == cast.claire.id
