"""What came of reading a file."""

from django.db.models import TextChoices


class Outcome(TextChoices):
    READ = "read", "Lu"
    PARTLY = "partly", "Lu en partie\u00a0: les 30 premières pages scannées seulement"
    WORDLESS = "wordless", "Non lu\u00a0: aucun mot n’a été reconnu"
    ABSENT = "absent", "Non lu\u00a0: logiciel absent"
    TOO_LONG = "too_long", "Non lu\u00a0: la lecture prenait trop de temps"
    DAMAGED = "damaged", "Non lu\u00a0: le fichier est abîmé"


WITH_TEXT = (Outcome.READ, Outcome.PARTLY)
