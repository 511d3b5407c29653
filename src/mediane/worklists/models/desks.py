from django.contrib.postgres.fields import ArrayField
from django.db import models

from mediane.accounts.models import User
from mediane.casework.models import Case
from mediane.organisations.models import Organisation


class Desk(models.Model):
    """How somebody likes their work plan, in one Caf."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    user = models.ForeignKey(User, models.PROTECT, db_index=False)
    columns = ArrayField(models.CharField(max_length=20), default=list, verbose_name="colonnes")
    has_shortcuts = models.BooleanField("raccourcis clavier", default=False)
    begins_with = models.CharField("vue du début", max_length=9, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="desk_once_per_person")]

    def __str__(self) -> str:
        return f"plan de travail de {self.user_id}"


class SavedView(models.Model):
    """A list under a name: its tab, filters, order and columns. One’s own, or everybody’s in the service."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    number = models.CharField("numéro", max_length=9)
    owner = models.ForeignKey(User, models.PROTECT, db_index=False, verbose_name="créée par")
    name = models.CharField("nom", max_length=60)
    is_shared = models.BooleanField("partagée avec le service", default=False)
    # Codes, numbers and days; what each still means is read when the view is opened.
    asked = models.JSONField("ce qu’elle montre", default=dict)
    columns = ArrayField(models.CharField(max_length=20), default=list, verbose_name="colonnes")
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    changed_at = models.DateTimeField("changée le")
    changed_by = models.CharField("changée par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="view_number_once_per_caf"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="view_entered_once"),
            models.UniqueConstraint(
                fields=["organisation", "owner", "name"], name="view_name_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """When somebody last opened a case, and when they had opened it before that visit."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    user = models.ForeignKey(User, models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="visits")
    at = models.DateTimeField("ouvert le")
    before = models.DateTimeField("ouvert auparavant le", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "case"], name="visit_once_per_person_and_case")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}, le {self.at:%Y-%m-%d}"
