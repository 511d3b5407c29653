"""Where an export stands, and in which form it leaves."""

from django.db.models import TextChoices


class Format(TextChoices):
    XLSX = "xlsx", "Classeur XLSX"
    CSV = "csv", "Texte CSV"


class State(TextChoices):
    ASKED = "asked", "À approuver"
    MAKING = "making", "En préparation"
    READY = "ready", "Prêt"
    REFUSED = "refused", "Refusé"
    EXPIRED = "expired", "Effacé"


RUNNING = (State.ASKED, State.MAKING)


class Stage(TextChoices):
    """What a sealed piece holds: lines read so far, or a part of the finished file."""

    LINES = "lines", "Lignes"
    FILE = "file", "Fichier"
