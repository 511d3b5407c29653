"""What figures are counted over, and by what they are split."""

from django.db.models import TextChoices


class Population(TextChoices):
    """What a figure counts: requests that came in a month or ended in it, or questions asked in it."""

    RECEIVED = "received", "Saisines reçues"
    MEDIATION = "mediation", "Saisines traitées par la médiation"
    OUT_OF_SCOPE = "out_of_scope", "Saisines traitées, hors médiation"
    CONSULTED = "consulted", "Questions posées aux services et organismes"


HANDLED = (Population.MEDIATION, Population.OUT_OF_SCOPE)


class Axis(TextChoices):
    """What a number is split by; benefits, groups and grounds may be several a request."""

    ALL = "all", "Ensemble"
    CHANNEL = "channel", "Canal"
    ORIGIN = "origin", "Origine"
    BENEFIT = "benefit", "Prestation"
    FIRST_BENEFIT = "first_benefit", "Prestation principale"
    GROUP = "group", "Groupe de prestations"
    GROUND = "ground", "Motif donné par la personne"
    KNOWN_GROUND = "known_ground", "Motif connu"
    FIRST_GROUND = "first_ground", "Motif principal"
    CAUSE = "cause", "Cause analysée"
    REASON = "reason", "Raison précise"
    ERROR = "error", "Erreur constatée"
    SERVICE = "service", "Service concerné par l’erreur"
    OUTCOME = "outcome", "Résultat"
    HOUSEHOLD = "household", "Foyer"
    AGE = "age", "Âge"
    QUOTIENT = "quotient", "Quotient familial"
    SCOPE_REASON = "scope_reason", "Motif hors médiation ou d’irrecevabilité"
    BODY = "body", "Organisme proposé"
    REPEAT = "repeat", "Réitération"
    PRECEDED = "preceded", "Réclamation préalable"
    TOUCHED = "touched", "Demandes avec un impact financier"
    LINES = "lines", "Lignes d’impact financier"
    CENTS = "cents", "Impact financier, en centimes"
    ASKED_OF = "asked_of", "Service ou organisme interrogé"
    ANSWERED = "answered", "Questions répondues"
    IN_TIME = "in_time", "Questions répondues à temps"
    OVERDUE = "overdue", "Questions en retard"
    DAYS_OF_EACH = "days_of_each", "Jours de la question à la réponse, par service ou organisme"
    DAYS_ENTRY = "days_entry", "Jours de la réception à l’enregistrement"
    DAYS_ACKNOWLEDGED = "days_acknowledged", "Jours de la réception à l’accusé de réception"
    DAYS_ADMISSIBILITY = "days_admissibility", "Jours de la réception à la décision de recevabilité"
    DAYS_REPLY = "days_reply", "Jours de la réception à la réponse"
    DAYS_WAITED = "days_waited", "Jours d’attente d’une pièce ou d’une décision"
    DAYS_OWN = "days_own", "Jours de la réception à la réponse, sans les attentes"
