"""What a follow-up code shows: where a request stands, and nothing of what is said in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediane.casework.rules.public_words import STUDIED, Situation, Stage, headline, status
from mediane.casework.states import Act, Move, State
from mediane.kit.french import NBSP, count, long_date

# An act that is not here is not shown. Which body, which letter and which reason are told nowhere here.
WORDS: dict[str, str] = {
    Act.FILE: "Demande enregistrée",
    Act.ACKNOWLEDGE: "Accusé de réception envoyé",
    Move.TAKE_UP: "Étude de la demande commencée",
    Act.ADMIT: "Votre demande peut être étudiée",
    Move.ASK_BENEFICIARY: "Nous vous avons demandé des documents",
    Act.SEND_DOCUMENT: "Document reçu de vous",
    Move.AWAIT_DECISION: "Nous attendons la décision d’un autre organisme",
    Move.RESUME: "Étude reprise",
    Move.RECLASSIFY: "Demande étudiée de nouveau",
    Move.ANSWER: "Réponse envoyée",
    Move.REOPEN: "Demande étudiée de nouveau",
    Move.REDIRECT: "Lettre envoyée\u00a0: un autre organisme peut vous répondre",
    Move.RECLASSIFY_OUT: "Lettre envoyée\u00a0: un autre organisme peut vous répondre",
    Move.DECLARE_INADMISSIBLE: "Lettre envoyée\u00a0: la demande ne peut pas être étudiée",
    Move.WITHDRAW: "Demande retirée",
    Move.END_BY_LITIGATION: "Médiation terminée",
    Move.MERGE: "Demande réunie à votre autre demande",
    Move.SEPARATE: "Demande étudiée de nouveau à part",
    Move.TRANSFER: "Demande transmise à une autre Caf",
}
# What is said in a message, a call, an appointment or a document, and the work of the service.
UNSAID = frozenset(
    {
        *(Act.ASSIGN, Act.WRITE, Act.EXCUSE_DOCUMENT, Act.SET_ASIDE, Act.LIFT, Act.RECEIVE_EMAIL),
        *(Act.FORWARD, Act.POST, Act.CONFIRM_URGENCY, Act.SET_ASIDE_URGENCY, Act.NOTE_CALL),
        *(Act.SET_APPOINTMENT, Act.MOVE_APPOINTMENT, Act.CANCEL_APPOINTMENT, Act.END_APPOINTMENT),
        *(Act.ABSORB, Act.RELEASE, Act.LINK_REPEAT, Act.LINK_RETURN, Act.SET_APART),
        *(Act.RECORD_EFFECT, Act.VALIDATE_EFFECT, Act.CORRECT_EFFECT, Act.RECOMMEND, Act.NOTE_ANSWER),
        *(Act.ASK_SERVICE, Act.REMIND_SERVICE, Act.CHASE_SERVICE, Act.MOVE_CONSULTATION),
        *(Act.CALL_OFF_CONSULTATION, Act.ANSWER_CONSULTATION, Act.STOP_CONSULTATION, Act.AWAIT_CONSULTATION),
        Act.NOTE_SOCIAL,
        Act.SAY_HOW_TO_REACH,
        *(Act.CHANGE_WAIT, Act.NOTE_ARRIVAL, Act.REMIND_PERSON),
        Act.NOTE_APPEAL_DATE,
        *(Act.SIGN_FOR_LETTER, Act.RETURN_LETTER, Act.TELL_OTHERWISE),
    }
)
MOST_STEPS = 4
BY_ITSELF = (*STUDIED, State.ANSWERED, State.WITHDRAWN)
BY_LETTER = "Terminée le {on}. La lettre que vous avez reçue explique tout."
# Of every state that closes: without a letter that explains it, the page does.
ENDED: dict[State, str] = {
    State.ANSWERED: BY_LETTER,
    State.REDIRECTED: BY_LETTER,
    State.INADMISSIBLE: BY_LETTER,
    State.WITHDRAWN: "Retirée le {on}. Vous pouvez faire une nouvelle demande quand vous voulez.",
    State.ENDED_BY_LITIGATION: "Terminée le {on}. Quand un tribunal est saisi, la loi y met fin.",
    State.MERGED: "Réunie le {on} à votre autre demande. Vous recevrez une seule réponse, pour les deux.",
    State.TRANSFERRED: "Transmise le {on}. Votre nouvelle Caf s’en occupe, les délais continuent. "
    "Pour la suivre par un code, demandez-en un à cette Caf.",
}


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What the database lets out for a code. `steps` are acts and moments, newest first."""

    organisation_id: int
    situation: Situation
    steps: Sequence[tuple[str, date]]
    documents: int = 0
    documents_by: date | None = None
    appointment: str = ""


def title(of: Situation) -> str:
    """As in the follow-up space, but for the states that would name a body or a reason."""
    return headline(of) if of.state in BY_ITSELF else status(of.state, of.who)


def sentence(of: Situation, today: date) -> str:
    """The date that matters now."""
    if of.closed_on is not None:
        return ENDED[of.state].format(on=long_date(of.closed_on))
    if of.is_paused_on(today):
        return "La date de réponse est suspendue jusqu’à la décision d’un autre organisme."
    if of.reply_due is None:
        return f"Reçue le {long_date(of.received_on)}."
    if of.reply_due < today:
        return f"La réponse était prévue avant le {long_date(of.reply_due)}. Elle est en retard."
    return f"Réponse prévue avant le {long_date(of.reply_due)}."


def awaited(of: Followed, today: date) -> str:
    """What we wait for from the person, or nothing."""
    if not of.documents or of.documents_by is None:
        return ""
    papers = count(of.documents, "document", "documents")
    if of.documents_by < today:
        return f"Nous attendons {papers} de vous{NBSP}: la date était le {long_date(of.documents_by)}."
    return f"Nous attendons {papers} de vous, avant le {long_date(of.documents_by)}."


def stages(of: Followed, today: date) -> list[Stage]:
    """The last steps, oldest first; then the reply, while it is awaited."""
    known = [(WORDS[act], on) for act, on in of.steps if act in WORDS][:MOST_STEPS]
    done = [Stage(words, "done", long_date(on)) for words, on in reversed(known)]
    due = of.situation.reply_due
    if of.situation.closed_on is not None or of.situation.is_paused_on(today) or due is None:
        return done
    when = "Prévue" if due >= today else "En retard\u00a0: prévue"
    return [*done, Stage("Réponse", "coming", f"{when} avant le {long_date(due)}")]
