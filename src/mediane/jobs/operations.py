"""Operations on many cases: each piece is a transaction, so that a worker that dies loses one at most."""

from datetime import timedelta

from procrastinate.contrib.django import app

from mediane.jobs.tasks import AGAIN
from mediane.kit import clock
from mediane.kit.rowsecurity import staff, working_for
from mediane.organisations.queries import all_cafs
from mediane.worklists import actions
from mediane.worklists.models import Operation
from mediane.worklists.queries import operations as queries

SILENCE = timedelta(minutes=5)


@app.task(name="carry_out", retry=AGAIN)
def carry_out(*, organisation_id: int, operation_id: int) -> None:
    remains = True
    while remains:
        with working_for(staff(organisation_id)):
            operation = Operation.objects.select_related("to").get(pk=operation_id)
            remains = actions.go_on(operation=operation, at=clock.now())


@app.task(name="look_after_operations", retry=AGAIN)
def look_after_operations(timestamp: int) -> None:
    """What a parked or lost job left on the way goes on; sheets of a day are forgotten."""
    at = clock.now()
    for caf in all_cafs():
        with working_for(staff(caf.pk)):
            for operation in queries.past_sheets(caf.pk, at):
                actions.forget_sheet(operation=operation)
            for operation in queries.stopped(caf.pk, since=at - SILENCE):
                actions.have_carried_out(operation=operation)
