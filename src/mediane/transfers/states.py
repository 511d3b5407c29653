"""Where a parcel stands between two Cafs."""

from django.db.models import TextChoices


class Stage(TextChoices):
    SENT = "sent", "En préparation"
    PACKED = "packed", "En route"
    STOPPED = "stopped", "Attend une vérification"
    FAILED = "failed", "Pas passé"
    TAKEN_IN = "taken_in", "Arrivé"


class Stopped(TextChoices):
    """Why it waits for somebody: of the receiving Caf to say whose it is, of either to try again."""

    OTHER_NAME = "other_name", "Ce numéro est celui de quelqu’un qui porte un autre nom"
    DAMAGED = "damaged", "Un fichier ou le contenu ne s’ouvre pas"
    TRIED = "tried", "Plusieurs essais n’ont pas abouti"


FAILED = (Stopped.DAMAGED, Stopped.TRIED)
