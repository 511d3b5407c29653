"""Two people who say at once what two requests, or two people, are: one wins, the other is told."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations_with_replacement

import pytest
from django.db import connection

from mediane.casework import actions
from mediane.casework.models import Case, Link
from mediane.casework.states import Kinship, State
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.people.actions import Identity, introduce, keep_apart, merge_people
from mediane.people.models import Beneficiary, Likeness
from mediane.people.states import Verdict
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

Act = Callable[[Case, Case, Actor, datetime], object]
ACTS: dict[str, Act] = {
    "merge": lambda one, other, by, at: actions.merge_cases(case=one, other=other, seen_rank=0, by=by, at=at),
    # From the other page: the rows are taken in the same order.
    "merge back": lambda one, other, by, at: actions.merge_cases(
        case=other, other=one, seen_rank=0, by=by, at=at
    ),
    "apart": lambda one, other, by, at: actions.set_apart(case=other, other=one, seen_rank=0, by=by, at=at),
    "withdraw": lambda one, other, by, at: actions.withdraw(case=one, by=by, at=at),
    "withdraw the other": lambda one, other, by, at: actions.withdraw(case=other, by=by, at=at),
    "mail": lambda one, other, by, at: actions.receive_email(
        case=other, author="Samira", body="Bonjour", sent_at=at, by=by, at=at
    ),
}
SAYING = {"merge", "merge back", "apart"}


def at_once(caf: int, runs: list[Callable[[], object]]) -> list[Refusal]:
    """Each in a thread and a connection of its own, from the same starting line."""
    line, refused = threading.Barrier(len(runs)), []

    def go(run: Callable[[], object]) -> None:
        try:
            with rowsecurity.working_for(rowsecurity.staff(caf)):
                line.wait(timeout=10)
                run()
        except Refusal as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return refused


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), list(combinations_with_replacement(sorted(ACTS), 2)))
def test_any_two_acts_at_once_leave_one_decision(
    committed: str, cast: Cast, at: datetime, first: str, second: str
) -> None:
    one, other = a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at + timedelta(days=2))

    def run(name: str) -> Callable[[], object]:
        def act() -> object:
            mine = Case.objects.select_related("organisation", "beneficiary", "referral", "key")
            return ACTS[name](mine.get(pk=one.pk), mine.get(pk=other.pk), cast.nadia, at + timedelta(days=3))

        return act

    refused = at_once(cast.paris.pk, [run(first), run(second)])

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        standing = Link.objects.filter(replaced_at=None)
        assert standing.count() <= 1
        assert Link.objects.count() == standing.count()
        is_merged = Case.objects.get(pk=other.pk).state == State.MERGED
        assert standing.filter(kinship=Kinship.DUPLICATE).exists() == is_merged
    if first in SAYING and second in SAYING:
        assert len(refused) == 1
        assert "Nadia Pruvost a décidé" in str(refused[0])


@pytest.mark.slow
@pytest.mark.parametrize("keeping", [("first", "second"), ("first", "apart"), ("apart", "apart")])
def test_two_who_say_who_is_who_at_once_are_one_after_the_other(
    committed: str, cast: Cast, at: datetime, keeping: tuple[str, str]
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        identity = Identity("75", "2604481", "Madame", "Lucete", "Morvan")
        introduce(identity=identity, by=cast.nadia, at=at)

    def run(said: str) -> Callable[[], object]:
        def act() -> object:
            seen = Likeness.objects.get(rank=1)
            if said == "apart":
                return keep_apart(likeness=seen, by=cast.nadia, at=at)
            kept = seen.first_id if said == "first" else seen.second_id
            return merge_people(likeness=seen, keep=kept, by=cast.nadia, at=at)

        return act

    refused = at_once(cast.paris.pk, [run(said) for said in keeping])

    assert len(refused) == 1
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        stands = Likeness.objects.get(replaced_at=None)
        aliases = Beneficiary.objects.exclude(merged_into=None).count()
        assert aliases == (1 if stands.verdict == Verdict.SAME else 0)
