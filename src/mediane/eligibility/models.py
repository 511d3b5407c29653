import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mediane.eligibility.rules import LONGEST_WAIT, OPTIONAL, Verdict
from mediane.organisations.models import Organisation
from mediane.people.models import Beneficiary

OPEN = Verdict.OPEN.value


class EligibilityPolicy(models.Model):
    """The rules of the test from a day on, set by the national mediation: a draft while it has no
    version, then published and never changed."""

    version = models.PositiveSmallIntegerField("version", unique=True, null=True, blank=True)
    effective_from = models.DateField("en vigueur depuis", null=True, blank=True)
    waiting_months = models.PositiveSmallIntegerField("mois laissés à la Caf pour répondre")
    early_filing_allowed = models.BooleanField("dépôt avant terme permis")
    cra_pending_blocks = models.BooleanField("commission de recours amiable saisie : obstacle")
    skipped = ArrayField(
        models.CharField(max_length=20), verbose_name="questions non posées", default=list, blank=True
    )
    source = models.TextField("source")
    saved_at = models.DateTimeField("enregistrées le", null=True, blank=True)
    saved_by = models.CharField("enregistrées par", max_length=120, blank=True)
    revision = models.PositiveIntegerField("révision", default=1)
    published_on = models.DateField("publiées le", null=True, blank=True)
    published_by = models.CharField("publiées par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_published_has_a_day",
                condition=Q(version=None, effective_from=None, published_on=None)
                | Q(version__isnull=False, effective_from__isnull=False),
            ),
            models.CheckConstraint(
                name="policy_begins_after_it_is_published",
                condition=Q(published_on=None) | Q(effective_from__gt=F("published_on")),
                violation_error_message="Des règles entrent en vigueur après le jour de leur publication.",
            ),
            models.CheckConstraint(
                name="policy_asks_what_the_law_asks",
                condition=Q(waiting_months__range=(1, LONGEST_WAIT))
                & Q(skipped__contained_by=[str(question) for question in OPTIONAL]),
            ),
        ]

    def __str__(self) -> str:
        return f"règles v. {self.version}" if self.version else "projet de règles"

    @property
    def is_draft(self) -> bool:
        return self.version is None


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


class AnonymousAttempt(models.Model):
    """What is counted of one run of the test: no person, no day, no reference to the run itself.

    The only trace of the test that the national mediation reads. Its number is drawn at random:
    a sequence would match that of the runs.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    policy = models.ForeignKey(EligibilityPolicy, models.PROTECT)
    month = models.DateField("premier jour du mois")
    profile = models.JSONField("réponses, sans identité")
    verdict = models.CharField("issue", max_length=10)
    obstacle = models.CharField("obstacle annoncé", max_length=30, blank=True)
    told = models.CharField("ce qui a été dit", max_length=300, blank=True)
    # Somebody who had been told to wait or stop, and now may go on.
    returned_from = models.CharField("revenu après", max_length=30, blank=True)
    returned_after = models.PositiveSmallIntegerField("revenu après tant de jours", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "month"], name="attempts_of_a_month")]
        constraints = [
            models.CheckConstraint(name="attempt_by_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="attempt_told_of_an_obstacle",
                condition=Q(verdict=OPEN, obstacle="") | (~Q(verdict=OPEN) & ~Q(obstacle="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.month:%Y-%m}"
