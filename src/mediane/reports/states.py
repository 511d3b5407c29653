"""The life of an annual report: written, frozen with its figures, then told to everybody."""

from django.db.models import TextChoices


class State(TextChoices):
    DRAFT = "draft", "Brouillon"
    FROZEN = "frozen", "Figé"
    PUBLISHED = "published", "Publié"


class Progress(TextChoices):
    """How far a chapter is."""

    TO_WRITE = "to_write", "À écrire"
    BEGUN = "begun", "En cours"
    READ_AGAIN = "read_again", "Relu"


class Audience(TextChoices):
    """For whom an edition is: the numbers that would point at somebody are told inside the service only."""

    INTERNAL = "internal", "Édition interne"
    PUBLIC = "public", "Édition publique"
