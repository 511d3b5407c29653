from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.casework.models.exchanges import DocumentRequest, Hold
from mediane.organisations.models import Organisation


class WaitChange(models.Model):
    """A wait prolonged, shortened or ended, and why: the service’s own words, never changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="wait_changes", db_constraint=False, db_index=False
    )
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, blank=True, db_constraint=False)
    request = models.ForeignKey(DocumentRequest, models.PROTECT, null=True, blank=True, db_constraint=False)
    before = models.DateField("date d’avant")
    # Empty when the wait ended.
    until = models.DateField("nouvelle date", null=True, blank=True)
    because = models.CharField("pourquoi", max_length=300)
    changed_on = models.DateField("changée le")
    changed_at = models.DateTimeField("changée à")
    changed_by = models.CharField("changée par", max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="wait_change_of_one_wait",
                condition=Q(hold=None, request__isnull=False) | Q(hold__isnull=False, request=None),
                violation_error_message="Un changement porte sur une attente, et une seule.",
            ),
            models.CheckConstraint(
                name="wait_change_says_why",
                condition=~Q(because=""),
                violation_error_message="Dites pourquoi l’attente change.",
            ),
        ]
        indexes = [models.Index(fields=["case", "changed_at"], name="wait_change_of_a_case")]

    def __str__(self) -> str:
        return f"attente changée le {self.changed_on}"
