"""A report as a page: its charts stand in it, drawn for a desk and for a telephone."""

from mediane.reports.rules.composing import edition
from mediane.reports.rules.figures import Figures
from mediane.web.design.report import as_page
from tests.reports.invented import cover, numbers


def test_each_chart_is_drawn_twice_and_is_no_text() -> None:
    charts = as_page(edition(cover(), {}, Figures(numbers())), {})["charts"]
    assert {"mois", "annees", "causes"} <= charts.keys()
    for drawn in charts.values():
        assert drawn.count("<svg ") == 2
        assert "m-report__drawing--wide" in drawn
        assert "m-report__drawing--narrow" in drawn
        # A template that escapes what is not its own leaves this one as it is.
        assert drawn.__html__() == drawn
