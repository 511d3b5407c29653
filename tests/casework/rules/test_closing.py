from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.closing import Point, Said, checklist

said = st.builds(Said, **dict.fromkeys(Said.__dataclass_fields__, st.booleans()))


def stops(given: Said) -> set[Point]:
    return {item.point for item in checklist(given) if item.stops}


def test_before_anything_is_said_everything_that_concerns_the_case_is_missing() -> None:
    assert stops(Said()) == {Point.OUTCOME, Point.CAUSE, Point.ERROR, Point.MONEY}
    assert stops(Said(offers_reasons=True, is_error=True)) == set(Point) - {Point.RECOMMENDATION}


def test_a_case_closes_without_what_is_optional() -> None:
    whole = Said(has_outcome=True, has_cause=True, has_error_type=True, has_money=True)
    assert stops(whole) == set()
    assert [item.point for item in checklist(whole) if not item.is_done] == [Point.RECOMMENDATION]


@given(said)
def test_each_point_stands_once_and_is_done_or_not(given: Said) -> None:
    points = [item.point for item in checklist(given)]
    assert len(points) == len(set(points))
    assert (Point.REASON in points) == given.offers_reasons
    assert (Point.SERVICE in points) == given.is_error


@given(said)
def test_what_is_done_never_stops(given: Said) -> None:
    done = {item.point for item in checklist(given) if item.is_done}
    assert not done & stops(given)
