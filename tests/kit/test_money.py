from decimal import Decimal

import pytest

from mediane.kit.money import euros


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("1092385.18", "1\u00a0092\u00a0385,18\u00a0€"),
        ("0", "0,00\u00a0€"),
        ("12", "12,00\u00a0€"),
        ("0.005", "0,01\u00a0€"),
        ("-0.001", "0,00\u00a0€"),
        ("-1842.6", "−1\u00a0842,60\u00a0€"),
    ],
)
def test_money_is_written_the_french_way(amount: str, written: str) -> None:
    assert euros(Decimal(amount)) == written
