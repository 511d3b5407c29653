from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from mediane.imports.states import Kind, Measure, State
from mediane.organisations.models import Organisation


class Import(models.Model):
    """A file of earlier years, as read: what it would write waits here until somebody confirms it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    kind = models.CharField("ce qu’il contient", max_length=10, choices=Kind)
    shown_name = models.CharField("nom du fichier", max_length=120)
    sha256 = models.CharField("empreinte", max_length=64)
    state = models.CharField("état", max_length=10, choices=State, default=State.READ)
    # Only the columns that are kept: no name of a person is ever here. Emptied once taken.
    rows = models.JSONField("lignes prêtes", default=list)
    faults = models.JSONField("lignes à corriger", default=list)
    left_out = ArrayField(models.CharField(max_length=120), verbose_name="colonnes laissées", default=list)
    lines = models.PositiveIntegerField("nombre de lignes")
    read_at = models.DateTimeField("lu le")
    read_by = models.CharField("lu par", max_length=120)
    taken_at = models.DateTimeField("repris le", null=True, blank=True)
    taken_by = models.CharField("repris par", max_length=120, blank=True)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)
    undone_by = models.CharField("annulé par", max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "sha256"], condition=~Q(state=State.UNDONE), name="file_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name


class PastCase(models.Model):
    """A case of before Médiane, as far as figures need it: nobody is named."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    source = models.ForeignKey(Import, models.PROTECT, related_name="cases", db_constraint=False)
    line = models.PositiveIntegerField("ligne du fichier")
    reference = models.CharField("ancienne référence", max_length=40)
    received_on = models.DateField("reçue le")
    channel = models.CharField("canal", max_length=30)
    origin = models.CharField("origine", max_length=30, blank=True)
    benefits = ArrayField(models.CharField(max_length=30), verbose_name="prestations", default=list)
    ground = models.CharField("motif", max_length=30, blank=True)
    is_out_of_scope = models.BooleanField("hors médiation", default=False)
    answered_on = models.DateField("réponse le", null=True, blank=True)
    cause = models.CharField("cause", max_length=30, blank=True)
    outcome = models.CharField("issue", max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "reference"], name="past_case_once"),
        ]

    def __str__(self) -> str:
        return self.reference


class PastTotal(models.Model):
    """A figure of an earlier year whose cases are not known one by one."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    source = models.ForeignKey(Import, models.PROTECT, related_name="totals", db_constraint=False)
    line = models.PositiveIntegerField("ligne du fichier")
    year = models.PositiveSmallIntegerField("année")
    measure = models.CharField("mesure", max_length=20, choices=Measure)
    code = models.CharField("code dans sa liste", max_length=30, blank=True)
    number = models.PositiveIntegerField("nombre")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year", "measure", "code"], name="total_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.measure} {self.code} : {self.number}"
