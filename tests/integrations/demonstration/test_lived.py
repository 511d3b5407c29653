"""The years of the Caf de Paris, as they were lived up to now."""

from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.integrations.demonstration.decks import LEAST, MOST, amounts, apportion, several
from mediane.integrations.demonstration.lived import since_the_first_year
from mediane.integrations.demonstration.pasts import Past
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import Actor
from mediane.kit.workdays import Zone, is_working_day
from mediane.organisations.models import Organisation
from mediane.referrals.models import ONLINE

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
OPENING = date(2023, 6, 26)
A_LINE = (20_00, 9_000_00)  # cents
TEAM = [
    Actor("staff", 1, "Claire Vasseur", 75, "MEDIATOR", "médiatrice"),
    Actor("staff", 2, "Nadia Pruvost", 75, "OFFICER", "référente"),
    Actor("staff", 3, "Amine Djebbari", 75, "OFFICER", "référent"),
]


def paris(now: datetime) -> list[Past]:
    caf = Organisation(pk=75, code="75", time_zone="Europe/Paris")
    return since_the_first_year(Service(caf, TEAM, now))


@pytest.fixture(scope="module")
def pasts() -> list[Past]:
    return paris(NOW)


def day(at: datetime) -> date:
    return at.astimezone(ZoneInfo("Europe/Paris")).date()


def test_acts_follow_each_other_and_none_is_to_come(pasts):
    for past in pasts:
        waited = (past.wait.since, past.wait.until) if past.wait else ()
        moments = [past.filed_at, past.taken_at, past.admitted_at, *waited, past.closed_at]
        assert past.received_on <= day(past.filed_at)
        assert moments == sorted(moments)
        assert past.closed_at <= NOW


def test_there_are_cases_of_every_month_until_this_one(pasts):
    months = {day(past.closed_at).replace(day=1) for past in pasts}

    assert len(months) == 7 * 12 + 11
    assert (min(months), max(months)) == (date(2019, 1, 1), date(2026, 11, 1))


def test_another_day_of_reading_changes_nothing_of_the_years_before(pasts):
    then = datetime(2024, 3, 5, 9, 0, tzinfo=UTC)

    assert [told(past) for past in paris(then)] == [told(past) for past in pasts if past.closed_at <= then]


def told(past: Past) -> tuple[object, ...]:
    return past.identity, past.channel, past.topic, past.filed_at, past.closed_at, past.gains


def test_each_channel_is_of_its_time(pasts):
    for past in pasts:
        assert past.received_on >= OPENING or past.channel != ONLINE
        assert past.received_on < OPENING or past.channel != "ACCOUNT"
        assert past.received_on < OPENING or (past.channel, past.origin) != ("EMAIL", "BENEFICIARY")
        assert past.channel == ONLINE or is_working_day(past.received_on, Zone.METROPOLE)
        assert past.is_preceded or past.channel != ONLINE


def test_whoever_comes_back_had_been_answered(pasts):
    came_back = [past for past in pasts if past.repeats]

    assert len({past.repeats for past in came_back}) == len(came_back)
    for past in came_back:
        assert past.identity == past.repeats.identity
        assert past.repeats.outcome
        assert day(past.repeats.closed_at) < past.received_on
        assert set(past.topic["benefits"]) & set(past.repeats.topic["benefits"])


def test_nobody_else_comes_twice(pasts):
    numbers = [past.identity.number for past in pasts if not past.repeats]

    assert len(set(numbers)) == len(numbers)


def test_money_is_plausible_and_validated_by_another_than_who_wrote_it(pasts):
    least, most = A_LINE
    gains = [(past, gain) for past in pasts for gain in past.gains]

    assert gains
    for past, gain in gains:
        assert least <= gain.cents <= most
        assert gain.benefit in past.topic["benefits"]
        assert past.by != past.mediator


def test_some_wait_for_a_body_and_some_for_a_document(pasts):
    waits = [past.wait for past in pasts if past.wait]
    answered = [past for past in pasts if past.outcome]

    assert 0.1 < len(waits) / len(answered) < 0.3
    assert {bool(wait.body) for wait in waits} == {True, False}


@given(
    st.dictionaries(st.text(max_size=3), st.integers(1, 10_000), min_size=1, max_size=8),
    st.integers(0, 5_000),
)
def test_shares_add_up_to_the_whole(weights, number):
    given_out = apportion(weights, number)

    assert sum(given_out.values()) == number
    whole = sum(weights.values())
    assert all(abs(given_out[value] - number * weight / whole) < 1 for value, weight in weights.items())


@given(st.integers(), st.lists(st.integers(10, 18), min_size=4, max_size=4))
def test_several_values_are_dealt_exactly(seed, numbers):
    wanted = {str(rank): number for rank, number in enumerate(numbers)}
    hands = several(Random(seed), wanted, 40)

    assert len(hands) == 40
    assert all(0 < len(set(hand)) == len(hand) <= MOST for hand in hands)
    assert all(sum(value in hand for hand in hands) == number for value, number in wanted.items())


@given(st.integers(), st.integers(1, 200), st.integers(0, 3_000_00))
def test_amounts_add_up_to_the_cent(seed, number, more):
    cents = (LEAST + more) * number
    parts = amounts(Random(seed), cents, number)

    assert sum(parts) == cents
    assert min(parts) >= LEAST
