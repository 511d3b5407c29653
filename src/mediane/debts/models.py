from typing import Self

from django.db import models
from django.db.models import F, Q

from mediane.casework.models import Case
from mediane.debts.rules.scale import Scale, slices_of
from mediane.organisations.models import Organisation


class Explanation(models.Model):
    """The table of an overpayment as it is being written: one a case, sealed, with what is wrong in it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.OneToOneField(Case, models.PROTECT, related_name="explanation", db_constraint=False)
    sealed = models.BinaryField("tableau scellé")
    version = models.PositiveIntegerField("version", default=1)
    # The page it was last saved from: one’s own automatic savings never come too late.
    edited_in = models.UUIDField("page de rédaction", null=True, blank=True)
    saved_at = models.DateTimeField("enregistré le")
    saved_by = models.CharField("enregistré par", max_length=120)

    def __str__(self) -> str:
        return f"tableau du trop-perçu, version {self.version}"


class ScaleQuerySet(models.QuerySet["DeductionScale"]):
    def standing(self) -> Self:
        """Those that no other corrects."""
        return self.filter(correction=None)


class DeductionScale(models.Model):
    """The legal scale of deductions between two days, set by the national mediation. It never changes: a
    mistake in it is corrected by another one, and what was worked out keeps the one it was worked out by."""

    number = models.PositiveSmallIntegerField("numéro", unique=True)
    valid_from = models.DateField("premier jour")
    valid_until = models.DateField("dernier jour")
    flat = models.DecimalField("somme fixe", max_digits=8, decimal_places=2)
    slices = models.JSONField("tranches et taux")
    deemed = models.DecimalField("revenu retenu quand il n’est pas connu", max_digits=8, decimal_places=2)
    source = models.CharField("source", max_length=300)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction", verbose_name="corrige"
    )
    entry_key = models.UUIDField("page de saisie", unique=True, null=True, blank=True)
    entered_at = models.DateTimeField("saisi le", null=True, blank=True)
    entered_by = models.CharField("saisi par", max_length=120, blank=True)

    objects = ScaleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="scale_ends_after_it_begins",
                condition=Q(valid_until__gte=F("valid_from")),
                violation_error_message="Un barème finit après avoir commencé.",
            ),
            models.CheckConstraint(
                name="scale_says_where_it_comes_from",
                condition=~Q(source=""),
                violation_error_message="Un barème a une source.",
            ),
        ]

    def __str__(self) -> str:
        return f"barème {self.number}"

    @property
    def rule(self) -> Scale:
        return Scale(self.valid_from, self.valid_until, self.flat, slices_of(self.slices), self.deemed)


class Calculation(models.Model):
    """A deduction worked out for a case, as an aid: what was typed and what came of it. Never changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="calculations", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang dans le dossier")
    scale = models.ForeignKey(DeductionScale, models.PROTECT)
    sealed = models.BinaryField("calcul scellé")
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    made_at = models.DateTimeField("fait le")
    made_by = models.CharField("fait par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rank"], name="calculation_once_a_rank"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="calculation_entered_once"),
        ]

    def __str__(self) -> str:
        return f"calcul {self.rank}"
