"""The table of moves holds below the application: raw SQL goes no further than a button."""

from datetime import datetime
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction

from mediane.casework.models import Case
from mediane.casework.states import CLOSED, MOVES, State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case

LEGAL = {(source, target) for sources, target in MOVES.values() for source in sources}
ILLEGAL = [pair for pair in product(State, State) if pair[0] != pair[1] and pair not in LEGAL]
# A lawful way from what was received to every state.
WAYS = {
    state: [state] if (State.RECEIVED, state) in LEGAL else [State.UNDER_STUDY, state]
    for state in State
    if state != State.RECEIVED
} | {State.RECEIVED: []}


@pytest.fixture
def case(cast: Cast, at: datetime):
    made = a_case(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield made


def put(case: Case, state: State, at: datetime) -> None:
    """Raw SQL, with the date of closing that the state asks for."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE casework_case SET state = %s, closed_at = %s WHERE id = %s",
            [state, at if state in CLOSED else None, case.pk],
        )
        assert cursor.rowcount == 1


def test_every_move_of_the_table_passes(case: Case, at: datetime) -> None:
    for source, target in sorted(LEGAL):
        with transaction.atomic():
            for state in [*WAYS[source], target]:
                put(case, state, at)
            transaction.set_rollback(True)


def test_every_other_move_is_refused(case: Case, at: datetime) -> None:
    assert len(ILLEGAL) > 40
    for source, target in ILLEGAL:
        with transaction.atomic():
            for state in WAYS[source]:
                put(case, state, at)
            with (
                pytest.raises(IntegrityError, match=f"cannot go from {source} to {target}"),
                transaction.atomic(),
            ):
                put(case, target, at)
            transaction.set_rollback(True)


@pytest.mark.parametrize("column", ["reference", "beneficiary_id", "organisation_id", "received_at"])
def test_who_and_what_a_case_is_never_changes(case: Case, cast: Cast, at: datetime, column: str) -> None:
    other = {
        "reference": "2222-2222",
        "beneficiary_id": cast.lucette.pk,
        "organisation_id": cast.tarn.pk,
        "received_at": datetime.fromisoformat("2020-01-01T00:00:00+00:00"),
    }
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**{column: other[column]})
