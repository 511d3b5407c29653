"""A letter to read over is told to each colleague who may read it, once, as each wants to be told."""

from datetime import datetime, timedelta

import pytest

from mediane.attendance.queries.notices import waiting
from mediane.attendance.states import How
from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Kind, Letter
from mediane.correspondence.queries import templates_of
from mediane.journal.rules import Actor
from tests.attendance.away import away
from tests.attendance.test_notices import MORNING, in_paris, morning, now, wishing
from tests.cast import Cast
from tests.letters import a_reply
from tests.stories import a_studied_case

MINUTE = timedelta(minutes=1)


@pytest.fixture
def draft(cast: Cast, at: datetime) -> Letter:
    """Written by Claire, in a case that is Nadia’s; nothing of it is due soon."""
    a_studied_case(cast.samira, cast.nadia, at - timedelta(days=5))
    with in_paris(cast):
        return a_reply(cast.claire, at - timedelta(hours=1))


def asks(draft: Letter, cast: Cast, by: Actor, at: datetime) -> None:
    with in_paris(cast):
        correspondence.ask_reading(letter=draft, seen_version=draft.version, by=by, at=at)


def test_the_digest_says_that_a_letter_waits_and_nothing_of_it(
    cast: Cast, at: datetime, draft: Letter
) -> None:
    asks(draft, cast, cast.claire, at)
    told = morning(cast)
    assert sorted(message.to[0] for message in told) == ["amine@caf.exemple", "nadia@caf.exemple"]
    for message in told:
        assert f"Lettres à relire\u00a0: 1 ({draft.case.reference})" in message.body
        assert "/bureau/service/relecture/" in message.body
        assert not any(word in message.body for word in ("Belkacem", "Samira", draft.title))
    assert morning(cast, MORNING + timedelta(days=2)) == []


def test_whoever_asks_without_having_written_knows_it(cast: Cast, at: datetime, draft: Letter) -> None:
    asks(draft, cast, cast.nadia, at)
    assert [message.to for message in morning(cast)] == [["amine@caf.exemple"]]


def test_who_wants_it_at_once_has_it_and_who_wants_none_has_none(
    cast: Cast, at: datetime, draft: Letter
) -> None:
    wishing(cast.nadia, at, reading=How.AT_ONCE)
    wishing(cast.amine, at, reading=How.NEVER)
    asks(draft, cast, cast.claire, at)
    assert [message.to for message in now(cast, at + MINUTE)] == [["nadia@caf.exemple"]]
    assert morning(cast) == []


def test_sent_back_then_asked_again_it_is_told_again(cast: Cast, at: datetime, draft: Letter) -> None:
    wishing(cast.nadia, at, reading=How.AT_ONCE)
    asks(draft, cast, cast.claire, at)
    assert len(now(cast, at + MINUTE)) == 1
    later = at + timedelta(hours=1)
    with in_paris(cast):
        correspondence.read_over(
            letter=draft, seen_version=draft.version, approves=False, remarks="", by=cast.nadia, at=later
        )
    assert now(cast, later + MINUTE) == []
    asks(draft, cast, cast.claire, later + 2 * MINUTE)
    assert len(now(cast, later + 3 * MINUTE)) == 1


def test_whoever_is_away_is_not_told_nor_whoever_stands_in_twice(
    cast: Cast, at: datetime, draft: Letter
) -> None:
    today = MORNING.date()
    away(cast.nadia, cast.claire, today, today, at)
    asks(draft, cast, cast.claire, at)
    told = {message.to[0]: message.body for message in morning(cast)}
    assert "amine@caf.exemple" in told
    assert not any("Lettres à relire" in told.get(f"{who}@caf.exemple", "") for who in ("nadia", "claire"))


@pytest.mark.parametrize("letters", [1, 20])
def test_what_is_to_be_read_costs_one_statement(
    cast: Cast, at: datetime, letters: int, django_assert_num_queries
) -> None:
    template = templates_of(Kind.REPLY, at.date())[0]
    with in_paris(cast):
        for _ in range(letters):
            case = a_studied_case(cast.samira, cast.nadia, at - timedelta(days=5))
            draft = correspondence.begin_reply(case=case, template=template, by=cast.claire, at=at)
            correspondence.ask_reading(letter=draft, seen_version=draft.version, by=cast.claire, at=at)
        with django_assert_num_queries(7):
            waiting(cast.paris, at=at)
