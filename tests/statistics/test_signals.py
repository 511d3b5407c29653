"""Signals are what the numbers of whole months say, and nobody reads those of another Caf."""

from datetime import date

import pytest

from mediane.findings.states import Motive
from mediane.kit import rowsecurity
from mediane.organisations.models import Organisation
from mediane.statistics import actions
from mediane.statistics.models import Signal
from mediane.statistics.queries.signals import seasons_on, signals_of
from tests.cast import Cast
from tests.web.steering.counted import a_fact, count

TODAY = date(2026, 11, 9)


def month(rank: int) -> date:
    return date(2023 + rank // 12, rank % 12 + 1, 5)


def a_past(caf: Organisation, lately: int, months: int = 46) -> None:
    """Two a month from January 2023 to October 2026, then `lately` in each of the last three."""
    count(
        caf,
        [
            a_fact(month(rank), cause="OTHER")
            for rank in range(months)
            for _ in range(lately if rank >= months - 3 else 2)
        ],
    )


def test_a_rise_is_kept_with_its_numbers_and_calm_takes_it_back(cast: Cast) -> None:
    a_past(cast.paris, lately=9)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert actions.watch(caf=cast.paris, today=TODAY) == 2
        ground, cause = sorted(signals_of(cast.paris), key=lambda one: one.motive, reverse=True)
        assert (ground.motive, ground.code, ground.benefit) == (Motive.GROUND, "NON_PAYMENT", "APL")
        assert (cause.motive, cause.code) == (Motive.CAUSE, "OTHER")
        assert (ground.since, ground.until) == (date(2026, 8, 1), date(2026, 10, 1))
        assert (ground.observed, round(ground.expected)) == (27, 7)
        assert actions.watch(caf=cast.paris, today=TODAY, network=seasons_on(TODAY)) == 2
        # In August the same numbers had not come yet.
        assert actions.watch(caf=cast.paris, today=date(2026, 8, 20)) == 0
        assert not Signal.objects.exists()


@pytest.mark.parametrize("lately", [0, 2, 3])
def test_an_ordinary_month_raises_nothing(cast: Cast, lately: int) -> None:
    a_past(cast.paris, lately=lately)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert actions.watch(caf=cast.paris, today=TODAY) == 0


def test_each_reads_its_own_and_the_national_mediation_all(cast: Cast) -> None:
    for caf in (cast.paris, cast.tarn):
        a_past(caf, lately=9)
        with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
            actions.watch(caf=caf, today=TODAY)
    readers = (
        (rowsecurity.staff(cast.paris.pk), 2),
        (rowsecurity.head(cast.paris.pk), 2),
        (rowsecurity.national(cast.cnaf.pk), 4),
        (rowsecurity.person(cast.samira.pk), 0),
        (rowsecurity.public(), 0),
    )
    for context, number in readers:
        with rowsecurity.working_for(context):
            assert len(signals_of(None)) == number
