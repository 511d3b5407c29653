"""What collides with an operation: its own moves, another worker, a colleague on a case."""

from collections.abc import Callable
from datetime import datetime
from itertools import combinations_with_replacement

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case, Step
from mediane.casework.states import Act
from mediane.kit import clock
from mediane.worklists import actions
from mediane.worklists.models import Operation, Pick
from mediane.worklists.queries import operations as queries
from mediane.worklists.states import GOING, Fate, State
from tests.casework.actions.test_link_races import at_once
from tests.cast import Cast
from tests.stories import a_studied_case
from tests.worklists.stories import asked, in_paris

pytestmark = pytest.mark.slow
Run = Callable[[Operation, Cast], object]
MOVES: dict[str, Run] = {
    "go on": lambda one, cast: actions.go_on(operation=one, at=clock.now()),
    "cancel": lambda one, cast: actions.cancel(operation=one, by=cast.claire, at=clock.now()),
    "undo": lambda one, cast: actions.undo(operation=one, by=cast.claire, at=clock.now()),
    "somebody else": lambda one, cast: casework.assign(
        case=Case.objects.select_related("beneficiary", "referral", "key").get(),
        to=queries.Operation.objects.select_related("to").get(pk=one.pk).to,
        by=cast.amine,
        at=clock.now(),
    ),
    "a message": lambda one, cast: casework.write_to_person(
        case=Case.objects.select_related("beneficiary", "referral", "key").get(),
        body="Bonjour",
        by=cast.amine,
        at=clock.now(),
    ),
}


def started(cast: Cast, at: datetime, *, is_done: bool) -> Operation:
    operation = asked(cast, [a_studied_case(cast.samira, cast.claire, at)], to=cast.nadia)
    if is_done:
        with in_paris(cast):
            actions.go_on(operation=operation, at=clock.now())
    return operation


@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize(("first", "second"), list(combinations_with_replacement(sorted(MOVES), 2)))
def test_any_two_moves_at_once_leave_one_story(
    committed: str, cast: Cast, at: datetime, first: str, second: str, is_done: bool
) -> None:
    operation = started(cast, at, is_done=is_done)

    def run(name: str) -> Callable[[], object]:
        return lambda: MOVES[name](Operation.objects.select_related("to").get(pk=operation.pk), cast)

    at_once(cast.paris.pk, [run(first), run(second)])

    with in_paris(cast):
        one = Operation.objects.get(pk=operation.pk)
        # Whatever was begun comes to an end, in a few pieces.
        for _ in range(3):
            actions.go_on(operation=one, at=clock.now())
        assert Operation.objects.get(pk=one.pk).state not in GOING
        pick, case = Pick.objects.get(), Case.objects.get()
        given = Step.objects.filter(act=Act.ASSIGN, by_id=cast.claire.id).count()
        assert given == {Fate.DONE: 1, Fate.KEPT: 1, Fate.LEFT: 0, Fate.BACK: 2}[Fate(pick.fate)]
        if pick.fate == Fate.BACK:
            assert case.assignee_id == cast.claire.id
            assert Operation.objects.get(pk=one.pk).state == State.UNDONE
