"""What a mail received is, and what was made of it."""

from django.db.models import TextChoices


class State(TextChoices):
    WAITING = "waiting", "À classer"
    ATTACHED = "attached", "Joint à un dossier"
    REGISTERED = "registered", "Enregistré comme demande"
    SET_ASIDE = "set_aside", "Écarté"


class Nature(TextChoices):
    """Who wrote it, as far as its headers tell. Only a person is ever answered."""

    PERSON = "person", "Écrit par quelqu’un"
    AUTOMATIC = "automatic", "Réponse automatique"
    BOUNCE = "bounce", "Courriel non remis"
    LOOP = "loop", "Revenu de chez nous"
    BULK = "bulk", "Envoi en nombre"
    SPAM = "spam", "Indésirable"


class Remark(TextChoices):
    """What whoever sorts it should know first."""

    TOO_LARGE = "too_large", "Trop lourd\u00a0: il n’a pas été ouvert. Lisez-le dans la messagerie."
    TOO_MANY_FILES = "too_many_files", "Trop de pièces jointes\u00a0: seules les premières sont gardées ici."
    BROKEN = "broken", "Message abîmé\u00a0: une partie peut manquer. L’original est gardé."
    FORGED = "forged", "Expéditeur douteux\u00a0: le serveur de messagerie n’a pas pu confirmer qui écrit."
    UNKNOWN_REFERENCE = (
        "unknown_reference",
        "L’objet cite une référence qui n’est pas celle d’un dossier de votre Caf.",
    )
    FILES_REFUSED = "files_refused", "Une pièce jointe au moins n’a pas été gardée."
    UNFORESEEN = (
        "unforeseen",
        "Ce courriel n’a pas pu être ouvert\u00a0: en voici la source. Lisez-le dans la messagerie.",
    )


# Its original tells no more than what the tray shows: nothing is taken out of it again.
UNOPENED = frozenset({Remark.TOO_LARGE, Remark.UNFORESEEN})


class Policy(TextChoices):
    """What a Caf does with its mailbox."""

    OPEN = "open", "Ouverte\u00a0: les courriels sont reçus et classés"
    CLOSED = "closed", "Fermée\u00a0: une réponse automatique indique la téléprocédure"
    ABSENT = "absent", "Pas de boîte aux lettres"


class Why(TextChoices):
    """Why a mail becomes nothing. The last one is the house’s own."""

    NOT_FOR_US = "not_for_us", "Ne concerne pas la médiation"
    ADVERTISING = "advertising", "Publicité ou courriel indésirable"
    AUTOMATIC = "automatic", "Message automatique"
    ALREADY_KNOWN = "already_known", "Déjà reçu autrement"
    ANSWERED_ELSEWHERE = "answered_elsewhere", "Répondu directement depuis la messagerie"
    SENT_ON = "sent_on", "Transmis à la Caf qui suit maintenant le dossier"
    POINTED = "pointed", "Boîte fermée\u00a0: la téléprocédure a été indiquée"
