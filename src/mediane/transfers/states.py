"""Where a parcel stands between two Cafs."""

from django.db.models import TextChoices


class Stage(TextChoices):
    SENT = "sent", "En préparation"
    PACKED = "packed", "En route"
    STOPPED = "stopped", "Attend une vérification"
    TAKEN_IN = "taken_in", "Arrivé"


class Stopped(TextChoices):
    """Why it waits for somebody of the receiving Caf."""

    OTHER_NAME = "other_name", "Ce numéro est celui de quelqu’un qui porte un autre nom"
