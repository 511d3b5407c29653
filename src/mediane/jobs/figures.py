"""The tasks of figures: what happened since last time is counted, and every night everything again."""

from contextlib import suppress
from datetime import date

from procrastinate.contrib.django import app

from mediane.jobs.tasks import AGAIN
from mediane.kit import clock
from mediane.kit.rowsecurity import national, staff, working_for
from mediane.organisations.queries import all_cafs, membership_of, the_national_mediation
from mediane.statistics import actions


@app.task(name="catch_up_figures", retry=AGAIN)
def catch_up_figures(timestamp: int) -> None:
    months: set[date] = set()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            months |= actions.catch_up(caf=caf, at=clock.now())
    _add_up(months)


@app.task(name="recount_figures", retry=AGAIN)
def recount_figures(timestamp: int) -> None:
    """Nothing should change: a figure that drifted would be right the next morning."""
    months: set[date] = set()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            months |= actions.recount_everything(caf=caf, at=clock.now())
    _add_up(months)
    _watch()


def _add_up(months: set[date]) -> None:
    with working_for(national(the_national_mediation().pk)):
        actions.add_up(months=months)


def _watch() -> None:
    """Only whole months raise signals: once a night is often enough."""
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            actions.watch(caf=caf, today=clock.today(caf.time_zone))


@app.task(name="publish_year", retry=AGAIN)
def publish_year(*, year: int, user_id: int) -> None:
    """In the name of whoever ordered it. Published meanwhile, there is nothing left to do."""
    nation = the_national_mediation()
    with working_for(national(nation.pk)):
        member = membership_of(user_id, nation.pk)
        if member is not None:
            with suppress(actions.NotPublished):
                actions.publish_year(year=year, by=member.as_actor(), at=clock.now())
