"""The task that has the rights of a household computed, by another program."""

from procrastinate.contrib.django import app

from mediane.documents.queries import opened
from mediane.entitlements.actions import give_up, keep_amounts
from mediane.entitlements.models import Estimate
from mediane.entitlements.queries import open_estimate
from mediane.entitlements.states import State
from mediane.integrations.openfisca.adapter import NotComputed, compute
from mediane.jobs.tasks import AGAIN
from mediane.kit import clock
from mediane.kit.rowsecurity import staff, working_for


@app.task(name="estimate_rights", retry=AGAIN)
def estimate_rights(*, organisation_id: int, estimate_id: int) -> None:
    """Computed outside any transaction; what came of it is kept once."""
    with working_for(staff(organisation_id)):
        estimate = Estimate.objects.select_related("case__key").get(pk=estimate_id)
        if estimate.state != State.ASKED:
            return
        household = open_estimate(estimate, opened(estimate.case.key)).household
    try:
        amounts, computed_with = compute(household)
    except NotComputed as silence:
        with working_for(staff(organisation_id)):
            give_up(estimate=estimate, because=str(silence), at=clock.now())
        return
    with working_for(staff(organisation_id)):
        keep_amounts(estimate=estimate, amounts=amounts, computed_with=computed_with, at=clock.now())
