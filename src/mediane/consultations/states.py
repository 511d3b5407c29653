"""The life of a question to a service or a body: awaited, then answered or called off, once."""

from django.db.models import TextChoices


class State(TextChoices):
    AWAITED = "awaited", "Réponse attendue"
    ANSWERED = "answered", "Réponse reçue"
    CALLED_OFF = "called_off", "Question retirée"


class Standing(TextChoices):
    """Where a question stands for whoever reads it: its state, the day, and whether its case is open."""

    AWAITED = "awaited", "Réponse attendue"
    LATE = "late", "Réponse en retard"
    STOPPED = "stopped", "Plus attendue\u00a0: le dossier est clos"
    ANSWERED = "answered", "Réponse reçue"
    CALLED_OFF = "called_off", "Question retirée"


class Heard(TextChoices):
    """How an answer came."""

    ONLINE = "online", "Sur la page du service"
    PHONE = "phone", "Par téléphone"
    EMAIL = "email", "Par courriel"
    LETTER = "letter", "Par courrier"
    MEETING = "meeting", "De vive voix"


# What somebody of the desk may note; the page of the service notes its own.
NOTED = (Heard.PHONE, Heard.EMAIL, Heard.LETTER, Heard.MEETING)


class Word(TextChoices):
    """What a service was told of a question, once each."""

    ASKED = "asked", "Question envoyée"
    DUE_CHANGED = "due_changed", "Nouvelle date de réponse"
    REMINDED = "reminded", "Relance"
    REMINDER = "reminder", "Rappel avant la date"
    OVERDUE = "overdue", "Relance, date passée"
    ESCALATION = "escalation", "Alerte à la direction du service"
    STOPPED = "stopped", "Plus attendue, dossier clos"
    AGAIN = "again", "De nouveau attendue, dossier rouvert"
    CALLED_OFF = "called_off", "Question retirée"


# Said by itself, in this order; one of each for one due date.
LADDER = (Word.REMINDER, Word.OVERDUE, Word.ESCALATION)


class Kind(TextChoices):
    """What a file is to a question."""

    SHARED = "shared", "transmise au service"
    DRAFT = "draft", "jointe à un brouillon"
    ANSWER = "answer", "jointe à la réponse"
