import uuid

from django.db import models

from mediane.casework.models.case import Case
from mediane.casework.states import WhyTransferred
from mediane.organisations.models import Organisation


class FileTransfer(models.Model):
    """The person belongs to another Caf from a day on: the case is closed here, and goes on there."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="file_transfer", db_constraint=False)
    to = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField("numéro allocataire dans cette Caf", max_length=8)
    reason = models.CharField("motif", max_length=10, choices=WhyTransferred)
    moved_on = models.DateField("dépend de cette Caf depuis le")
    decided_at = models.DateTimeField("décidé le")
    decided_by = models.CharField("décidé par", max_length=120)

    def __str__(self) -> str:
        return f"vers {self.to.name}"


class AnonymousArrival(models.Model):
    """One request received by a Caf, online or not: what the roll-out is counted on, without identity.

    Written by a trigger with the case, as `rules.counting` has it: what another Caf sent is counted there,
    and a duplicate takes its own away by a row the other way.
    """

    # Drawn at random: two sequences would match.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    received_on = models.DateField("reçue le")
    is_online = models.BooleanField("par la téléprocédure")
    number = models.SmallIntegerField("compte pour", default=1, db_default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "received_on"],
                include=["is_online", "number"],
                name="arrival_of_a_caf",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__in=(1, -1)), name="arrival_counts_one_way")
        ]

    def __str__(self) -> str:
        return f"reçue le {self.received_on}"
