from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.organisations.models import Organisation


class SocialFacts(models.Model):
    """What the service may note of whoever asked, in bands of the catalogue: optional, only for figures.

    Of one request, as the person was then; nothing is decided from it. It goes with the case: the database
    erases it when the case or the person is erased.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="social", db_constraint=False)
    household = models.CharField("foyer", max_length=30, blank=True)
    age = models.CharField("tranche d’âge", max_length=30, blank=True)
    quotient = models.CharField("tranche de quotient familial", max_length=30, blank=True)
    noted_at = models.DateTimeField("notées le")
    noted_by = models.CharField("notées par", max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="social_facts_say_something",
                condition=~Q(household="", age="", quotient=""),
                violation_error_message="Rien à garder quand rien n’est dit.",
            )
        ]

    def __str__(self) -> str:
        return f"données sociales du dossier {self.case_id}"
