from procrastinate.contrib.django import app

from mediane.jobs.tasks import AGAIN
from mediane.kit import clock
from mediane.kit.rowsecurity import upkeep, working_for
from mediane.organisations.queries import all_cafs, the_national_mediation
from mediane.unsent.actions import forget_old
from mediane.unsent.rules import FORGOTTEN_AFTER


@app.task(name="forget_unsent", retry=AGAIN)
def forget_unsent(timestamp: int) -> None:
    """What somebody typed and never came back to."""
    before = clock.now() - FORGOTTEN_AFTER
    for organisation in (*all_cafs(), the_national_mediation()):
        with working_for(upkeep(organisation.pk)):
            forget_old(organisation_id=organisation.pk, before=before)
