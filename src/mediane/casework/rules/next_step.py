"""The one thing to do now on a case, in a sentence, with the gesture that does it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mediane.casework.rules.urgency import day_and_month
from mediane.casework.states import CLOSED, State


class Gesture(StrEnum):
    TAKE_UP = "take_up"
    READ_NEWS = "read_news"
    DECIDE = "decide"
    REPLY = "reply"
    RESUME = "resume"
    WRITE = "write"
    ASK = "ask"


BUTTONS = {
    Gesture.TAKE_UP: "Prendre en charge",
    Gesture.READ_NEWS: "Marquer comme lu",
    Gesture.DECIDE: "Décider la recevabilité",
    Gesture.REPLY: "Rédiger la réponse",
    Gesture.RESUME: "Reprendre l’étude",
    Gesture.WRITE: "Écrire à la personne",
    Gesture.ASK: "Demander des pièces",
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    state: str
    person: str
    today: date
    has_news: bool = False
    has_draft_reply: bool = False
    is_admissible: bool = False
    may_decide: bool = False
    decide_by: date | None = None
    reply_by: date | None = None
    documents_by: date | None = None
    awaited: str = ""
    look_again_on: date | None = None


@dataclass(frozen=True)
class NextStep:
    sentence: str
    gesture: Gesture | None

    @property
    def button(self) -> str:
        return BUTTONS[self.gesture] if self.gesture else ""


def next_step(facts: Facts) -> NextStep | None:
    """None when nothing is expected of the service."""
    if facts.has_news:
        return NextStep(f"Lire ce que {facts.person} a envoyé.", Gesture.READ_NEWS)
    if facts.state in CLOSED:
        return None
    if facts.state == State.RECEIVED:
        return NextStep("Lire la demande et la prendre en charge.", Gesture.TAKE_UP)
    if facts.state == State.AWAITING_BENEFICIARY:
        return _documents(facts)
    if facts.state == State.AWAITING_DECISION:
        return _decision(facts)
    return _study(facts)


def _documents(facts: Facts) -> NextStep:
    if facts.documents_by is None:
        return NextStep("Toutes les pièces demandées sont arrivées.", Gesture.RESUME)
    on = day_and_month(facts.documents_by)
    if facts.documents_by < facts.today:
        return NextStep(
            f"Les pièces étaient attendues pour le {on}. L’étude peut continuer sans elles.", Gesture.RESUME
        )
    return NextStep(f"Attendre les pièces demandées, jusqu’au {on}.", Gesture.WRITE)


def _decision(facts: Facts) -> NextStep:
    if facts.look_again_on is None:
        return NextStep("Attendre la décision demandée.", Gesture.RESUME)
    on = day_and_month(facts.look_again_on)
    if facts.look_again_on <= facts.today:
        return NextStep(f"Revoir l’attente de {facts.awaited}, prévue jusqu’au {on}.", Gesture.RESUME)
    return NextStep(f"Attendre la décision de {facts.awaited}. À revoir le {on}.", Gesture.RESUME)


def _study(facts: Facts) -> NextStep:
    if facts.has_draft_reply:
        return _reply("Relire et signer la réponse", facts)
    if facts.is_admissible:
        return _reply("Préparer la réponse", facts)
    if not facts.may_decide:
        return NextStep("Préparer l’étude. La recevabilité reste à décider.", Gesture.ASK)
    before = f", avant le {day_and_month(facts.decide_by)}" if facts.decide_by else ""
    return NextStep(f"Décider si la demande est recevable{before}.", Gesture.DECIDE)


def _reply(sentence: str, facts: Facts) -> NextStep:
    before = f", à donner avant le {day_and_month(facts.reply_by)}" if facts.reply_by else ""
    return NextStep(f"{sentence}{before}.", Gesture.REPLY)
