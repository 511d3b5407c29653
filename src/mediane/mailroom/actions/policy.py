from datetime import date, datetime

from django.db import transaction

from mediane.casework.rights import require
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.mailroom import rights
from mediane.mailroom.models import MailPolicy
from mediane.mailroom.states import Policy
from mediane.organisations.models import Organisation


@transaction.atomic
def choose_policy(
    *, organisation: Organisation, policy: Policy, effective_from: date, by: Actor, at: datetime
) -> None:
    """Say what the Caf does with its mailbox from a day on; chosen twice for one day, the last one holds."""
    require(rights.may_choose_policy(by, organisation.pk))
    record(
        verb="choose_mail_policy",
        subject=("organisation", organisation.code),
        by=by,
        at=at,
        policy=policy,
        effective_from=effective_from.isoformat(),
    )
    if not MailPolicy.objects.filter(organisation=organisation, effective_from=effective_from).update(
        policy=policy
    ):
        MailPolicy.objects.create(organisation=organisation, policy=policy, effective_from=effective_from)
