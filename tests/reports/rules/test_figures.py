"""Inside the service every number is told."""

from mediane.reports.rules.figures import Figures
from tests.reports.invented import a_year, months, numbers


def test_inside_everything_is_told() -> None:
    own = {2023: a_year(3, 2)}
    figures = Figures(numbers(own=own, months={2023: months(5)}))
    assert (figures.handled(2023).mediation, figures.handled(2023).out_of_scope) == (3, 2)
    assert None not in figures.months(2023)
    assert all(cell.number is not None for cell in figures.split("channels", 2023).cells)


def test_a_channel_is_counted_in_and_out_of_scope_together() -> None:
    figures = Figures(numbers(own={2023: a_year(100, 30)}))
    assert {cell.code: cell.number for cell in figures.channels_of_all(2023).cells} == {
        "MAIL": 70,
        "ONLINE": 40,
        "EMAIL": 20,
    }
