from datetime import date

import pytest

from mediane.catalogue import rules
from mediane.catalogue.rules import Threshold, threshold_on

TWO = tuple(
    Threshold(smallest=smallest, effective_from=day, source="Décision")
    for smallest, day in ((5, date(2026, 1, 1)), (11, date(2027, 1, 1)))
)


@pytest.mark.parametrize(
    ("day", "smallest"),
    [(date(2020, 1, 1), 5), (date(2026, 12, 31), 5), (date(2027, 1, 1), 11), (date(2030, 1, 1), 11)],
)
def test_the_threshold_is_that_of_the_day_a_number_is_told(
    monkeypatch: pytest.MonkeyPatch, day: date, smallest: int
) -> None:
    monkeypatch.setattr(rules, "THRESHOLDS", TWO)
    assert threshold_on(day).smallest == smallest


def test_every_threshold_hides_somebody_and_says_where_it_comes_from() -> None:
    assert all(one.smallest > 1 and one.source for one in rules.THRESHOLDS)
