from django.db import models
from django.db.models import Q

from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary


class Source(models.TextChoices):
    REGISTER = "REGISTER", "trouvée dans la GRC"
    DECLARED = "DECLARED", "déclarée par la personne"


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
