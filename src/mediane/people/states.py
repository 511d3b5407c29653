from django.db.models import TextChoices


class Way(TextChoices):
    """How a person is reached."""

    EMAIL = "email", "Courriel"
    PHONE = "phone", "Téléphone"
    ADDRESS = "postal_address", "Adresse"


class Source(TextChoices):
    """Who said how to reach a person."""

    ACCOUNT = "account", "Compte de la Caf"
    SERVICE = "service", "Saisie du service"


class Verdict(TextChoices):
    """Whether two people are one."""

    WAITING = "waiting", "À décider"
    SAME = "same", "Même personne"
    APART = "apart", "Deux personnes"
