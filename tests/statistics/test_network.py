"""The sums of the network have every month that a Caf counted again, whatever was lost in between."""

from datetime import date, datetime, timedelta

import pytest

from mediane.jobs.figures import catch_up_figures, recount_figures
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation
from mediane.statistics import actions
from mediane.statistics.models import WaitingMonth
from mediane.statistics.queries.counted import NETWORK, Place, months_of, summed
from mediane.statistics.states import Axis, Population
from tests.cast import Cast
from tests.stories import a_case

ALL_TIME = {"since": date(2020, 1, 1), "until": date(2030, 1, 1)}


def received(cast: Cast, place: Place = NETWORK) -> int:
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        found = summed(months_of(place, **ALL_TIME).values())
    return found[Population.RECEIVED].get(Axis.ALL, {}).get("", 0)


def catch_up(caf: Organisation, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        actions.catch_up(caf=caf, at=at)


def waiting(cast: Cast) -> set[date]:
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        return set(WaitingMonth.objects.values_list("month", flat=True))


class Lost(Exception):
    pass


@pytest.mark.parametrize("task", [catch_up_figures, recount_figures])
def test_what_a_lost_job_had_counted_is_added_up_by_the_next(
    committed: str, cast: Cast, monkeypatch: pytest.MonkeyPatch, task
) -> None:
    a_case(cast.samira, clock.now() - timedelta(hours=2))
    with monkeypatch.context() as broken:

        def lost() -> None:
            raise Lost

        broken.setattr(actions, "add_up_waiting", lost)
        with pytest.raises(Lost):
            task.func(timestamp=0)
    assert received(cast, Place(cast.paris.pk)) == 1
    assert received(cast) == 0
    # Long after: no act is looked at again.
    for caf in (cast.paris, cast.tarn):
        catch_up(caf, clock.now() + timedelta(hours=1))
    catch_up_figures.func(timestamp=0)
    assert received(cast) == 1
    assert not waiting(cast)


def test_what_one_caf_caught_up_by_itself_is_added_up_too(cast: Cast, at: datetime) -> None:
    """As the freezing of its report does."""
    a_case(cast.samira, at)
    catch_up(cast.paris, at)
    assert waiting(cast) == {date(2026, 11, 1)}
    actions.catch_up_network(at=at + timedelta(hours=3))
    assert received(cast) == 1
    assert not waiting(cast)


def test_months_that_are_not_added_up_go_on_waiting(cast: Cast, at: datetime) -> None:
    a_case(cast.samira, at)
    catch_up(cast.paris, at)
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        actions.add_up(months=[date(2026, 10, 1)])
    assert waiting(cast) == {date(2026, 11, 1)}


def test_counting_is_one_at_a_time() -> None:
    assert catch_up_figures.lock == recount_figures.lock is not None
