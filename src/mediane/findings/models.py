from typing import Self

from django.db import models
from django.db.models import Q

from mediane.casework.models import Case, Recommendation
from mediane.findings.states import FOLLOWED, Motive, Outcome
from mediane.organisations.models import Organisation


class FindingQuerySet(models.QuerySet["Finding"]):
    def of(self, organisation_id: int) -> Self:
        return self.filter(organisation_id=organisation_id)


class Finding(models.Model):
    """What the mediator sees come back from one case to the next. It names nobody: the head reads it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    number = models.PositiveIntegerField("numéro dans la Caf")
    title = models.CharField("constat", max_length=120)
    words = models.TextField("en quelques phrases", max_length=3000)
    # What its recurrence is measured by: codes of the catalogue.
    motive = models.CharField("mesuré par", max_length=10, choices=Motive, blank=True)
    code = models.CharField("motif ou cause", max_length=30, blank=True)
    benefit = models.CharField("prestation", max_length=30, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    opened_at = models.DateTimeField("ouvert le")
    opened_by = models.CharField("ouvert par", max_length=120)

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="finding_once_a_number"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="finding_entered_once"),
            models.CheckConstraint(
                name="finding_measured_by_something_or_not",
                condition=Q(motive="", code="", benefit="") | (Q(motive__in=Motive.values) & ~Q(code="")),
                violation_error_message="Une mesure a son motif ou sa cause.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Evidence(models.Model):
    """A case that shows a finding, or one recommendation made in it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="evidence", db_constraint=False, db_index=False
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="shows", db_constraint=False)
    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, null=True, blank=True, related_name="shows", db_constraint=False
    )
    joined_at = models.DateTimeField("rattaché le")
    joined_by = models.CharField("rattaché par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "case", "recommendation"], nulls_distinct=False, name="evidence_once"
            )
        ]

    def __str__(self) -> str:
        return f"dossier {self.case_id}, constat {self.finding_id}"


class CitedFigure(models.Model):
    """A figure that shows a finding, by its code and what it is narrowed to: read again each time."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="figures", db_constraint=False, db_index=False
    )
    indicator = models.CharField("chiffre", max_length=60)
    # From the month of the first to that of the last, both counted.
    since = models.DateField("depuis")
    until = models.DateField("jusqu’à")
    channel = models.CharField("canal", max_length=30, blank=True)
    benefit = models.CharField("prestation", max_length=30, blank=True)
    cited_at = models.DateTimeField("cité le")
    cited_by = models.CharField("cité par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "indicator", "since", "until", "channel", "benefit"],
                name="figure_cited_once",
            ),
            models.CheckConstraint(
                name="figure_ends_after_it_begins",
                condition=Q(until__gte=models.F("since")),
                violation_error_message="Une période finit après avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.indicator


class Proposal(models.Model):
    """What the mediator proposes so that a finding does not come back: to whom, by when, what came of it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    finding = models.ForeignKey(
        Finding, models.PROTECT, related_name="proposals", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang")
    words = models.TextField("proposition", max_length=2000)
    addressee = models.CharField("à qui", max_length=120)
    due_on = models.DateField("réponse attendue le")
    # As the last follow-up says, so that lists read one row.
    outcome = models.CharField("suite", max_length=12, choices=Outcome, default=Outcome.PENDING)
    since = models.DateField("depuis le", null=True, blank=True)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    proposed_at = models.DateTimeField("proposée le")
    proposed_by = models.CharField("proposée par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "rank"], name="proposal_once_a_rank"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="proposal_entered_once"),
            models.CheckConstraint(
                name="proposal_followed_since_a_day",
                condition=Q(outcome=Outcome.PENDING, since=None)
                | Q(outcome__in=FOLLOWED, since__isnull=False),
                violation_error_message="Une suite a son jour.",
            ),
        ]

    def __str__(self) -> str:
        return f"proposition {self.rank} à {self.addressee}"


class FollowUp(models.Model):
    """One thing that became of a proposal, with what shows it. Never changed: the next line says the rest."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="follow_ups", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang")
    outcome = models.CharField("suite", max_length=12, choices=Outcome)
    on = models.DateField("depuis le")
    words = models.TextField("ce qui a été fait ou répondu", max_length=1000)
    evidence = models.CharField("ce qui le montre", max_length=200)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    noted_at = models.DateTimeField("noté le")
    noted_by = models.CharField("noté par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "rank"], name="follow_up_once_a_rank"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="follow_up_entered_once"),
            models.CheckConstraint(
                name="follow_up_says_what_and_by_what",
                condition=Q(outcome__in=FOLLOWED) & ~Q(words="") & ~Q(evidence=""),
                violation_error_message="Une suite dit ce qui a été fait, et ce qui le montre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} le {self.on}"
