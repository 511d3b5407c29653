from django.db import models
from django.db.models import Q

from mediane.accounts.models import User
from mediane.casework.models import Case
from mediane.organisations.models import Organisation
from mediane.worklists.states import Fate, Kind, State


class Operation(models.Model):
    """One thing done to many cases: carried out by a job, piece by piece, each case on its own."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    number = models.CharField("numéro", max_length=9)
    kind = models.CharField("ce qui est fait", max_length=6, choices=Kind)
    to = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, db_index=False, verbose_name="attribués à"
    )
    asked_at = models.DateTimeField("demandée le")
    asked_by_id = models.BigIntegerField("numéro de qui demande")
    asked_by = models.CharField("demandée par", max_length=120)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    state = models.CharField("état", max_length=9, choices=State, default=State.RUNNING)
    why = models.CharField("pourquoi elle s’est arrêtée", max_length=200, blank=True)
    total = models.PositiveIntegerField("dossiers choisis", default=0)
    # When it last got further: what stopped on the way is given back to the queue.
    moved_at = models.DateTimeField("avancée le")
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    # The key of the lines of a sheet, forgotten with them a day later.
    wrapped = models.BinaryField("clé emballée", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="operation_number_once_per_caf"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="operation_entered_once"),
            models.CheckConstraint(
                name="operation_gives_to_somebody",
                condition=Q(kind=Kind.ASSIGN, to__isnull=False)
                | Q(kind__in=(Kind.REMIND, Kind.EXPORT), to__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "asked_by_id", "-asked_at"], name="operation_newest_first")
        ]

    def __str__(self) -> str:
        return self.number


class Pick(models.Model):
    """A case of an operation: as it was seen, what became of it and why, what it was before."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    operation = models.ForeignKey(
        Operation, models.PROTECT, related_name="picks", db_constraint=False, db_index=False
    )
    case = models.ForeignKey(Case, models.PROTECT, db_constraint=False, db_index=False, related_name="picks")
    reference = models.CharField("référence", max_length=9)
    rank = models.PositiveIntegerField("rang")
    seen_version = models.PositiveIntegerField("version vue")
    fate = models.CharField("ce qu’il devient", max_length=4, choices=Fate, default=Fate.TODO)
    why = models.CharField("pourquoi", max_length=400, blank=True)
    done_at = models.DateTimeField("fait le", null=True, blank=True)
    was_with = models.BigIntegerField("numéro de qui le suivait", null=True, blank=True)
    left_at = models.PositiveIntegerField("version laissée", null=True, blank=True)
    line = models.BinaryField("ligne scellée", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operation", "rank"], name="pick_once_a_rank"),
            models.UniqueConstraint(fields=["operation", "case"], name="pick_once_a_case"),
        ]
        indexes = [models.Index(fields=["case"], name="pick_of_a_case")]

    def __str__(self) -> str:
        return f"{self.reference}, {self.get_fate_display()}"
