from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.money import euros, parse_euros

amounts = st.decimals(0, 999_999_999, places=2)


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


@given(amounts)
def test_what_is_written_is_read_back(amount: Decimal) -> None:
    assert parse_euros(euros(amount)) == amount


@pytest.mark.parametrize(
    "text",
    ["1842,60", "1 842.60 €", "1842.6", " 1\u202f842,60\u00a0€ ", "1842,60 euros", "01842,60€"],
)
def test_the_usual_ways_of_typing_an_amount_are_understood(text: str) -> None:
    assert parse_euros(text) == Decimal("1842.60")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "par exemple 1842,60"),
        ("beaucoup", "par exemple"),
        ("12 50", "par exemple"),
        ("1.842", "par exemple"),
        ("1842,605", "par exemple"),
        ("1e3", "par exemple"),
        ("NaN", "par exemple"),
        ("١٢", "par exemple"),
        ("-12", "sans signe moins"),
        ("−12,00 €", "sans signe moins"),
        ("1000000000", "trop grand"),
    ],
)
def test_a_doubtful_amount_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_euros(text)


@given(st.text("0123456789 .,€-−abc", max_size=14))
def test_whatever_is_read_is_an_amount_we_can_keep(text: str) -> None:
    with suppress(ValueError):
        amount = parse_euros(text)
        assert 0 <= amount < 1_000_000_000
        assert parse_euros(euros(amount)) == amount
