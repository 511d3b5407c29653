from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mediane.organisations.models import Organisation
from mediane.reports.states import Audience, Progress, State


class AnnualReport(models.Model):
    """The report of a year, of a Caf or, when it is the national mediation’s, of the network; one version."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    year = models.PositiveSmallIntegerField("année")
    version = models.PositiveSmallIntegerField("version", default=1)
    state = models.CharField("état", max_length=10, choices=State, default=State.DRAFT)
    because = models.CharField("pourquoi cette version", max_length=300, blank=True)
    opened_at = models.DateTimeField("ouvert le")
    opened_by = models.CharField("ouvert par", max_length=120)
    frozen_at = models.DateTimeField("figé le", null=True, blank=True)
    frozen_by = models.CharField("figé par", max_length=120, blank=True)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    published_by = models.CharField("publié par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "version"], name="report_once_a_version"),
            models.UniqueConstraint(
                fields=["organisation", "year"],
                condition=Q(state=State.DRAFT),
                name="report_one_draft_a_year",
            ),
            models.CheckConstraint(
                name="report_frozen_then_published",
                condition=Q(state=State.DRAFT, frozen_at=None, published_at=None)
                | Q(state=State.FROZEN, frozen_at__isnull=False, published_at=None)
                | Q(state=State.PUBLISHED, frozen_at__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}, version {self.version}"

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT


class Chapter(models.Model):
    """What the mediator wrote for a section of the plan; the sentences proposed stand beside, or not."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    report = models.ForeignKey(
        AnnualReport, models.CASCADE, related_name="chapters", db_constraint=False, db_index=False
    )
    code = models.CharField("section", max_length=20)
    title = models.CharField("titre choisi", max_length=160, blank=True)
    text = models.TextField("texte", blank=True)
    is_drafted = models.BooleanField("phrases proposées gardées", default=True)
    progress = models.CharField("avancement", max_length=10, choices=Progress, default=Progress.TO_WRITE)
    # Numbers of the findings that are told: of the chapter that tells them, and empty elsewhere.
    findings = ArrayField(
        models.PositiveIntegerField(), verbose_name="constats racontés", default=list, blank=True
    )
    revision = models.PositiveIntegerField("révision", default=1)
    saved_at = models.DateTimeField("enregistré le", null=True, blank=True)
    saved_by = models.CharField("enregistré par", max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="chapter_once_a_report")]

    def __str__(self) -> str:
        return self.code


class Highlight(models.Model):
    """Something that happened in the year, told in its chapter."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="highlights", db_constraint=False)
    happened_on = models.DateField("date")
    title = models.CharField("titre", max_length=160)
    words = models.TextField("texte", blank=True)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="highlight_entered_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Quote(models.Model):
    """Words of somebody, with their leave."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="quotes", db_constraint=False)
    code = models.CharField("section", max_length=20)
    words = models.TextField("citation")
    who = models.CharField("qui parle", max_length=160)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="quote_entered_once"),
        ]

    def __str__(self) -> str:
        return self.who


class Picture(models.Model):
    """A picture drawn again, and what it shows in words; without words it is not taken."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="pictures", db_constraint=False)
    code = models.CharField("section", max_length=20)
    sha256 = models.CharField("empreinte", max_length=64)
    media_type = models.CharField("type", max_length=20)
    data = models.BinaryField("image")
    alternative = models.CharField("ce que montre l’image", max_length=400)
    caption = models.CharField("légende", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="picture_is_described", condition=~Q(alternative="")),
            models.UniqueConstraint(fields=["report", "sha256", "code"], name="picture_once_a_section"),
        ]

    def __str__(self) -> str:
        return self.alternative


class Edition(models.Model):
    """What was frozen, for one audience: never changed, never removed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    report = models.ForeignKey(
        AnnualReport, models.PROTECT, related_name="editions", db_constraint=False, db_index=False
    )
    audience = models.CharField("pour qui", max_length=10, choices=Audience)
    # Words, tables and charts, ready to be drawn; inside the service, the numbers they come from too.
    contents = models.JSONField("contenu")
    sha256 = models.CharField("empreinte du contenu", max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "audience"], name="edition_once_a_report")]

    def __str__(self) -> str:
        return self.get_audience_display()
