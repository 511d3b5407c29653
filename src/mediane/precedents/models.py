from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.organisations.models import Organisation


class Release(models.Model):
    """A short summary of a closed case that its mediator let other Cafs read, and when it was withdrawn."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="releases", db_constraint=False, db_index=False
    )
    public_id = models.UUIDField("identifiant public", unique=True)
    words = models.TextField("résumé")
    released_at = models.DateTimeField("partagé le")
    released_by = models.CharField("partagé par", max_length=120)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    withdrawn_by = models.CharField("retiré par", max_length=120, blank=True)
    because = models.CharField("pourquoi", max_length=300, blank=True)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="release_entered_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(withdrawn_at=None), name="release_one_a_case_at_a_time"
            ),
            models.CheckConstraint(
                name="release_withdrawn_says_why",
                condition=Q(withdrawn_at=None, because="") | (Q(withdrawn_at__isnull=False) & ~Q(because="")),
                violation_error_message="Un résumé retiré dit pourquoi, et lui seul.",
            ),
        ]
        indexes = [models.Index(fields=["case", "-released_at"], name="release_of_a_case")]

    def __str__(self) -> str:
        return f"résumé du {self.released_at:%Y-%m-%d}"


class Precedent(models.Model):
    """What every Caf reads of a released case: its codes and summary; no person, case, day nor author."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    public_id = models.UUIDField("identifiant public", unique=True)
    benefits = ArrayField(models.CharField(max_length=30), verbose_name="prestations")
    grounds = ArrayField(models.CharField(max_length=30), verbose_name="motifs")
    cause = models.CharField("cause analysée", max_length=30)
    outcome = models.CharField("résultat", max_length=14, choices=Outcome)
    year = models.PositiveSmallIntegerField("année de clôture")
    words = models.TextField("résumé")
    stems = SearchVectorField("mots du résumé")

    class Meta:
        indexes = [models.Index(fields=["-year", "-id"], name="precedent_newest_first")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.year}"
