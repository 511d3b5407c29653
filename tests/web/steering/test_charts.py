"""Charts: read without colour, by whoever sees them and whoever does not."""

import re
from decimal import Decimal

from mediane.kit.charts import drawn
from mediane.kit.graphics import HATCHED
from mediane.web.steering import charts, charts_bars, charts_drawn
from mediane.web.steering.charts import Bar

SPLIT = [
    Bar("Trop-perçu <incompris> & autres motifs de la personne", Decimal("45.1"), "45,1\u00a0%", Decimal(30))
]
PAIR = [Bar("2023", Decimal(10), ""), Bar("2022", Decimal(12), "", look="striped")]


def test_the_period_before_is_hatched_and_not_only_paler() -> None:
    (svg,) = drawn([charts.pair(PAIR, width=300, column=44)])
    shown = charts_drawn.inline(svg, name="money-0-wide", alternative="Rappels", look="wide")
    assert 'fill="url(#money-0-wide-hatch)"' in shown
    assert shown.count(f'fill="{HATCHED}"') == 1
    assert '<pattern id="money-0-wide-hatch"' in shown


def test_a_name_is_never_cut_nor_taken_for_markup() -> None:
    for width in (660, 300):
        (svg,) = drawn([charts_bars.bars(SPLIT, width=width)])
        words = " ".join(re.findall(r">([^<>]+)<", svg))
        assert "…" not in words
        assert "&lt;incompris&gt;" in words
        assert "personne" in words


def test_a_page_carries_no_style_of_its_own_and_one_alternative_a_chart() -> None:
    (svg,) = drawn([charts_bars.bars(SPLIT, width=660)])
    shown = charts_drawn.inline(svg, name="causes-wide", alternative='Un « "titre" »', look="wide")
    assert "style=" not in shown
    assert "aria-roledescription" not in shown
    assert 'role="img" aria-label="Un « &quot;titre&quot; »"' in shown


def test_a_file_keeps_its_size_and_says_its_title() -> None:
    (svg,) = drawn([charts.years([charts.Year("2023", 936, 518, "1\u00a0454")], width=400)])
    alone = charts_drawn.alone(svg, name="years", alternative="Saisines traitées par an")
    assert re.match(r'<svg [^>]*width="\d', alone)
    assert '<title id="years-title">Saisines traitées par an</title>' in alone


def test_zeros_alone_are_drawn() -> None:
    none = [Bar("2023", Decimal(0), "0\u00a0%"), Bar("2022", Decimal(0), "0\u00a0%")]
    specs = [
        charts.months(["Janv."], [0], [0], tops={}, width=800),
        charts.pair(none, width=300, column=44),
        charts_bars.bars(none, width=300),
        charts_bars.days([charts_bars.Days("Attentes", 0, 0, "le jour même")], width=660),
        charts.years([charts.Year("2023", 0, 0, "0")], width=400),
    ]
    assert all("NaN" not in svg for svg in drawn(specs))
