from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from mediane.journal.rules import Actor
from mediane.organisations.models import Organisation
from mediane.people.states import Source, Verdict, Way

LONGEST_ACTOR = 120  # of what is written of the author of an act


class Beneficiary(models.Model):
    """A person known at a Caf by a file number; never by a social-security number."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    number = models.CharField("numéro allocataire", max_length=8)
    title = models.CharField("civilité", max_length=10, blank=True)
    first_name = models.CharField("prénom", max_length=60)
    last_name = models.CharField("nom", max_length=60)
    # Accents and case folded: what lists are sorted and searched by (no French collation everywhere).
    name_key = models.CharField("clé de nom", max_length=130)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True)
    postal_address = models.TextField("adresse", blank=True)
    # Somebody said that these accounts are of one person: this one is read with that one. Nothing moves.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aliases",
        verbose_name="même personne que",
        db_constraint=False,
        db_index=False,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="beneficiary_once_per_caf"),
            models.CheckConstraint(
                name="beneficiary_is_not_its_own_alias",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "name_key"], name="beneficiary_by_name"),
            # Names with typos, by what their words have in common (pg_trgm).
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="beneficiary_by_like_name"),
            models.Index(
                fields=["merged_into"],
                name="beneficiary_aliases",
                condition=Q(merged_into__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def known_as(self) -> int:
        """The number of the row that stands for this person."""
        return self.merged_into_id or self.pk

    @property
    def known(self) -> "Beneficiary":
        """The row that stands for this person: its own, but for an alias."""
        return self.merged_into or self

    @property
    def polite_name(self) -> str:
        """« Madame Samira Belkacem », or the name alone."""
        return f"{self.title} {self.full_name}".strip()

    @property
    def formal_address(self) -> str:
        """How a letter begins."""
        return self.title or "Madame, Monsieur"

    def as_actor(self) -> Actor:
        return Actor("person", self.pk, self.full_name[:LONGEST_ACTOR], self.organisation_id)


class ContactDetail(models.Model):
    """What was said of how to reach a person, from a moment on; empty when taken away. Never changed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="details", db_constraint=False, db_index=False
    )
    way = models.CharField("sorte", max_length=20, choices=Way)
    value = models.TextField("coordonnée", blank=True)
    # Folded: two people are found by what they share, however it is typed.
    key = models.CharField("clé", max_length=200, blank=True)
    source = models.CharField("source", max_length=10, choices=Source)
    since = models.DateTimeField("connue depuis le")
    by_name = models.CharField("notée par", max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["beneficiary", "-since"], name="contact_detail_of_a_person"),
            models.Index(fields=["organisation", "way", "key"], name="contact_detail_shared"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} depuis le {self.since:%Y-%m-%d}"


class Likeness(models.Model):
    """Two people of a Caf who may be one: why, then what somebody said; another opinion leaves the first."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    first = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    second = models.ForeignKey(
        Beneficiary, models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    rank = models.PositiveSmallIntegerField("rang", default=1, db_default=1)
    verdict = models.CharField("décision", max_length=10, choices=Verdict, default=Verdict.WAITING)
    reasons = ArrayField(models.CharField(max_length=200), verbose_name="raisons", default=list, blank=True)
    # Whose row became an alias: exactly those come back when it is undone.
    moved = ArrayField(models.BigIntegerField(), verbose_name="comptes réunis", default=list, blank=True)
    written_at = models.DateTimeField("écrite le")
    written_by = models.CharField("écrite par", max_length=120, blank=True)
    replaced_at = models.DateTimeField("vue autrement le", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="likeness_in_order", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=["first", "second", "rank"], name="likeness_once_a_rank"),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(replaced_at=None),
                name="likeness_one_stands_for_a_pair",
            ),
            models.CheckConstraint(
                name="likeness_moves_somebody_when_the_same",
                condition=Q(verdict=Verdict.SAME) & ~Q(moved=[]) | ~Q(verdict=Verdict.SAME) & Q(moved=[]),
            ),
        ]
        indexes = [
            models.Index(fields=["second"], name="likeness_of_a_second"),
            models.Index(
                fields=["organisation", "verdict", "-written_at"],
                name="likeness_to_look_at",
                condition=Q(replaced_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.written_at:%Y-%m-%d}"
