from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mediane.statistics.rules.figures import Line, Split, share, split, spread, sums
from mediane.statistics.rules.indicators import INDICATORS, subjects, volumes
from mediane.statistics.states import Axis, Population

MEDIATION = Population.MEDIATION
DAYS = st.lists(st.integers(0, 400), min_size=1, max_size=60)


@given(days=DAYS)
def test_half_had_ended_by_the_median_and_nine_in_ten_by_the_ninth_decile(days: list[int]) -> None:
    values = {str(day): days.count(day) for day in days}
    found = spread({MEDIATION: {Axis.DAYS_REPLY: values}}, Axis.DAYS_REPLY, MEDIATION)
    ranked = sorted(days)
    assert found.number == len(days)
    assert found.median == ranked[(len(days) + 1) // 2 - 1]
    assert found.ninth_decile == ranked[-(-9 * len(days) // 10) - 1]


def test_nothing_is_a_share_of_nothing() -> None:
    assert share(0, 0) is None
    assert share(1, 3) == Decimal("33.33")
    for one in INDICATORS.values():
        found = one.compute({})
        if isinstance(found, Split):
            assert all(line.number == 0 and line.share is None for line in found.lines)


def test_grounds_are_shares_of_the_requests_whose_ground_is_known() -> None:
    counts = {"all": {"": 936}, "known_ground": {"yes": 930}, "ground": {"DECISION_NOT_UNDERSTOOD": 306}}
    found = subjects.grounds({MEDIATION: counts})
    assert found == Split((Line("DECISION_NOT_UNDERSTOOD", 306, Decimal("32.90")),), 930)


def test_handled_is_mediation_and_out_of_scope() -> None:
    counted = {MEDIATION: {"all": {"": 936}}, Population.OUT_OF_SCOPE: {"all": {"": 518}}}
    found = volumes.handled(counted)
    assert [line.number for line in found.lines] == [936, 518]
    assert found.base == 1454


def test_values_are_ranked_and_money_is_kept_apart() -> None:
    counts = {
        "all": {"": 3},
        "cause": {"A": 1, "B": 2},
        "cents": {"back_payment": 93_161_806, "detected": -5},
    }
    assert [line.code for line in split({MEDIATION: counts}, Axis.CAUSE, MEDIATION).lines] == ["B", "A"]
    assert sums({MEDIATION: counts}, MEDIATION).of("back_payment") == 93_161_806


def test_each_figure_has_a_definition_and_says_over_whom() -> None:
    for one in INDICATORS.values():
        assert one.definition.endswith(".")
        assert one.over.endswith(".")
        assert one.name
