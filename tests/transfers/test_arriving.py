"""A number that leads to somebody else stops a parcel: only a human of the receiving Caf lets it go on."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.models import Case
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.kit.text import fold
from mediane.people.models import Beneficiary
from mediane.transfers import actions
from mediane.transfers.models import Parcel
from mediane.transfers.rules.same_person import bears_the_name
from mediane.transfers.states import Stage
from tests.cast import Cast
from tests.stories import a_case
from tests.transfers.moving import packed, taken_in

LATER = timedelta(days=5)


@pytest.fixture
def stopped(cast: Cast, at: datetime) -> Parcel:
    """Sent under the number of Awa Traoré."""
    parcel = packed(a_case(cast.samira, at), cast, at + LATER, number=cast.awa.number)
    assert taken_in(parcel, cast, at + LATER) is None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        return Parcel.objects.get(pk=parcel.pk)


def test_nothing_is_opened_to_somebody_of_another_name(cast: Cast, stopped: Parcel) -> None:
    assert stopped.stage is Stage.STOPPED
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Case.objects.count() == 0
    with rowsecurity.working_for(rowsecurity.person(cast.awa.pk)):
        assert Case.objects.count() == Parcel.objects.count() == 0


def test_the_right_number_lets_it_go_on(cast: Cast, at: datetime, stopped: Parcel) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        actions.give_number(parcel=stopped, number="8123456", by=cast.remi, at=at + LATER)
    there = taken_in(stopped, cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Beneficiary.objects.get(pk=there.beneficiary_id).full_name == "Samira Belkacem"
        with pytest.raises(Refusal, match="plus de vérification"):
            actions.give_number(parcel=stopped, number="8123456", by=cast.remi, at=at + LATER)


def test_the_same_person_under_another_name_is_said_to_be_so(
    cast: Cast, at: datetime, stopped: Parcel
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        actions.give_number(parcel=stopped, number=cast.awa.number, by=cast.remi, at=at + LATER)
    there = taken_in(stopped, cast, at + LATER)
    assert there is not None
    assert there.beneficiary_id == cast.awa.pk


def test_only_the_receiving_caf_says_whose_it_is(cast: Cast, at: datetime, stopped: Parcel) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), pytest.raises(PermissionDenied):
        actions.give_number(parcel=stopped, number="8123456", by=cast.claire, at=at + LATER)


names = st.text("abcdeéèçñ -’", min_size=1, max_size=12).filter(lambda text: fold(text) != "")


@given(names, names)
def test_a_name_is_borne_in_any_order_and_whatever_its_accents(first: str, last: str) -> None:
    assert bears_the_name(fold(f"{first} {last}"), first.upper(), last)
    assert not bears_the_name(fold(f"{first} {last} x"), first, last)
