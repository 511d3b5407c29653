from django.db import models
from django.db.models import F, Q

from mediane.casework.models.case import Case
from mediane.casework.states import Effect
from mediane.kit.money import euros
from mediane.organisations.models import Organisation


class FinancialEffect(models.Model):
    """What one decision on one benefit became in euros. A line never changes: another corrects it.

    It is counted once a second person of the Caf has validated it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="effects", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang dans le dossier")
    kind = models.CharField("effet", max_length=24, choices=Effect)
    benefit = models.CharField("prestation", max_length=30)
    decision = models.CharField("décision", max_length=160)
    before = models.DecimalField("montant avant", max_digits=10, decimal_places=2)
    after = models.DecimalField("montant après", max_digits=10, decimal_places=2)
    # What the two say, in the sense of the kind: never negative.
    amount = models.DecimalField("montant de l’effet", max_digits=10, decimal_places=2)
    evidence = models.CharField("justificatif", max_length=200)
    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="correction",
        db_constraint=False,
        verbose_name="ligne corrigée",
    )
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    recorded_at = models.DateTimeField("saisie le")
    recorded_by = models.CharField("saisie par", max_length=120)
    recorded_by_id = models.BigIntegerField("numéro de qui l’a saisie")
    validated_at = models.DateTimeField("validée le", null=True, blank=True)
    validated_by = models.CharField("validée par", max_length=120, blank=True)
    validated_by_id = models.BigIntegerField("numéro de qui l’a validée", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rank"], name="effect_once_a_rank"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="effect_entered_once"),
            models.CheckConstraint(
                name="effect_amounts_are_not_negative",
                condition=Q(before__gte=0, after__gte=0, amount__gte=0),
                violation_error_message="Un montant n’est jamais négatif.",
            ),
            models.CheckConstraint(
                name="effect_changes_something_or_corrects",
                condition=Q(amount__gt=0) | Q(corrects__isnull=False),
                violation_error_message="Une ligne sans effet ne peut que corriger.",
            ),
            models.CheckConstraint(
                name="effect_validated_by_another",
                condition=Q(validated_at=None, validated_by="", validated_by_id=None)
                | (Q(validated_at__isnull=False) & ~Q(validated_by_id=F("recorded_by_id"))),
                violation_error_message="Une autre personne valide.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "recorded_at"],
                condition=Q(validated_at=None),
                name="effect_to_validate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}\u00a0: {euros(self.amount)}"
