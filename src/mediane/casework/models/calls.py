from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.casework.states import CallKind
from mediane.organisations.models import Organisation


class Call(models.Model):
    """A telephone call about a case, or one tried in vain; the row never changes.

    What was said is sealed, as a private note is. What the person reads too is as readable as a message.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT, related_name="calls", db_constraint=False, db_index=False)
    kind = models.CharField("sens", max_length=10, choices=CallKind)
    called_at = models.DateTimeField("appel du")
    minutes = models.PositiveSmallIntegerField("durée en minutes", null=True, blank=True)
    spoke_to = models.CharField("avec", max_length=120)
    sealed = models.BinaryField("paroles scellées")
    body = models.TextField("paroles lues aussi par la personne", blank=True)
    is_shared = models.BooleanField("lu aussi par la personne", default=False)
    noted_at = models.DateTimeField("noté le")
    noted_by = models.CharField("noté par", max_length=120)

    class Meta:
        constraints = [
            # Also what a double click meets.
            models.UniqueConstraint(
                fields=["case", "called_at", "kind", "noted_by"], name="call_noted_once_by_somebody"
            ),
            models.CheckConstraint(
                name="call_tried_lasts_nothing",
                condition=~Q(kind=CallKind.TRIED) | Q(minutes=None),
                violation_error_message="Une tentative d’appel ne dure pas.",
            ),
            models.CheckConstraint(
                name="call_said_in_one_place",
                condition=Q(is_shared=True, sealed=b"") | Q(is_shared=False, body=""),
                violation_error_message="Un appel est scellé, ou lu aussi par la personne.",
            ),
            models.CheckConstraint(
                name="call_noted_afterwards",
                condition=Q(called_at__lte=models.F("noted_at")),
                violation_error_message="Un appel se note après coup.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} du {self.called_at:%Y-%m-%d}"
