"""Outside the service, what is told of a year never gives a small number back by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from mediane.reports.rules.figures import Figures
from mediane.statistics.states import Population
from tests.reports.invented import a_year, months, numbers

LEAST = 11
SMALL = range(1, LEAST)


@given(st.integers(0, 120), st.integers(0, 120))
def test_of_three_numbers_bound_by_a_sum_one_is_never_found(mediation: int, out: int) -> None:
    told = Figures(numbers(own={2023: a_year(mediation, out)}), LEAST).handled(2023)
    if mediation in SMALL:
        assert told.mediation is None
        assert told.out_of_scope is None or told.total is None
    if out in SMALL:
        assert told.out_of_scope is None
        assert told.mediation is None or told.total is None


@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_a_hidden_month_is_never_alone(counted: list[int]) -> None:
    own = {2023: a_year(sum(counted), 0)}
    told = Figures(numbers(own=own, months={2023: counted}), LEAST).months(2023)
    hidden = [value for value, shown in zip(counted, told, strict=True) if shown is None]
    assert all(shown is None for value, shown in zip(counted, told, strict=True) if value in SMALL)
    assert len(hidden) != 1 or sum(counted) in SMALL


@given(st.integers(0, 200), st.integers(0, 60))
def test_what_came_online_before_the_first_whole_month_is_not_found(every: int, fewer: int) -> None:
    whole = a_year(every, 60)
    whole[Population.MEDIATION]["channel"] = {"ONLINE": every}
    since = max(every - fewer, 0)
    figures = Figures(numbers(own={2023: whole}, online=a_year(since, 0), since=a_year(every, 0)), LEAST)
    told = figures.came_online(Population.MEDIATION)
    assert told is None or (told not in SMALL and every - told not in SMALL)


def test_inside_everything_is_told() -> None:
    own = {2023: a_year(3, 2)}
    figures = Figures(numbers(own=own, months={2023: months(5)}))
    assert (figures.handled(2023).mediation, figures.handled(2023).out_of_scope) == (3, 2)
    assert None not in figures.months(2023)
    assert all(cell.number is not None for cell in figures.split("channels", 2023).cells)
