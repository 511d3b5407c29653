"""What is known of the period for appeal of one case, and where that period stands."""

from django.db.models import TextChoices


class What(TextChoices):
    """A day that the period depends on."""

    DECISION = "decision", "Décision contestée notifiée"
    ADMISSIBILITY = "admissibility", "Recevabilité notifiée"
    END = "end", "Fin de la médiation communiquée"


class Evidence(TextChoices):
    """What shows the day; in the order a judge would trust it."""

    RECEIPT = "receipt", "Avis de réception signé"
    HANDED = "handed", "Remise en main propre, contre signature"
    PRESENTED = "presented", "Avis de passage, lettre non retirée"
    SPACE = "space", "Lettre ouverte dans un espace en ligne"
    SENT = "sent", "Date d’envoi, sans preuve de réception"
    DECLARED = "declared", "Jour dit par la personne"


PROVING = (Evidence.RECEIPT, Evidence.HANDED, Evidence.PRESENTED, Evidence.SPACE)


class Remedies(TextChoices):
    """Whether the decision said how, where and until when to appeal."""

    STATED = "stated", "Oui, avec le délai"
    MISSING = "missing", "Non, ou sans le délai"
    UNKNOWN = "unknown", "Je n’ai pas la lettre"


class Home(TextChoices):
    """Where the person lives, seen from the court that would judge."""

    SAME = "same", "Sur le territoire du tribunal"
    OVERSEAS = "overseas", "Outre-mer, le tribunal étant ailleurs"
    ABROAD = "abroad", "À l’étranger"


class Standing(TextChoices):
    UNKNOWN = "unknown", "Date non calculée"
    NOT_RUNNING = "not_running", "Délai non opposable"
    RUNNING = "running", "Délai en cours"
    STOPPED = "stopped", "Délai arrêté"
    PAST = "past", "Délai fini"
    SEIZED = "seized", "Tribunal saisi"
