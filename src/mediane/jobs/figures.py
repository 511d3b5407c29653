"""The tasks of figures: what happened since last time is counted, and every night everything again."""

from datetime import date

from procrastinate.contrib.django import app

from mediane.jobs.tasks import AGAIN
from mediane.kit import clock
from mediane.kit.rowsecurity import national, staff, working_for
from mediane.organisations.queries import all_cafs, the_national_mediation
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


def _add_up(months: set[date]) -> None:
    with working_for(national(the_national_mediation().pk)):
        actions.add_up(months=months)
