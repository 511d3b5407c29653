"""The legal scale: what it takes, held to an oracle that adds up cent by cent, and to what the law says."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mediane.debts
from mediane.debts.rules.scale import Scale, Slice, deduction, faults, rate_words, slices_of

SHIPPED = json.loads((Path(mediane.debts.__file__).parent / "fixtures" / "scales.json").read_text())
INCOMES = st.integers(0, 500_000).map(lambda cents: Decimal(cents) / 100)


def shipped(row: dict) -> Scale:
    return Scale(
        date.fromisoformat(row["valid_from"]),
        date.fromisoformat(row["valid_until"]),
        Decimal(row["flat"]),
        slices_of(row["slices"]),
        Decimal(row["deemed"]),
    )


OF_2002, OF_2020 = map(shipped, SHIPPED)
SCALES = st.sampled_from((OF_2002, OF_2020))
# By hand, from the text of each order: (income, deduction).
BY_HAND = [
    (OF_2020, "0", "0"),
    (OF_2020, "30", "30"),
    (OF_2020, "49", "49"),
    (OF_2020, "265.99", "49"),
    (OF_2020, "266", "49"),
    (OF_2020, "396", "81.50"),
    (OF_2020, "593", "150.45"),
    (OF_2020, "792", "240.00"),
    (OF_2020, "1186", "476.40"),
    (OF_2002, "207.48", "31.10"),
    (OF_2002, "311.30", "57.06"),  # 31.10 + 25.955, half a cent upwards
    (OF_2002, "933.90", "368.36"),  # 31.10 + 25.96 + 54.48 + 70.04 + 186.78
]


@pytest.mark.parametrize(("scale", "income", "taken"), BY_HAND)
def test_what_the_orders_take(scale: Scale, income: str, taken: str) -> None:
    assert deduction(scale, Decimal(income)).amount == Decimal(taken)


def oracle(row: dict, income: Decimal) -> Fraction:
    """Cent by cent of income, by the rate of the slice it falls in, without rounding."""
    slices = [(Fraction(one["above"]), Fraction(one["rate"])) for one in row["slices"]]
    taken = Fraction(row["flat"])
    whole = Fraction(income)
    for rank, (above, rate) in enumerate(slices):
        until = slices[rank + 1][0] if rank + 1 < len(slices) else whole
        taken += max(Fraction(0), min(whole, until) - above) * rate / 100
    return min(taken, whole)


@given(row=st.sampled_from(SHIPPED), income=INCOMES)
def test_it_is_what_an_oracle_says_to_half_a_cent_a_slice(row: dict, income: Decimal) -> None:
    found = deduction(shipped(row), income).amount
    assert abs(Fraction(found) - oracle(row, income)) <= Fraction(5, 1000) * len(row["slices"])


@given(scale=SCALES, income=INCOMES, more=INCOMES)
def test_more_income_never_takes_less_nor_more_than_it_adds(
    scale: Scale, income: Decimal, more: Decimal
) -> None:
    before, after = deduction(scale, income).amount, deduction(scale, income + more).amount
    assert before <= after <= before + more + Decimal("0.02")


@given(scale=SCALES, rank=st.integers(0, 3))
def test_nothing_leaps_where_a_slice_begins(scale: Scale, rank: int) -> None:
    edge, cent = scale.slices[rank].above, Decimal("0.01")
    before, at, after = (deduction(scale, one).amount for one in (edge - cent, edge, edge + cent))
    assert at - before <= cent
    assert after - at <= cent


@given(scale=SCALES, income=INCOMES)
def test_it_never_takes_more_than_the_income_and_says_when_it_would(scale: Scale, income: Decimal) -> None:
    found = deduction(scale, income)
    assert 0 <= found.amount <= income
    assert found.is_capped == (income < scale.flat)


@given(scale=SCALES, income=INCOMES)
def test_what_is_shown_adds_up(scale: Scale, income: Decimal) -> None:
    found = deduction(scale, income)
    assert sum(part.counted for part in found.parts) == income
    if not found.is_capped:
        assert sum(part.taken for part in found.parts) == found.amount
    assert found.amount == found.amount.quantize(Decimal("0.01"))


def test_what_ships_contradicts_nothing() -> None:
    assert faults(OF_2002) == faults(OF_2020) == []
    assert [row["source"].split(",")[0] for row in SHIPPED] == [
        "Arrêté du 28 juin 2001",
        "Arrêté du 20 décembre 2019",
    ]


def made(*slices: tuple[str, str, str], flat: str = "10", until: date = date(2027, 12, 31)) -> Scale:
    rows = [{"above": above, "upto": upto, "rate": rate} for above, upto, rate in slices]
    return Scale(date(2027, 1, 1), until, Decimal(flat), slices_of(rows), Decimal(900))


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        (made(("100", "", "25"), until=date(2026, 12, 31)), "avant le premier"),
        (made(("100", "200", "25"), ("250", "", "35")), "commence où finit"),
        (made(("200", "100", "25"), ("100", "", "35")), "commence où finit"),
        (made(("100", "200", "25")), "n’a pas de fin"),
        (made(("100", "", "0")), "taux"),
        (made(("100", "", "101")), "taux"),
        (made(("100", "", "25"), flat="101"), "somme fixe"),
    ],
)
def test_a_scale_that_contradicts_itself_says_why(scale: Scale, said: str) -> None:
    assert said in " ".join(faults(scale))


def test_rates_read_in_french() -> None:
    assert [rate_words(Decimal(rate)) for rate in ("25", "12.50", "100")] == [
        "25\u00a0%",
        "12,5\u00a0%",
        "100\u00a0%",
    ]
    assert Slice(Decimal(1), None, Decimal(2)).upto is None
