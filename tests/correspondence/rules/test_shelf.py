"""Which version is in force: one of each template at most, and never one that was replaced."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.shelf import in_force, offered
from mediane.correspondence.states import TemplateState

DAY = date(2026, 11, 9)


@dataclass(frozen=True)
class Version:
    code: str = "trop-percu"
    organisation_id: int | None = None
    version: int = 1
    state: str = TemplateState.APPROVED
    valid_from: date | None = DAY
    valid_until: date | None = None
    retired_on: date | None = None
    benefits: list[str] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)


days = st.dates(DAY - timedelta(5), DAY + timedelta(5))


@st.composite
def versions(draw: st.DrawFn) -> list[Version]:
    made = []
    for number in range(1, draw(st.integers(0, 5)) + 1):
        state = draw(st.sampled_from(TemplateState))
        made.append(
            Version(
                version=number,
                state=state,
                valid_from=draw(days),
                valid_until=draw(st.none() | days),
                retired_on=draw(days) if state == TemplateState.RETIRED else None,
            )
        )
    return made


def test_the_next_version_takes_over_on_its_day() -> None:
    first, second = Version(), Version(version=2, valid_from=DAY + timedelta(3))
    assert in_force([first, second], DAY + timedelta(2)) == [first]
    assert in_force([first, second], DAY + timedelta(3)) == [second]


def test_what_is_retired_or_has_run_out_does_not_bring_back_what_it_replaced() -> None:
    first = Version()
    retired = Version(version=2, state=TemplateState.RETIRED, retired_on=DAY + timedelta(1))
    ended = Version(version=2, valid_until=DAY)
    assert in_force([first, retired], DAY + timedelta(1)) == []
    assert in_force([first, ended], DAY) == [ended]
    assert in_force([first, ended], DAY + timedelta(1)) == []


def test_what_was_retired_before_its_first_day_replaced_nothing() -> None:
    first = Version()
    never = Version(
        version=2, state=TemplateState.RETIRED, valid_from=DAY + timedelta(3), retired_on=DAY + timedelta(1)
    )
    assert in_force([first, never], DAY + timedelta(5)) == [first]


@given(versions(), days)
def test_one_version_at_most_approved_begun_and_not_ended(rows: list[Version], day: date) -> None:
    found = in_force(rows, day)
    assert len(found) <= 1
    for one in found:
        assert one.state == TemplateState.APPROVED
        assert one.valid_from is not None
        assert one.valid_from <= day
        assert one.valid_until is None or day <= one.valid_until


@given(versions(), days)
def test_a_day_has_the_same_version_whatever_the_order(rows: list[Version], day: date) -> None:
    assert in_force(rows, day) == in_force(rows[::-1], day)


def test_local_comes_before_national_and_the_precise_before_the_rest() -> None:
    general = Version(code="general")
    housing = Version(code="logement", benefits=["APL", "ALS"])
    local = Version(code="local-general", organisation_id=75)
    other = Version(code="rsa", benefits=["RSA"])
    ground = Version(code="delai", grounds=["DELAY"], benefits=["APL"])
    found = offered([general, housing, local, other, ground], DAY, ["APL"], ["DELAY", "OTHER"])
    assert [one.code for one in found] == ["local-general", "delai", "logement", "general"]
    assert [one.code for one in offered([general, ground], DAY, ["APL"], ["OTHER"])] == ["general"]
