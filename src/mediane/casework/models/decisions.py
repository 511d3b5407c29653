from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.casework.states import Outcome, Verdict
from mediane.organisations.models import Organisation


class Admissibility(models.Model):
    """The mediator’s dated decision that the legal conditions hold, or not (CSS L.217-7-1, II)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="admissibility", db_constraint=False)
    verdict = models.CharField("décision", max_length=12, choices=Verdict)
    reason = models.CharField("motif", max_length=30, blank=True)
    decided_at = models.DateTimeField("décidée le")
    notified_on = models.DateField("notifiée le")
    decided_by = models.CharField("décidée par", max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="inadmissible_has_a_reason",
                condition=Q(verdict=Verdict.ADMISSIBLE, reason="")
                | (Q(verdict=Verdict.INADMISSIBLE) & ~Q(reason="")),
                violation_error_message="Une décision d’irrecevabilité porte son motif, et elle seule.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} le {self.notified_on}"


class Reorientation(models.Model):
    """Sent to the right body, with the person told (CRPA L.114-2)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="reorientation", db_constraint=False)
    reason = models.CharField("motif", max_length=30)
    body = models.CharField("organisme compétent", max_length=30)
    decided_at = models.DateTimeField("décidée le")
    decided_by = models.CharField("décidée par", max_length=120)

    def __str__(self) -> str:
        return f"vers {self.body}"


class LitigationEnd(models.Model):
    """A court was seized: mediation ends that day (CSS L.217-7-1, II)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="litigation_end", db_constraint=False)
    seized_on = models.DateField("tribunal saisi le")
    evidence = models.CharField("preuve", max_length=200)
    noted_at = models.DateTimeField("constaté le")

    def __str__(self) -> str:
        return f"tribunal saisi le {self.seized_on}"


class Closing(models.Model):
    """What came of an answered case."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="closing", db_constraint=False)
    outcome = models.CharField("résultat", max_length=15, choices=Outcome)
    cause = models.CharField("cause analysée", max_length=30)
    closed_at = models.DateTimeField("close le")
    closed_by = models.CharField("close par", max_length=120)

    def __str__(self) -> str:
        return self.get_outcome_display()
