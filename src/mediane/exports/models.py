from django.db import models
from django.db.models import Q

from mediane.exports.states import RUNNING, Format, Stage, State
from mediane.organisations.models import Organisation


class Export(models.Model):
    """A year of cases that somebody asked for as a file: approved, made by a job, removed a day later."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    number = models.CharField("numéro", max_length=9)
    year = models.PositiveSmallIntegerField("année de réception")
    format = models.CharField("forme", max_length=4, choices=Format)
    because = models.CharField("pour quoi faire", max_length=200)
    state = models.CharField("état", max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField("demandé le")
    asked_by_id = models.BigIntegerField("numéro de qui demande")
    asked_by = models.CharField("demandé par", max_length=120)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.CharField("décidé par", max_length=120, blank=True)
    words = models.CharField("motif de la décision", max_length=200, blank=True)
    lines = models.PositiveIntegerField("lignes à écrire", default=0)
    done = models.PositiveIntegerField("lignes écrites", default=0)
    last = models.BigIntegerField("dernier dossier écrit", default=0)
    # When it last got further: what stopped is given back to the queue.
    moved_at = models.DateTimeField("avancé le", null=True, blank=True)
    # The key of its pieces. Forgotten with them: what a copy of the disk holds no longer opens.
    wrapped = models.BinaryField("clé emballée", null=True, blank=True)
    size = models.PositiveBigIntegerField("octets", default=0)
    ready_at = models.DateTimeField("prêt le", null=True, blank=True)
    expires_at = models.DateTimeField("effacé à partir du", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="export_number_once_per_caf"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="export_entered_once"),
            models.UniqueConstraint(
                fields=["organisation", "asked_by_id", "year", "format"],
                condition=Q(state__in=RUNNING),
                name="export_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                name="export_has_a_key_while_it_has_pieces",
                condition=Q(state__in=(State.MAKING, State.READY), wrapped__isnull=False)
                | Q(state__in=(State.ASKED, State.REFUSED, State.EXPIRED), wrapped__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-asked_at"], name="export_newest_first")]

    def __str__(self) -> str:
        return self.number


class Piece(models.Model):
    """Sealed bytes of an export, on the disk under a name of no meaning."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    export = models.ForeignKey(Export, models.PROTECT, related_name="pieces", db_constraint=False)
    stage = models.CharField("ce qu’il contient", max_length=5, choices=Stage)
    rank = models.PositiveIntegerField("rang")
    blob = models.CharField("nom du fichier scellé", max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "stage", "rank"], name="piece_once_a_rank")]

    def __str__(self) -> str:
        return f"{self.export_id}, {self.stage} {self.rank}"
