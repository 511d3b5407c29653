from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from mediane.casework.models.case import Case
from mediane.casework.models.decisions import Reorientation
from mediane.casework.states import Kinship
from mediane.organisations.models import Organisation

STANDING = Q(replaced_at=None)


class Link(models.Model):
    """What a human said of two requests that resemble each other; another opinion leaves the first written.

    `earlier` is the one received first. A repeat or a return is counted from here; a duplicate, once with it.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    earlier = models.ForeignKey(
        Case, models.PROTECT, related_name="links_to_later", db_constraint=False, db_index=False
    )
    later = models.ForeignKey(
        Case, models.PROTECT, related_name="links_to_earlier", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang", default=1, db_default=1)
    kinship = models.CharField("décision", max_length=10, choices=Kinship)
    # What the person comes back from, and so the file that left for the other body.
    reorientation = models.ForeignKey(
        Reorientation,
        models.PROTECT,
        verbose_name="réorientation",
        related_name="returns",
        db_constraint=False,
        null=True,
        blank=True,
    )
    # The reasons as they were read that day.
    reasons = ArrayField(models.CharField(max_length=300), verbose_name="raisons", default=list, blank=True)
    decided_at = models.DateTimeField("décidée le")
    decided_by = models.CharField("décidée par", max_length=120)
    replaced_at = models.DateTimeField("vue autrement le", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later", "rank"], name="link_once_a_rank"),
            models.UniqueConstraint(
                fields=["earlier", "later"], condition=STANDING, name="link_one_stands_for_a_pair"
            ),
            models.UniqueConstraint(
                fields=["later"],
                condition=STANDING & Q(kinship=Kinship.DUPLICATE),
                name="link_joined_to_one_case",
            ),
            models.CheckConstraint(name="link_of_two_cases", condition=~Q(earlier=F("later"))),
            models.CheckConstraint(
                name="link_of_a_return_names_the_redirection",
                condition=Q(kinship=Kinship.RETURN, reorientation__isnull=False)
                | ~Q(kinship=Kinship.RETURN) & Q(reorientation=None),
                violation_error_message="Un retour dit après quelle réorientation, et lui seul.",
            ),
        ]
        indexes = [models.Index(fields=["later"], name="link_of_a_later_case")]

    def __str__(self) -> str:
        return f"{self.get_kinship_display()} du {self.decided_at:%Y-%m-%d}"
