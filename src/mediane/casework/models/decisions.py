from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from mediane.casework.models.case import Case
from mediane.casework.states import OPEN, Outcome, Signal, State, Verdict, Weighing
from mediane.organisations.models import Organisation


class Admissibility(models.Model):
    """The mediator’s dated decision that the legal conditions hold, or not (CSS L.217-7-1, II).

    Taken once; a reclassification lets another be taken, beside the first.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="admissibilities", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang", default=1, db_default=1)
    verdict = models.CharField("décision", max_length=12, choices=Verdict)
    reason = models.CharField("motif", max_length=30, blank=True)
    decided_at = models.DateTimeField("décidée le")
    notified_on = models.DateField("notifiée le")
    decided_by = models.CharField("décidée par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rank"], name="admissibility_once_a_rank"),
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
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="reorientations", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang", default=1, db_default=1)
    reason = models.CharField("motif", max_length=30)
    body = models.CharField("organisme compétent", max_length=30)
    # Without it, nothing of the request leaves for the other body.
    agreed_on = models.DateField("la personne est d’accord depuis le", null=True, blank=True)
    decided_at = models.DateTimeField("décidée le")
    decided_by = models.CharField("décidée par", max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "rank"], name="reorientation_once_a_rank")]

    def __str__(self) -> str:
        return f"vers {self.body}"


class Forwarding(models.Model):
    """The file of a redirected request, prepared for the body that decides, with the person's agreement."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    reorientation = models.OneToOneField(
        Reorientation, models.PROTECT, related_name="forwarding", db_constraint=False
    )
    agreed_on = models.DateField("la personne est d’accord depuis le")
    prepared_at = models.DateTimeField("préparé le")
    prepared_by = models.CharField("préparé par", max_length=120)

    def __str__(self) -> str:
        return f"préparé le {self.prepared_at:%Y-%m-%d}"


class Reclassification(models.Model):
    """A decision on scope seen otherwise afterwards: what stood, since when, and what replaces it.

    The decision that stood stays written as it was.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="reclassifications", db_constraint=False, db_index=False
    )
    source = models.CharField("état avant", max_length=22, choices=State)
    target = models.CharField("état après", max_length=22, choices=State)
    stood_since = models.DateTimeField("décision d’avant, prise le")
    because = models.CharField("pourquoi", max_length=300)
    decided_at = models.DateTimeField("décidée le")
    decided_by = models.CharField("décidée par", max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reclassified_in_or_out",
                condition=Q(source__in=(State.REDIRECTED, State.INADMISSIBLE), target=State.UNDER_STUDY)
                | Q(source=State.ANSWERED, target=State.REDIRECTED)
                | (Q(source__in=OPEN) & Q(target=State.INADMISSIBLE)),
                violation_error_message="Un reclassement fait entrer dans la médiation, ou en fait sortir.",
            ),
            models.CheckConstraint(
                name="reclassified_after_and_with_a_reason",
                condition=Q(decided_at__gte=models.F("stood_since")) & ~Q(because=""),
                violation_error_message="Un reclassement suit la décision qu’il remplace, et dit pourquoi.",
            ),
        ]
        indexes = [models.Index(fields=["case"], name="reclassification_of_a_case")]

    def __str__(self) -> str:
        return f"{self.source} puis {self.target}"


class LitigationEnd(models.Model):
    """A court was seized: mediation ends that day (CSS L.217-7-1, II)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="litigation_end", db_constraint=False)
    seized_on = models.DateField("tribunal saisi le")
    evidence = models.CharField("preuve", max_length=200)
    noted_at = models.DateTimeField("constaté le")

    def __str__(self) -> str:
        return f"tribunal saisi le {self.seized_on}"


class ClosingQuerySet(models.QuerySet["Closing"]):
    def standing(self) -> Self:
        """What is counted: the last closing of a case that is still answered.

        Of one reopened, reclassified or withdrawn since, closings are history.
        """
        last = Closing.objects.filter(case=OuterRef("case")).order_by("-closed_at").values("closed_at")
        return self.filter(case__state=State.ANSWERED, closed_at=Subquery(last[:1]))


class Closing(models.Model):
    """What came of an answered case; reclassified out and back, it may be answered again beside the first."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="closings", db_constraint=False, db_index=False
    )
    outcome = models.CharField("résultat", max_length=15, choices=Outcome)
    cause = models.CharField("cause analysée", max_length=30)
    reason = models.CharField("raison précise", max_length=30, blank=True)
    error_type = models.CharField("erreur constatée", max_length=30, blank=True)
    service = models.CharField("service concerné", max_length=30, blank=True)
    # Said by whoever closed: no amount follows. Recorded amounts say the contrary by themselves.
    is_without_effect = models.BooleanField("aucun effet financier", default=False)
    closed_at = models.DateTimeField("close le")
    closed_by = models.CharField("close par", max_length=120)

    objects = ClosingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "closed_at"], name="closing_once_a_moment")]

    def __str__(self) -> str:
        return self.get_outcome_display()


class Reopening(models.Model):
    """An answered case studied again: what was closed, why, since when. Its first closing stays written."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="reopenings", db_constraint=False, db_index=False
    )
    closed_at = models.DateTimeField("réponse qui est revue, du")
    because = models.CharField("pourquoi", max_length=300)
    reopened_at = models.DateTimeField("rouverte le")
    reopened_by = models.CharField("rouverte par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "closed_at"], name="reopening_once_a_closing"),
            models.CheckConstraint(
                name="reopened_after_and_with_a_reason",
                condition=Q(reopened_at__gte=models.F("closed_at")) & ~Q(because=""),
                violation_error_message="Une réouverture suit la réponse qu’elle revoit, et dit pourquoi.",
            ),
        ]

    def __str__(self) -> str:
        return f"rouverte le {self.reopened_at:%Y-%m-%d}"


class UrgencySignal(models.Model):
    """What may be urgent, raised by what the person said; weighed by a human, or not yet."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="signals", db_constraint=False, db_index=False
    )
    signal = models.CharField("signal", max_length=20, choices=Signal)
    declared = models.BooleanField("coché par la personne")
    words = models.CharField("mots de la personne", max_length=200, blank=True)
    weighing = models.CharField("avis du service", max_length=10, choices=Weighing, blank=True)
    weighed_at = models.DateTimeField("avis donné le", null=True, blank=True)
    weighed_by = models.CharField("avis donné par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "signal"], name="signal_once_a_case"),
            models.CheckConstraint(
                name="signal_weighed_by_somebody",
                condition=Q(weighing=Weighing.UNWEIGHED, weighed_at=None, weighed_by="")
                | (
                    Q(weighing__in=(Weighing.CONFIRMED, Weighing.SET_ASIDE), weighed_at__isnull=False)
                    & ~Q(weighed_by="")
                ),
                violation_error_message="Un signal pesé l’est par quelqu’un, à une date.",
            ),
            models.CheckConstraint(
                name="signal_said_by_the_person",
                condition=Q(declared=True) | ~Q(words=""),
                violation_error_message="Un signal vient de ce que dit la personne.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_signal_display()
