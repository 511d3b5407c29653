"""The tasks of figures: what happened since last time is counted, and every night everything again."""

from contextlib import suppress

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from mediane.jobs.tasks import AGAIN
from mediane.kit import clock
from mediane.kit.rowsecurity import national, staff, working_for
from mediane.organisations.queries import all_cafs, membership_of, the_national_mediation
from mediane.statistics import actions

# One of them at a time; what a lost one had not added up, the next one does.
COUNTING = "figures"
SOON = RetryStrategy(max_attempts=3, wait=20)


@app.task(name="catch_up_figures", retry=SOON, lock=COUNTING)
def catch_up_figures(timestamp: int) -> None:
    actions.catch_up_network(at=clock.now())


@app.task(name="recount_figures", retry=SOON, lock=COUNTING)
def recount_figures(timestamp: int) -> None:
    """Nothing should change: a figure that drifted would be right the next morning."""
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            actions.recount_everything(caf=caf, at=clock.now())
    with working_for(national(the_national_mediation().pk)):
        actions.add_up_waiting()
    # Only whole months raise signals: once a night is often enough.
    actions.watch_network(at=clock.now())


@app.task(name="publish_year", retry=AGAIN)
def publish_year(*, year: int, user_id: int) -> None:
    """In the name of whoever ordered it. Published meanwhile, there is nothing left to do."""
    nation = the_national_mediation()
    with working_for(national(nation.pk)):
        member = membership_of(user_id, nation.pk)
        if member is not None:
            with suppress(actions.NotPublished):
                actions.publish_year(year=year, by=member.as_actor(), at=clock.now())
