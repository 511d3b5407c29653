from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mediane.appeals.rules.law import PATHS, POLICIES, Effect, paths_for, policy_on


def test_the_period_is_suspended_until_27_may_2026_and_interrupted_since() -> None:
    assert policy_on(date(2026, 5, 27)).effect == Effect.SUSPENSION
    assert policy_on(date(2026, 5, 28)).effect == Effect.INTERRUPTION


@given(st.dates())
def test_every_day_has_one_effect_with_its_source(day: date) -> None:
    assert policy_on(day) in POLICIES
    assert policy_on(day).effective_from <= day
    assert "rticle" in policy_on(day).source


@given(st.dates(), st.dates())
def test_the_law_never_goes_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert POLICIES.index(policy_on(first)) <= POLICIES.index(policy_on(last))


def test_every_path_says_its_text_and_what_a_lawyer_has_still_to_confirm() -> None:
    for path in PATHS:
        assert path.source.endswith(".")
        assert path.to_confirm.endswith(".")
    assert len({path.code for path in PATHS}) == len(PATHS)


def test_the_paths_of_a_case_are_those_of_its_benefits_then_the_courts() -> None:
    assert [path.code for path in paths_for(["APL"])] == ["HOUSING", "TA", "TJ"]
    assert [path.code for path in paths_for(["AAH", "RSA"])] == ["CRA", "RSA", "MDPH", "TA", "TJ"]
