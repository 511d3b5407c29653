from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.casework.states import Answer
from mediane.organisations.models import Organisation


class Recommendation(models.Model):
    """What the mediator asks of a service about one case, and what the service answered."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="recommendations", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang dans le dossier")
    service = models.CharField("service", max_length=30)
    # As the service itself names whoever handled the file: shown as a pseudonym outside of the case.
    officer = models.CharField("code du gestionnaire", max_length=20, blank=True)
    words = models.TextField("recommandation", max_length=1000)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    made_at = models.DateTimeField("faite le")
    made_by = models.CharField("faite par", max_length=120)
    answer = models.CharField("réponse", max_length=10, choices=Answer, blank=True)
    answer_words = models.TextField("ce que dit le service", max_length=1000, blank=True)
    answered_on = models.DateField("réponse du", null=True, blank=True)
    noted_at = models.DateTimeField("réponse notée le", null=True, blank=True)
    noted_by = models.CharField("réponse notée par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rank"], name="recommendation_once_a_rank"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="recommendation_entered_once"),
            models.CheckConstraint(
                name="recommendation_says_something", condition=~Q(words="") & ~Q(service="")
            ),
            models.CheckConstraint(
                name="recommendation_answered_by_somebody",
                condition=Q(answer="", answer_words="", answered_on=None, noted_at=None, noted_by="")
                | (
                    Q(answer__in=Answer.values, answered_on__isnull=False, noted_at__isnull=False)
                    & ~Q(noted_by="")
                ),
                violation_error_message="Une réponse a un jour, et quelqu’un l’a notée.",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-made_at"], name="recommendation_of_a_caf")]

    def __str__(self) -> str:
        return f"recommandation {self.rank} du dossier {self.case_id}"
