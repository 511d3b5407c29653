from django.db import models
from django.db.models import Q

from mediane.casework.models.case import Case
from mediane.casework.states import Ending
from mediane.documents.models import Document
from mediane.organisations.models import Organisation


class DocumentRequest(models.Model):
    """A list of documents asked of the person, with a date (CRPA L.114-5, R.112-11-4)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="document_requests", db_constraint=False, db_index=False
    )
    words = models.TextField("message", blank=True)
    asked_at = models.DateTimeField("demandée le")
    asked_by = models.CharField("demandée par", max_length=120)
    due_on = models.DateField("à envoyer avant le")
    closed_at = models.DateTimeField("complète ou levée le", null=True, blank=True)
    ending = models.CharField("fin de l’attente", max_length=10, choices=Ending, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="document_request_says_how_it_ended",
                condition=Q(closed_at=None, ending="") | (Q(closed_at__isnull=False) & ~Q(ending="")),
            ),
        ]
        indexes = [models.Index(fields=["case"], name="document_request_of_a_case")]

    def __str__(self) -> str:
        return f"pièces demandées pour le {self.due_on}"


class RequestedDocument(models.Model):
    """One document of the list: awaited, received, or said not to exist."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    request = models.ForeignKey(
        DocumentRequest, models.CASCADE, related_name="items", db_constraint=False, db_index=False
    )
    label = models.CharField("document", max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, db_constraint=False)
    excuse = models.CharField("pourquoi il manque", max_length=300, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="requested_document_sent_or_excused",
                condition=Q(answered_at=None, document=None, excuse="")
                | (Q(answered_at__isnull=False) & (Q(document__isnull=False) | ~Q(excuse=""))),
            ),
        ]
        indexes = [models.Index(fields=["request"], name="requested_document_of_request")]

    def __str__(self) -> str:
        return self.label


class Hold(models.Model):
    """Waiting for the decision of a named body."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT, related_name="holds", db_constraint=False, db_index=False)
    body = models.CharField("organisme attendu", max_length=30)
    reason = models.CharField("décision attendue", max_length=160)
    since = models.DateField("depuis le")
    look_again_on = models.DateField("à revoir le")
    ended_on = models.DateField("terminée le", null=True, blank=True)
    ending = models.CharField("fin de l’attente", max_length=10, choices=Ending, blank=True, db_default="")
    pauses = models.BooleanField("suspend l’objectif de réponse", default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hold_ends_after_it_began",
                condition=Q(ended_on=None) | Q(ended_on__gte=models.F("since")),
            ),
            models.CheckConstraint(
                name="hold_says_how_it_ended",
                condition=Q(ended_on=None, ending="") | (Q(ended_on__isnull=False) & ~Q(ending="")),
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on=None), name="hold_one_at_a_time"),
        ]
        indexes = [models.Index(fields=["case"], name="hold_of_a_case")]

    def __str__(self) -> str:
        return f"attend {self.body}"


class Message(models.Model):
    """A message of the follow-up space, from the person or from the mediation service."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(
        Case, models.PROTECT, related_name="messages", db_constraint=False, db_index=False
    )
    is_from_person = models.BooleanField("écrit par la personne")
    author = models.CharField("auteur", max_length=120)
    body = models.TextField("message")
    sent_at = models.DateTimeField("envoyé le")
    read_at = models.DateTimeField("lu le", null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "sent_at"], name="message_of_a_case")]

    def __str__(self) -> str:
        return f"message du {self.sent_at:%Y-%m-%d}"


class MessageDocument(models.Model):
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    message = models.ForeignKey(Message, models.CASCADE, related_name="joined", db_constraint=False)
    document = models.ForeignKey(Document, models.PROTECT, db_constraint=False)

    def __str__(self) -> str:
        return str(self.document_id)


class Note(models.Model):
    """A private note of the mediation service: sealed, never shown outside it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes", db_constraint=False, db_index=False)
    sealed = models.BinaryField("note scellée")
    author = models.CharField("auteur", max_length=120)
    written_at = models.DateTimeField("écrite le")

    class Meta:
        indexes = [models.Index(fields=["case"], name="note_of_a_case")]

    def __str__(self) -> str:
        return f"note du {self.written_at:%Y-%m-%d}"
