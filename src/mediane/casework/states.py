"""The life of a case: the states it can be in, and the only moves between them."""

from django.db.models import TextChoices


class State(TextChoices):
    RECEIVED = "received", "À qualifier"
    UNDER_STUDY = "under_study", "À l’étude"
    AWAITING_BENEFICIARY = "awaiting_beneficiary", "Pièces attendues"
    AWAITING_DECISION = "awaiting_decision", "Attend une décision"
    ANSWERED = "answered", "Close"
    REDIRECTED = "redirected", "Réorientée"
    INADMISSIBLE = "inadmissible", "Irrecevable"
    WITHDRAWN = "withdrawn", "Retirée"
    ENDED_BY_LITIGATION = "ended_by_litigation", "Fin\u00a0: tribunal saisi"
    MERGED = "merged", "Réunie à une autre"
    TRANSFERRED = "transferred", "Transférée"


class Move(TextChoices):
    """Labels are infinitives, for buttons and for « impossible de … »."""

    TAKE_UP = "take_up", "Prendre en charge"
    ASK_BENEFICIARY = "ask_beneficiary", "Demander des pièces"
    AWAIT_DECISION = "await_decision", "Mettre en attente d’une décision"
    RESUME = "resume", "Reprendre l’étude"
    REDIRECT = "redirect", "Réorienter"
    DECLARE_INADMISSIBLE = "declare_inadmissible", "Déclarer irrecevable"
    ANSWER = "answer", "Répondre"
    WITHDRAW = "withdraw", "Retirer"
    END_BY_LITIGATION = "end_by_litigation", "Constater la saisine d’un tribunal"
    RECLASSIFY = "reclassify", "Reclasser dans la médiation"
    RECLASSIFY_OUT = "reclassify_out", "Reclasser hors médiation"
    MERGE = "merge", "Réunir à une autre demande"
    SEPARATE = "separate", "Étudier de nouveau à part"
    TRANSFER = "transfer", "Transférer à une autre Caf"
    REOPEN = "reopen", "Rouvrir"


class Act(TextChoices):
    """What happens to a case without changing its state."""

    FILE = "file", "Demande enregistrée"
    ACKNOWLEDGE = "acknowledge", "Accusé de réception envoyé"
    ASSIGN = "assign", "Dossier attribué"
    ADMIT = "admit", "Demande recevable"
    WRITE = "write", "Message"
    SEND_DOCUMENT = "send_document", "Document envoyé"
    EXCUSE_DOCUMENT = "excuse_document", "Document manquant expliqué"
    SET_ASIDE = "set_aside", "Réponse lue"
    LIFT = "lift", "Pièces plus attendues"
    RECEIVE_EMAIL = "receive_email", "Courriel reçu"
    FORWARD = "forward", "Dossier préparé pour l’organisme"
    POST = "post", "Lettre imprimée et envoyée"
    CONFIRM_URGENCY = "confirm_urgency", "Urgence confirmée"
    SET_ASIDE_URGENCY = "set_aside_urgency", "Signal d’urgence écarté"
    NOTE_CALL = "note_call", "Appel noté"
    SET_APPOINTMENT = "set_appointment", "Rendez-vous fixé"
    MOVE_APPOINTMENT = "move_appointment", "Rendez-vous déplacé"
    CANCEL_APPOINTMENT = "cancel_appointment", "Rendez-vous annulé"
    END_APPOINTMENT = "end_appointment", "Rendez-vous conclu"
    ABSORB = "absorb", "Doublon réuni à ce dossier"
    RELEASE = "release", "Doublon étudié de nouveau à part"
    LINK_REPEAT = "link_repeat", "Réitération constatée"
    LINK_RETURN = "link_return", "Retour après réorientation constaté"
    SET_APART = "set_apart", "Demandes distinctes"
    RECORD_EFFECT = "record_effect", "Impact financier saisi"
    VALIDATE_EFFECT = "validate_effect", "Impact financier validé"
    CORRECT_EFFECT = "correct_effect", "Impact financier corrigé"
    RECOMMEND = "recommend", "Recommandation faite à un service"
    NOTE_ANSWER = "note_answer", "Réponse d’un service notée"
    NOTE_SOCIAL = "note_social", "Données sociales notées"
    ASK_SERVICE = "ask_service", "Question posée"
    REMIND_SERVICE = "remind_service", "Relance d’un service"
    CHASE_SERVICE = "chase_service", "Réponse d’un service en retard"
    MOVE_CONSULTATION = "move_consultation", "Date de réponse changée"
    CALL_OFF_CONSULTATION = "call_off_consultation", "Question retirée"
    ANSWER_CONSULTATION = "answer_consultation", "Réponse à une question"
    STOP_CONSULTATION = "stop_consultation", "Réponse plus attendue"
    AWAIT_CONSULTATION = "await_consultation", "Réponse de nouveau attendue"
    SAY_HOW_TO_REACH = "say_how_to_reach", "Façon de la joindre changée"
    CHANGE_WAIT = "change_wait", "Date d’attente changée"
    NOTE_ARRIVAL = "note_arrival", "Réponse attendue arrivée"
    REMIND_PERSON = "remind_person", "Rappel envoyé à la personne"
    NOTE_APPEAL_DATE = "note_appeal_date", "Date du délai de recours notée"
    SIGN_FOR_LETTER = "sign_for_letter", "Avis de réception signé"
    RETURN_LETTER = "return_letter", "Lettre revenue"
    TELL_OTHERWISE = "tell_otherwise", "Personne prévenue autrement"


class Heard(TextChoices):
    """How a person said how to reach her."""

    ONLINE = "online", "Dans son espace de suivi"
    DESK = "desk", "À l’accueil"
    PHONE = "phone", "Par téléphone"
    LETTER = "letter", "Par lettre"
    EMAIL = "email", "Par courriel"


class CallKind(TextChoices):
    RECEIVED = "received", "Appel reçu"
    MADE = "made", "Appel passé"
    TRIED = "tried", "Tentative d’appel"


class Way(TextChoices):
    """How an appointment is held."""

    DESK = "desk", "À l’accueil"
    PHONE = "phone", "Par téléphone"
    VIDEO = "video", "En visioconférence"


class AppointmentState(TextChoices):
    PLANNED = "planned", "Prévu"
    HELD = "held", "Tenu"
    MISSED = "missed", "Manqué"
    CANCELLED_BY_PERSON = "cancelled_by_person", "Annulé par la personne"
    CANCELLED_BY_SERVICE = "cancelled_by_service", "Annulé par le service"


class Verdict(TextChoices):
    ADMISSIBLE = "admissible", "Recevable"
    INADMISSIBLE = "inadmissible", "Irrecevable"


class Signal(TextChoices):
    """What may make a request urgent; in the order a human reads them."""

    NO_INCOME = "no_income", "Sans ressources"
    NO_FOOD = "no_food", "Rien à manger"
    EVICTION = "eviction", "Expulsion"
    BREAK = "break", "Rupture de droits"
    DISABILITY_RENEWAL = "disability_renewal", "Renouvellement lié au handicap"
    CHILD = "child", "Enfant concerné"


class Weighing(TextChoices):
    """What a human made of a signal."""

    UNWEIGHED = "", "À confirmer"
    CONFIRMED = "confirmed", "Confirmé"
    SET_ASIDE = "set_aside", "Écarté"


class WhyTransferred(TextChoices):
    MOVED = "moved", "La personne a changé de département"
    WRONG_CAF = "wrong_caf", "La demande s’adressait à une autre Caf"


class Kinship(TextChoices):
    """What a human said of two requests that resemble each other."""

    REPEAT = "repeat", "Réitération"
    RETURN = "return", "Retour après réorientation"
    DUPLICATE = "duplicate", "Doublon"
    APART = "apart", "Demandes distinctes"


class Paper(TextChoices):
    """What waits to be printed, then leaves by hand."""

    RECEIPT = "receipt", "Accusé de réception"
    SENDER = "sender", "Accusé de réception à un tiers"
    MERGED = "merged", "Demandes réunies"
    SEPARATED = "separated", "Demandes séparées"
    TRANSFERRED = "transferred", "Demande transférée"
    CANCELLED = "cancelled", "Rendez-vous annulé"
    AWAITED = "awaited", "Rappel des pièces demandées"
    MOVED = "moved", "Date d’attente changée"
    LETTER = "letter", "Lettre signée"


class Postage(TextChoices):
    """How a letter leaves."""

    SIMPLE = "simple", "Lettre simple"
    TRACKED = "tracked", "Lettre suivie"
    REGISTERED = "registered", "Recommandé avec avis de réception"


class Fate(TextChoices):
    """What became of a letter that left. Labels follow « Lettre »."""

    SIGNED = "signed", "Avis de réception signé"
    UNKNOWN = "unknown", "Retournée\u00a0: destinataire inconnu à l’adresse"
    UNCLAIMED = "unclaimed", "Retournée\u00a0: non réclamée"
    REFUSED = "refused", "Retournée\u00a0: refusée"


class Retold(TextChoices):
    """What was done about a letter that came back."""

    PRINTED = "printed", "Lettre imprimée de nouveau"
    CALLED = "called", "Personne prévenue de vive voix"
    NOTHING = "nothing", "Rien de plus à faire"


class Ending(TextChoices):
    """How a wait ended."""

    ARRIVED = "arrived", "Réponse arrivée"
    RESUMED = "resumed", "Étude reprise sans attendre"
    LIFTED = "lifted", "Pièces plus attendues"
    REPLACED = "replaced", "Remplacée par une autre attente"
    CLOSED = "closed", "Dossier clos"


class Outcome(TextChoices):
    REVISED = "revised", "Décision révisée"
    PARTLY_REVISED = "partly_revised", "Décision révisée en partie"
    UPHELD = "upheld", "Décision maintenue"
    NO_DECISION = "no_decision", "Sans décision"


class Answer(TextChoices):
    """Of a service, to what was recommended to it."""

    FOLLOWED = "followed", "Suivie"
    PARTLY = "partly", "Suivie en partie"
    REFUSED = "refused", "Refusée"
    NO_ANSWER = "no_answer", "Sans réponse"


class Effect(TextChoices):
    """What a decision became in euros: the four impacts, never netted, then the facts told beside."""

    BACK_PAYMENT = "back_payment", "Rappel versé"
    OVERPAYMENT_DETECTED = "overpayment_detected", "Trop-perçu détecté"
    OVERPAYMENT_CANCELLED = "overpayment_cancelled", "Indu annulé, injustifié"
    DEBT_REMITTED = "debt_remitted", "Dette remise par la CRA"
    DEDUCTION_GIVEN_BACK = "deduction_given_back", "Retenues reversées"
    DEDUCTION_LOWERED = "deduction_lowered", "Retenue mensuelle réduite"
    PLAN_EASED = "plan_eased", "Remboursement mensuel allégé"


CLOSED = (
    State.ANSWERED,
    State.REDIRECTED,
    State.INADMISSIBLE,
    State.WITHDRAWN,
    State.ENDED_BY_LITIGATION,
    State.MERGED,
    State.TRANSFERRED,
)
OPEN = tuple(state for state in State if state not in CLOSED)
WAITING = (State.AWAITING_BENEFICIARY, State.AWAITING_DECISION)
# A letter that leaves so has a number; one that met this fate came back.
NUMBERED = (Postage.TRACKED, Postage.REGISTERED)
RETURNED = (Fate.UNKNOWN, Fate.UNCLAIMED, Fate.REFUSED)

# move: (from any of, to)
MOVES: dict[Move, tuple[tuple[State, ...], State]] = {
    Move.TAKE_UP: ((State.RECEIVED,), State.UNDER_STUDY),
    # Also while already waiting: a second list of documents may follow the first.
    Move.ASK_BENEFICIARY: ((State.UNDER_STUDY, *WAITING), State.AWAITING_BENEFICIARY),
    Move.AWAIT_DECISION: ((State.UNDER_STUDY, State.AWAITING_BENEFICIARY), State.AWAITING_DECISION),
    Move.RESUME: (WAITING, State.UNDER_STUDY),
    Move.REDIRECT: (OPEN, State.REDIRECTED),
    Move.DECLARE_INADMISSIBLE: (OPEN, State.INADMISSIBLE),
    # A missing document must not stop the examination (CRPA L.114-5-1): a wait may end in a reply.
    Move.ANSWER: ((State.UNDER_STUDY, *WAITING), State.ANSWERED),
    Move.WITHDRAW: (OPEN, State.WITHDRAWN),
    # Whoever seizes a court ends the mediation, whatever its state.
    Move.END_BY_LITIGATION: (OPEN, State.ENDED_BY_LITIGATION),
    # What was set aside too soon is studied after all; what was answered was not for the mediation.
    Move.RECLASSIFY: ((State.REDIRECTED, State.INADMISSIBLE), State.UNDER_STUDY),
    Move.RECLASSIFY_OUT: ((State.ANSWERED,), State.REDIRECTED),
    # The same request received twice is counted once, unless somebody sees them otherwise.
    Move.MERGE: (OPEN, State.MERGED),
    Move.SEPARATE: ((State.MERGED,), State.UNDER_STUDY),
    # The person moved: the file goes on at the other Caf, and never comes back by itself.
    Move.TRANSFER: (OPEN, State.TRANSFERRED),
    # An answer may be looked at again, within the limit in force; later, a new request repeats the first.
    Move.REOPEN: ((State.ANSWERED,), State.UNDER_STUDY),
}

# What the person reads. The neutral form: « la médiatrice » or « le médiateur » follows who is in post.
PUBLIC_WORDS: dict[State, str] = {
    State.RECEIVED: "Demande reçue",
    State.UNDER_STUDY: "Le service médiation étudie votre dossier avec la Caf",
    State.AWAITING_BENEFICIARY: "Il manque un document",
    State.AWAITING_DECISION: "En attente d’une décision",
    State.ANSWERED: "Réponse envoyée",
    State.REDIRECTED: "Un autre organisme peut vous répondre",
    State.INADMISSIBLE: "Le service médiation ne peut pas étudier votre demande\u00a0: voici pourquoi",
    State.WITHDRAWN: "Demande retirée",
    State.ENDED_BY_LITIGATION: "Médiation terminée\u00a0: un tribunal est saisi",
    State.MERGED: "Réunie à votre autre demande",
    State.TRANSFERRED: "Demande transmise à votre nouvelle Caf",
}
