"""What is done to many cases at once, where it stands, and what became of each case."""

from django.db.models import TextChoices


class Kind(TextChoices):
    ASSIGN = "assign", "Attribution"
    REMIND = "remind", "Relance"
    EXPORT = "export", "Feuille de la liste"


class State(TextChoices):
    RUNNING = "running", "En cours"
    DONE = "done", "Terminée"
    CANCELLED = "cancelled", "Interrompue"
    STOPPED = "stopped", "Arrêtée"
    UNDOING = "undoing", "Annulation en cours"
    UNDONE = "undone", "Annulée"


# A job carries them on.
GOING = (State.RUNNING, State.UNDOING)
# What was done until then may be put back.
ENDED = (State.DONE, State.CANCELLED, State.STOPPED)


class Fate(TextChoices):
    TODO = "todo", "À faire"
    DONE = "done", "Fait"
    LEFT = "left", "Laissé de côté"
    BACK = "back", "Remis comme avant"
    KEPT = "kept", "Gardé tel quel"


# Of each case, what an operation that runs, or is undone, still has to look at.
NEXT = {State.RUNNING: Fate.TODO, State.UNDOING: Fate.DONE}
