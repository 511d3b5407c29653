from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.money import euros, read_euros


@pytest.mark.parametrize(
    "typed",
    [
        "1842,60",
        "1 842,60",
        "1\u00a0842,60\u00a0€",
        "1\u202f842,6",
        " 1842.60 € ",
        "1842,60 euros",
        "1842,60€",
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str) -> None:
    assert read_euros(typed) == Decimal("1842.60")


@pytest.mark.parametrize(
    "typed", ["", "-5", "18,426", "1,842.60", "1 84,60", "douze", "12,", "1e3", "٣", "12 €€", "0x10", "12 34"]
)
def test_nothing_is_guessed(typed: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        read_euros(typed)


@given(st.decimals(0, 99_999_999, places=2))
def test_what_is_written_is_read_back(amount: Decimal) -> None:
    assert read_euros(euros(amount)) == amount


def test_it_reads_in_french() -> None:
    assert euros(Decimal("1092385.18")) == "1\u00a0092\u00a0385,18\u00a0€"
    assert euros(Decimal("-3")) == "−3,00\u00a0€"
