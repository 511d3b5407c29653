from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.statistics.rules.comparing import peaks, percent, said, said_of_a_share, variation

YEARS = {"since": "2022", "until": "2023"}
NUMBERS = st.integers(0, 100_000)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (1072, 936, "a diminué de 12,69\u00a0% entre 2022 et 2023"),
        (404, 518, "a augmenté de 28,22\u00a0% entre 2022 et 2023"),
        (1476, 1454, "se stabilise entre 2022 et 2023\u00a0: 1\u00a0476 puis 1\u00a0454"),
        (58, 58, "est resté le même entre 2022 et 2023, 58"),
        (0, 12, "est passé de 0 à 12 entre 2022 et 2023"),
        (4, 9, "est passé de 4 à 9 entre 2022 et 2023"),
        (40, 0, "a diminué de 100\u00a0% entre 2022 et 2023"),
    ],
)
def test_a_number_is_compared_in_french(before: int, after: int, words: str) -> None:
    assert said(before, after, **YEARS) == words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("22.90", "17.90", "a perdu 5\u00a0points entre 2022 et 2023"),
        ("19.90", "32.90", "a gagné 13\u00a0points entre 2022 et 2023"),
        ("48.10", "48.90", "se stabilise entre 2022 et 2023, à 48,9\u00a0%"),
        ("4.90", "3.90", "a perdu 1\u00a0point entre 2022 et 2023"),
    ],
)
def test_a_share_is_compared_in_points(before: str, after: str, words: str) -> None:
    assert said_of_a_share(Decimal(before), Decimal(after), **YEARS) == words


@given(before=NUMBERS, after=NUMBERS)
def test_a_sentence_never_says_the_contrary_of_its_numbers(before: int, after: int) -> None:
    words = said(before, after, **YEARS)
    assert ("augmenté" in words) <= (after > before)
    assert ("diminué" in words) <= (after < before)
    changed = variation(before, after)
    if changed is not None:
        assert abs(Decimal(before) * (100 + changed) / 100 - after) <= Decimal(before) / 10_000


def test_percentages_have_no_idle_zero() -> None:
    shown = [percent(Decimal(value)) for value in ("12.69", "45.00", "13.80", "100", "0.00")]
    assert shown == ["12,69\u00a0%", "45\u00a0%", "13,8\u00a0%", "100\u00a0%", "0\u00a0%"]


def test_the_peaks_of_a_year_are_named() -> None:
    assert peaks([110, 115, 160, 120, 110, 100, 90, 80, 165, 130, 120, 110]) == [3, 9]
    assert peaks([10] * 12) == []
    assert peaks([0] * 12) == []
