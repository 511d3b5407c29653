"""Each request is counted once in the whole network: the trigger counts as the rule does."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import product
from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions
from mediane.casework.models import AnonymousArrival, Case, Link
from mediane.casework.queries.adoption import adoption
from mediane.casework.rules.counting import FROM_ANOTHER_CAF, counted
from mediane.casework.states import State
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Organisation
from tests.cast import Cast
from tests.stories import a_case, a_studied_case
from tests.transfers.moving import packed, sent, taken_in

LATER = timedelta(days=6)


def told(cast: Cast, at: datetime) -> dict[str, int]:
    """What the roll-out says was received, by Caf."""
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        found = adoption(at.date() + timedelta(days=40))
    names = {cast.paris.pk: "paris", cast.tarn.pk: "tarn"}
    return {
        names[caf]: number
        for caf, one in found.items()
        if (number := one.since_opening.online + one.since_opening.others)
    }


def by_the_rule(cast: Cast) -> dict[str, int]:
    received: Counter[str] = Counter()
    for name, caf in (("paris", cast.paris), ("tarn", cast.tarn)):
        with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
            received[name] += sum(
                counted(origin=case.origin, state=case.state).as_received for case in Case.objects.all()
            )
    return dict(+received)


def said(verb: str, cases: list[Case], cast: Cast, at: datetime) -> None:
    """Merge or set apart two cases of Paris, whatever was said of them before."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        pair = [case.pk for case in cases]
        standing = Link.objects.filter(earlier__in=pair, later__in=pair, replaced_at=None).first()
        rank = standing.rank if standing else 0
        getattr(actions, verb)(case=cases[0], other=cases[1], seen_rank=rank, by=cast.nadia, at=at)


def test_a_request_received_twice_counts_once_and_twice_again_when_seen_apart(
    cast: Cast, at: datetime
) -> None:
    pair = [a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at + timedelta(days=5))]
    assert told(cast, at) == {"paris": 2}
    said("merge_cases", pair, cast, at + LATER)
    assert told(cast, at) == {"paris": 1}
    said("set_apart", pair, cast, at + LATER)
    assert told(cast, at) == {"paris": 2}


def test_a_duplicate_leaves_the_days_in_which_it_was_received(cast: Cast, at: datetime) -> None:
    pair = [a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at + timedelta(days=20))]
    said("merge_cases", pair, cast, at + timedelta(days=35))
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        found = adoption(at.date() + timedelta(days=35))[cast.paris.pk]
    assert (found.since_opening.online, found.recently.online) == (1, 0)


def test_a_transferred_request_is_counted_by_the_caf_the_person_wrote_to(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    assert taken_in(packed(case, cast, at + LATER), cast, at + LATER) is not None
    assert told(cast, at) == by_the_rule(cast) == {"paris": 1}


def test_the_rule_in_sql_is_the_rule(db: None) -> None:
    every = list(product(("BENEFICIARY", "ELECTED", FROM_ANOTHER_CAF), State))
    with connection.cursor() as cursor:
        for origin, state in every:
            cursor.execute("SELECT case_is_received(%s, %s)", [origin, state])
            assert cursor.fetchone() == (counted(origin=origin, state=state).as_received,)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_to_requests_the_trigger_counts_as_the_rule_does(
    cast: Cast, at: datetime, seed: int
) -> None:
    dice = Random(seed)
    cases = [a_studied_case(cast.samira, cast.claire, at + timedelta(days=day)) for day in range(4)]
    merged = 0
    for day in range(5, 21):
        gesture, chosen = dice.choice(["merge", "merge", "apart", "withdraw", "leave"]), dice.sample(cases, 2)
        with suppress(Refusal, PermissionDenied), transaction.atomic():
            happens(gesture, chosen, cast, at + timedelta(days=day))
        assert told(cast, at) == by_the_rule(cast), gesture
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            merged += Case.objects.filter(state=State.MERGED).count()
    assert merged


def happens(gesture: str, chosen: list[Case], cast: Cast, at: datetime) -> None:
    if gesture == "merge":
        said("merge_cases", chosen, cast, at)
    elif gesture == "apart":
        said("set_apart", chosen, cast, at)
    elif gesture == "leave":
        sent(chosen[0], cast, at)
    else:
        with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
            actions.withdraw(case=chosen[0], by=cast.claire, at=at)


@pytest.mark.parametrize("number", [-1, 2, 0])
def test_a_person_uncounts_nothing_by_raw_sql(cast: Cast, at: datetime, number: int) -> None:
    paris = Organisation.objects.get(pk=cast.paris.pk)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        with pytest.raises(DatabaseError), transaction.atomic():
            AnonymousArrival.objects.bulk_create(
                [AnonymousArrival(organisation=paris, received_on=at.date(), is_online=True, number=number)]
            )
