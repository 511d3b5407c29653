import json
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.entitlements.rules import MOST, Household, Unbelievable, amounts
from mediane.entitlements.states import Disability, Housing, Right, Zone
from tests.entitlements.stories import a_household

EUROS = st.decimals(0, 9999, places=2)
HOUSEHOLDS = st.builds(
    a_household,
    month=st.dates(),
    age=st.integers(16, 110),
    other_age=st.none() | st.integers(16, 110),
    children=st.lists(st.integers(0, 20), max_size=12).map(tuple),
    wages=EUROS,
    unemployment=EUROS,
    other_wages=EUROS,
    other_unemployment=EUROS,
    rent=EUROS,
    disability=st.sampled_from(Disability),
    housing=st.sampled_from(Housing),
    zone=st.sampled_from(Zone),
)
PLAIN = dict.fromkeys(Right.values, 0.0)


@given(HOUSEHOLDS)
def test_a_household_is_kept_and_read_again_as_it_was(household: Household) -> None:
    assert Household.of_json(json.loads(json.dumps(household.as_json()))) == household


@given(st.dictionaries(st.just("PPA"), st.floats(0, float(MOST))))
def test_amounts_are_read_to_the_cent(told: dict[str, float]) -> None:
    for right, value in amounts(PLAIN | told).items():
        assert abs(float(value) - (PLAIN | told)[right.value]) <= 0.005
        assert value.as_tuple().exponent == -2


@pytest.mark.parametrize("wrong", [-0.01, float(MOST) + 0.01, math.nan, math.inf, "531", None, True, [1.0]])
def test_what_is_no_amount_of_a_month_is_not_believed(wrong: object) -> None:
    with pytest.raises(Unbelievable):
        amounts(PLAIN | {"RSA": wrong})


@pytest.mark.parametrize("told", [[], {}, {"RSA": 1.0}, PLAIN | {"OTHER": 0.0}, "RSA", None])
def test_neither_more_nor_fewer_rights_than_asked_are_believed(told: object) -> None:
    with pytest.raises(Unbelievable):
        amounts(told)


def test_a_cent_is_rounded_as_banks_do() -> None:
    assert amounts(PLAIN | {"PPA": 531.46630859375})[Right.PPA] == Decimal("531.47")
