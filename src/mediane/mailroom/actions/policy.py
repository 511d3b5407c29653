from datetime import date, datetime

from django.db import transaction

from mediane.casework.rights import require
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.refusal import Refusal
from mediane.mailroom import rights
from mediane.mailroom.models import MailPolicy
from mediane.mailroom.states import Policy
from mediane.organisations.models import Organisation


class PolicyInThePast(Refusal):
    """What was done with the mail of a day gone by does not change."""


@transaction.atomic
def choose_policy(
    *, organisation: Organisation, policy: Policy, effective_from: date, by: Actor, at: datetime
) -> None:
    """Say what the Caf does with its mailbox from a day on; chosen twice for one day, the last one holds.

    :raises PolicyInThePast: for a day gone by.
    """
    require(rights.may_choose_policy(by, organisation.pk))
    if effective_from < clock.day_of(at, organisation.time_zone):
        raise PolicyInThePast("Choisissez aujourd’hui ou un jour à venir.")
    record(
        verb="choose_mail_policy",
        subject=("organisation", organisation.code),
        by=by,
        at=at,
        policy=policy,
        effective_from=effective_from.isoformat(),
    )
    chosen = {"policy": policy, "chosen_at": at, "chosen_by": by.name}
    that_day = {"organisation": organisation, "effective_from": effective_from}
    if not MailPolicy.objects.filter(**that_day).update(**chosen):
        MailPolicy.objects.create(**that_day, **chosen)
