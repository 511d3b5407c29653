from typing import Self

from django.db import models
from django.db.models import Q

from mediane.casework.models import Case
from mediane.consultations.states import LADDER, Heard, Kind, State, Word
from mediane.documents.models import Document, SealingKey
from mediane.organisations.models import Organisation


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def of(self, organisation_id: int) -> Self:
        return self.filter(organisation_id=organisation_id)

    def owed(self) -> Self:
        """What somebody still has to answer."""
        return self.filter(state=State.AWAITED, is_case_open=True)


class Consultation(models.Model):
    """A question about one case, to a service of the Caf or to another body, and its one answer.

    What is said in it is sealed with a key of its own: what a service joins is not a file of the case.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="consultations", db_constraint=False, db_index=False
    )
    key = models.ForeignKey(SealingKey, models.PROTECT, db_constraint=False, db_index=False)
    # By which the service names it: the reference of a case would open nothing to it.
    public_id = models.UUIDField("identifiant public", unique=True)
    rank = models.PositiveSmallIntegerField("rang dans le dossier")
    service = models.CharField("service consulté", max_length=30, blank=True)
    body = models.CharField("organisme consulté", max_length=30, blank=True)
    sealed = models.BinaryField("question scellée")
    is_named = models.BooleanField("dit de qui il s’agit", default=False)
    entry_key = models.UUIDField("page de saisie", null=True, blank=True)
    asked_at = models.DateTimeField("posée le")
    asked_by = models.CharField("posée par", max_length=120)
    due_on = models.DateField("réponse attendue le")
    # When the service last learnt of that date.
    dated_at = models.DateTimeField("date dite le")

    state = models.CharField("état", max_length=12, choices=State, default=State.AWAITED)
    # A trigger keeps it true in the very transaction that closes or reopens the case.
    is_case_open = models.BooleanField("dossier ouvert", default=True)
    stopped_at = models.DateTimeField("service prévenu de la clôture le", null=True, blank=True)
    reminded_at = models.DateTimeField("dernière relance le", null=True, blank=True)
    ended_at = models.DateTimeField("répondue ou retirée le", null=True, blank=True)
    ended_by = models.CharField("par", max_length=120, blank=True)
    heard = models.CharField("reçue", max_length=10, choices=Heard, blank=True)
    sealed_answer = models.BinaryField("réponse scellée", null=True, blank=True)
    read_at = models.DateTimeField("réponse lue le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rank"], name="consultation_once_a_rank"),
            models.UniqueConstraint(fields=["organisation", "entry_key"], name="consultation_entered_once"),
            models.CheckConstraint(
                name="consultation_of_a_service_or_a_body",
                condition=(Q(service="") & ~Q(body="")) | (~Q(service="") & Q(body="")),
                violation_error_message="Une question a un destinataire, et un seul.",
            ),
            models.CheckConstraint(
                name="consultation_ended_by_somebody",
                condition=Q(state=State.AWAITED, ended_at=None, ended_by="", heard="", sealed_answer=None)
                | (
                    Q(state=State.CALLED_OFF, ended_at__isnull=False, heard="", sealed_answer=None)
                    & ~Q(ended_by="")
                )
                | (
                    Q(state=State.ANSWERED, ended_at__isnull=False, sealed_answer__isnull=False)
                    & Q(heard__in=Heard.values)
                    & ~Q(ended_by="")
                ),
                violation_error_message="Une réponse a un texte, un jour et un auteur.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "due_on", "id"],
                name="consultation_owed",
                condition=Q(state=State.AWAITED),
            ),
            models.Index(fields=["organisation", "service", "-ended_at"], name="consultation_of_a_service"),
        ]

    def __str__(self) -> str:
        return f"consultation {self.rank} du dossier {self.case_id}"


class Joined(models.Model):
    """A file of a question: a document of the case that the service may read, or what the service joins."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="files", db_constraint=False, db_index=False
    )
    document = models.ForeignKey(Document, models.PROTECT, db_constraint=False)
    kind = models.CharField("ce que c’est", max_length=10, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "document"], name="joined_to_a_consultation_once")
        ]

    def __str__(self) -> str:
        return f"pièce {self.get_kind_display()}"


class AnswerDraft(models.Model):
    """What a service is writing: one for a question, whoever of the service writes."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    consultation = models.OneToOneField(
        Consultation, models.PROTECT, related_name="draft", db_constraint=False
    )
    sealed = models.BinaryField("brouillon scellé")
    page = models.UUIDField("page qui a enregistré", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    saved_at = models.DateTimeField("enregistré le")
    saved_by = models.CharField("enregistré par", max_length=120)

    def __str__(self) -> str:
        return f"brouillon de la consultation {self.consultation_id}"


class Chase(models.Model):
    """What a service was told of a question, and when. Never changed: of a rung of the ladder, one a date."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, db_index=False)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="chases", db_constraint=False, db_index=False
    )
    word = models.CharField("ce qui est dit", max_length=12, choices=Word)
    due_on = models.DateField("pour le")
    at = models.DateTimeField("le")
    by_name = models.CharField("par", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "word", "due_on"],
                name="chase_once_a_rung_a_date",
                condition=Q(word__in=LADDER),
            )
        ]
        indexes = [models.Index(fields=["consultation", "-at"], name="chase_of_a_consultation")]

    def __str__(self) -> str:
        return f"{self.get_word_display()} le {self.at:%Y-%m-%d}"
