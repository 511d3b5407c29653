"""What somebody does on a case just now; what a colleague may be told of, and how."""

from django.db.models import TextChoices


class Doing(TextChoices):
    """Labels follow a name: « Nadia Pruvost consulte ce dossier »."""

    READING = "reading", "consulte ce dossier"
    REPLY = "reply", "écrit la réponse"
    MESSAGE = "message", "écrit un message"
    NOTE = "note", "écrit une note"


class Topic(TextChoices):
    ANSWERED = "answered", "Une réponse reçue"
    ASSIGNED = "assigned", "Un dossier qui m’est attribué"
    DEADLINE = "deadline", "Une échéance proche"
    COVER = "cover", "Un remplacement qui m’est confié"
    READING = "reading", "Une lettre à relire"


class How(TextChoices):
    AT_ONCE = "at_once", "Tout de suite"
    DIGEST = "digest", "Dans le résumé du matin"
    NEVER = "never", "Pas de courriel"


# A date that comes near is seen in the morning: nothing happens at another moment.
WAYS: dict[Topic, tuple[How, ...]] = {topic: tuple(How) for topic in Topic} | {
    Topic.DEADLINE: (How.DIGEST, How.NEVER)
}
USUAL = {
    Topic.ANSWERED: How.DIGEST,
    Topic.ASSIGNED: How.DIGEST,
    Topic.DEADLINE: How.DIGEST,
    Topic.COVER: How.AT_ONCE,
    Topic.READING: How.DIGEST,
}
