import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.states import Act, Move
from mediane.notifications.rules import TOLD, Kind, Wishes, is_told, kind_for

ANYBODY = "quelqu.un@exemple.fr"


def wishes(*, address: str = ANYBODY, notice: bool = True, receipt: bool = False) -> Wishes:
    return Wishes(address=address, notice_by_email=notice, receipt_by_email=receipt)


@pytest.mark.parametrize("act", [Act.ADMIT, Act.WRITE, Move.ASK_BENEFICIARY, Move.ANSWER, Move.REDIRECT])
def test_what_the_service_does_is_told(act: str) -> None:
    assert is_told(act, "staff")


@pytest.mark.parametrize("act", [Act.WRITE, Move.WITHDRAW, Act.SEND_DOCUMENT, Move.END_BY_LITIGATION])
def test_nobody_is_told_of_their_own_acts(act: str) -> None:
    assert not is_told(act, "person")


@pytest.mark.parametrize("act", [Move.TAKE_UP, Act.ASSIGN, Act.SET_ASIDE, Move.RESUME])
def test_the_kitchen_of_the_service_is_not_told(act: str) -> None:
    assert not is_told(act, "staff")


def test_a_receipt_goes_only_where_the_person_allowed_it() -> None:
    assert kind_for([Act.FILE], wishes(receipt=True)) is Kind.REGISTRATION
    assert kind_for([Act.ACKNOWLEDGE], wishes(receipt=True)) is Kind.ACKNOWLEDGEMENT
    assert kind_for([Act.FILE], wishes()) is Kind.NOTICE


@given(st.lists(st.sampled_from(TOLD), min_size=1), st.booleans())
def test_whoever_said_no_receives_nothing(acts: list[str], receipt: bool) -> None:
    assert kind_for(acts, wishes(notice=False, receipt=receipt)) is Kind.NONE
    assert kind_for(acts, wishes(address="", receipt=receipt)) is Kind.NONE
