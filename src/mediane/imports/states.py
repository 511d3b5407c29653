"""What a file of earlier years tells, and where its import stands."""

from django.db.models import TextChoices


class Kind(TextChoices):
    CASES = "cases", "Dossiers"
    TOTALS = "totals", "Totaux"


class State(TextChoices):
    READ = "read", "À confirmer"
    TAKEN = "taken", "Repris"
    UNDONE = "undone", "Annulé"


class Measure(TextChoices):
    """What a total counts, by the list it belongs to."""

    RECEIVED = "received", "demandes reçues"
    OUT_OF_SCOPE = "out_of_scope", "hors médiation"
    CHANNEL = "channel", "canal"
    ORIGIN = "origin", "origine"
    BENEFIT = "benefit", "prestation"
    GROUND = "ground", "motif"
    CAUSE = "cause", "cause"
    OUTCOME = "outcome", "issue"
