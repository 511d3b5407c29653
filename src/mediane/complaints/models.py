from uuid import uuid4

from django.db import models
from django.db.models import Q

from mediane.complaints.rules import Fact
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary


class Source(models.TextChoices):
    REGISTER = "REGISTER", "trouvée dans la GRC"
    DECLARED = "DECLARED", "déclarée par la personne"
    UNANSWERED = (
        "UNANSWERED",
        "le registre des réclamations n’a pas répondu\u00a0: déclarée par l’allocataire",
    )


class Failure(models.TextChoices):
    """Why the register does not have a fact, the last time it was told."""

    SILENT = "SILENT", "Pas de réponse"
    REFUSED = "REFUSED", "Refusé par la GRC"


class PriorComplaint(models.Model):
    """The earlier step with the Caf that the law asks for (CSS L.217-7-1, II)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False)
    source = models.CharField("source", max_length=10, choices=Source)
    reference = models.CharField("référence", max_length=40, blank=True)
    subject = models.CharField("objet", max_length=160, blank=True)
    channel = models.CharField("canal", max_length=60, blank=True)
    made_on = models.DateField("faite le")
    answered_on = models.DateField("réponse le", null=True, blank=True)
    was_answered = models.BooleanField("a reçu une réponse", default=False)
    noted_at = models.DateTimeField("notée le")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="complaint_answered_after_it_was_made",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=models.F("made_on")),
                violation_error_message="La réponse ne peut pas précéder la réclamation.",
            ),
        ]

    def __str__(self) -> str:
        return f"Réclamation du {self.made_on}"


class StatusFact(models.Model):
    """A fact that the Caf’s register is to be told, written with the act that makes it true."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False)
    # The name under which it is told, however many times.
    key = models.UUIDField("clé", default=uuid4, unique=True)
    reference = models.CharField("référence", max_length=9)
    fact = models.CharField("fait", max_length=12, choices=[(fact.value, fact.value) for fact in Fact])
    on = models.DateField("vrai depuis le")
    noted_at = models.DateTimeField("noté le")
    told_at = models.DateTimeField("transmis le", null=True, blank=True)
    failed_at = models.DateTimeField("dernier échec le", null=True, blank=True)
    failure = models.CharField("dernier échec", max_length=10, choices=Failure, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "reference", "id"], name="fact_to_tell", condition=Q(told_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact} {self.reference}"
