from django.contrib.postgres.fields import ArrayField
from django.db import models

from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary


class EligibilityPolicy(models.Model):
    """The rules of the test from a day on. Reference data: the national mediator’s, by migration."""

    version = models.PositiveSmallIntegerField("version", unique=True)
    effective_from = models.DateField("en vigueur depuis")
    waiting_months = models.PositiveSmallIntegerField("mois laissés à la Caf pour répondre")
    early_filing_allowed = models.BooleanField("dépôt avant terme permis")
    cra_pending_blocks = models.BooleanField("commission de recours amiable saisie : obstacle")
    source = models.TextField("source")

    def __str__(self) -> str:
        return f"règles v. {self.version}"


class EligibilityCheck(models.Model):
    """One run of the test, kept whatever its result. It has no legal effect."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    beneficiary = models.ForeignKey(Beneficiary, models.PROTECT, db_constraint=False)
    policy = models.ForeignKey(EligibilityPolicy, models.PROTECT)
    answers = models.JSONField("réponses")
    obstacles = ArrayField(models.CharField(max_length=30), verbose_name="obstacles", default=list)
    flags = ArrayField(models.CharField(max_length=30), verbose_name="signaux", default=list)
    told = models.TextField("ce qui a été dit", blank=True)
    possible_from = models.DateField("possible à partir du", null=True, blank=True)
    announced_at = models.DateTimeField("personne prévenue le", null=True, blank=True)
    taken_at = models.DateTimeField("passé le")

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "beneficiary", "-taken_at"], name="check_of_a_beneficiary"),
            models.Index(
                fields=["possible_from"], name="check_to_announce", condition=models.Q(announced_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"test du {self.taken_at:%Y-%m-%d}"
