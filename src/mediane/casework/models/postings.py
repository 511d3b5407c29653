from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.casework.states import Paper
from mediane.organisations.models import Organisation


class Posting(models.Model):
    """A letter that somebody must print and send: sent when they say so, never before.

    What is on it is drawn from the case. Of whoever wrote about somebody, here is what the envelope needs.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="postings", db_constraint=False, db_index=False
    )
    public_id = models.UUIDField("identifiant public", unique=True)
    kind = models.CharField("lettre", max_length=20, choices=Paper)
    name = models.CharField("tiers", max_length=120, blank=True)
    address = models.TextField("adresse du tiers", blank=True)
    received_on = models.DateField("envoi du tiers reçu le", null=True, blank=True)
    prepared_at = models.DateTimeField("préparée le")
    prepared_by = models.CharField("préparée par", max_length=120)
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    sent_by = models.CharField("envoyée par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "name", "received_on"],
                condition=Q(sent_at=None),
                nulls_distinct=False,
                name="posting_waits_once",
            ),
            models.CheckConstraint(
                name="posting_to_somebody",
                condition=Q(kind=Paper.SENDER) & ~Q(name="") & Q(received_on__isnull=False)
                | ~Q(kind=Paper.SENDER) & Q(name="", address="", received_on=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "prepared_at"], name="posting_waiting", condition=Q(sent_at=None)
            ),
            models.Index(fields=["case", "sent_at"], name="posting_of_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.prepared_at:%Y-%m-%d}"
