from datetime import datetime

from django.db import transaction

from mediane.casework.actions.open_case import open_case
from mediane.casework.models import Case
from mediane.journal.rules import Actor
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral


@transaction.atomic
def receive(*, draft: Referral, by: Actor, at: datetime) -> Case:
    """Send a draft and open its case, once: a second call, or a second tab, finds the first result.

    :raises referrals.Incomplete: with what is missing.
    """
    if referrals.file(draft=draft, by=by, at=at):
        return open_case(referral=draft, by=by, at=at)
    return Case.objects.get(referral=draft)
