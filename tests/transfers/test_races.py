"""A transfer against whatever else may end a case at the same instant; two workers at one parcel."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from mediane.casework import actions as casework
from mediane.casework.models import Case, FileTransfer, Step
from mediane.casework.states import CLOSED, Outcome
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.transfers import actions
from mediane.transfers.models import Arrival, Parcel
from tests.cast import Cast
from tests.stories import a_studied_case
from tests.transfers.moving import departure, packed

LATER = timedelta(days=5)
Act = Callable[[], object]
Ending = Callable[[Case, Cast, datetime], None]


def together(caf: int, acts: list[Act]) -> list[Exception | None]:
    line, ends = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        try:
            with rowsecurity.working_for(rowsecurity.staff(caf)):
                line.wait(timeout=20)
                acts[place]()
        except Refusal as refusal:
            ends[place] = refusal  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return ends


def answer(case: Case, cast: Cast, at: datetime) -> None:
    casework.answer(
        case=case, outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], by=cast.claire, at=at
    )


def withdraw(case: Case, cast: Cast, at: datetime) -> None:
    casework.withdraw(case=case, by=cast.nadia, at=at)


def transfer(case: Case, cast: Cast, at: datetime) -> None:
    actions.send(case=case, departure=departure(cast), by=cast.nadia, at=at)


@pytest.mark.parametrize("other", [answer, withdraw, transfer])
def test_of_two_who_end_a_case_one_wins_and_the_other_is_told(
    committed: str, cast: Cast, at: datetime, other: Ending
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)

    def doing(act: Ending) -> Act:
        return lambda: act(Case.objects.get(pk=case.pk), cast, at + LATER)

    ends = together(cast.paris.pk, [doing(transfer), doing(other)])
    assert sum(end is None for end in ends) == 1
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        assert case.state in CLOSED
        assert Step.objects.filter(case=case, target__in=CLOSED).count() == 1
        assert FileTransfer.objects.count() == Parcel.objects.count() == (case.state == "transferred")


def test_two_workers_take_one_parcel_in_once(committed: str, cast: Cast, at: datetime) -> None:
    parcel = packed(a_studied_case(cast.samira, cast.claire, at), cast, at + LATER)

    def take() -> None:
        actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at + LATER)

    assert together(cast.tarn.pk, [take, take]) == [None, None]
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Case.objects.count() == Arrival.objects.count() == 1


def test_killed_half_way_nothing_was_done_and_the_next_try_begins_again(
    committed: str, cast: Cast, at: datetime
) -> None:
    parcel = packed(a_studied_case(cast.samira, cast.claire, at), cast, at + LATER)

    class Killed(BaseException):
        """As a signal would."""

    with pytest.raises(Killed), rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at + LATER)
        raise Killed
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Case.objects.count() == 0
        assert actions.take_in(parcel=Parcel.objects.get(pk=parcel.pk), at=at + LATER) is not None
