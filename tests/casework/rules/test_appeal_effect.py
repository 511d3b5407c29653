from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.appeal_effect import EFFECTS, Effect, effect_on


def test_the_period_is_suspended_until_27_may_2026_and_interrupted_since() -> None:
    assert effect_on(date(2026, 5, 27)).effect == Effect.SUSPENSION
    assert effect_on(date(2026, 5, 28)).effect == Effect.INTERRUPTION


@given(st.dates())
def test_every_day_has_one_effect_with_its_source(day: date) -> None:
    assert effect_on(day) in EFFECTS
    assert effect_on(day).effective_from <= day
    assert "rticle" in effect_on(day).source


@given(st.dates(), st.dates())
def test_the_law_never_goes_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert EFFECTS.index(effect_on(first)) <= EFFECTS.index(effect_on(last))
