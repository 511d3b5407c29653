from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mediane.debts.rules.schedule import Debt, ends, in_order, schedule

FIRST = date(2020, 3, 1)
AMOUNTS = st.integers(1, 100_000).map(lambda cents: Decimal(cents) / 100)
DEBTS = st.lists(
    st.builds(Debt, st.sampled_from("ABC"), st.dates(date(2019, 1, 1), date(2019, 3, 1)), AMOUNTS),
    min_size=1,
    max_size=6,
)
TAKEN = st.integers(2_000, 60_000).map(lambda cents: Decimal(cents) / 100)


def test_the_oldest_first_and_of_the_same_day_the_smaller() -> None:
    old = Debt("APL", date(2019, 1, 4), Decimal(900))
    small = Debt("Prime", date(2019, 5, 2), Decimal(100))
    large = Debt("RSA", date(2019, 5, 2), Decimal(400))
    assert in_order([large, small, old]) == [old, small, large]


def test_what_one_debt_does_not_take_of_a_month_goes_to_the_next() -> None:
    debts = [Debt("APL", date(2019, 1, 4), Decimal("150")), Debt("RSA", date(2019, 5, 2), Decimal("80"))]
    months = schedule(debts, Decimal(100), FIRST, most=120)
    assert [month.taken for month in months] == [
        (("APL", Decimal(100)),),
        (("APL", Decimal(50)), ("RSA", Decimal(50))),
        (("RSA", Decimal(30)),),
    ]
    assert [month.left for month in months] == [130, 30, 0]
    assert [month.month for month in months] == [date(2020, 3, 1), date(2020, 4, 1), date(2020, 5, 1)]
    assert [(end.debt.name, end.rank) for end in ends(debts, Decimal(100), FIRST)] == [("APL", 2), ("RSA", 3)]


@given(debts=DEBTS, amount=TAKEN)
def test_the_schedule_pays_every_debt_to_the_cent(debts: list[Debt], amount: Decimal) -> None:
    months = schedule(debts, amount, FIRST, most=10_000)
    owed = sum(debt.amount for debt in debts)
    assert sum(month.amount for month in months) == owed
    for name in {debt.name for debt in debts}:
        paid = sum(taken for month in months for called, taken in month.taken if called == name)
        assert paid == sum(debt.amount for debt in debts if debt.name == name)
    assert all(month.amount == amount for month in months[:-1])
    assert 0 < months[-1].amount <= amount
    assert months[-1].left == 0
    assert [month.left for month in months] == sorted((month.left for month in months), reverse=True)


@given(debts=DEBTS, amount=TAKEN)
def test_ends_are_those_of_the_schedule(debts: list[Debt], amount: Decimal) -> None:
    months, told = schedule(debts, amount, FIRST, most=10_000), ends(debts, amount, FIRST)
    assert told[-1].rank == len(months)
    paid = Decimal(0)
    for end in told:
        paid += end.debt.amount
        assert sum(month.amount for month in months[: end.rank]) >= paid
        assert sum(month.amount for month in months[: end.rank - 1]) < paid
        assert end.month == months[end.rank - 1].month


def test_a_long_schedule_is_shown_in_part() -> None:
    debt = Debt("APL", date(2019, 1, 4), Decimal(99_999))
    assert len(schedule([debt], Decimal(49), FIRST, most=24)) == 24
    assert ends([debt], Decimal(49), FIRST)[0].rank == 2041
