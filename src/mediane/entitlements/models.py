from django.db import models
from django.db.models import Q

from mediane.casework.models import Case
from mediane.entitlements.states import State
from mediane.organisations.models import Organisation


class Estimate(models.Model):
    """What a household could be entitled to in a month, as another program computed it; never a decision.

    Facts and amounts are sealed with the key of the case.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="estimates", db_constraint=False, db_index=False
    )
    household = models.BinaryField("foyer scellé")
    amounts = models.BinaryField("montants scellés", null=True, blank=True)
    state = models.CharField("état", max_length=6, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField("demandée le")
    asked_by = models.CharField("demandée par", max_length=120)
    ended_at = models.DateTimeField("calculée le", null=True, blank=True)
    computed_with = models.CharField("calculée avec", max_length=60, blank=True)
    because = models.CharField("pourquoi elle manque", max_length=200, blank=True)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="estimate_entered_once"),
            models.CheckConstraint(
                name="estimate_has_amounts_iff_done",
                condition=(Q(state=State.DONE, amounts__isnull=False) & ~Q(computed_with=""))
                | (Q(state=State.FAILED, amounts=None) & ~Q(because=""))
                | Q(state=State.ASKED, amounts=None, ended_at=None),
            ),
        ]
        indexes = [models.Index(fields=["case", "-asked_at"], name="estimate_of_a_case")]

    def __str__(self) -> str:
        return f"estimation du {self.asked_at:%Y-%m-%d}"
