"""The one thing to do now on a case, in a sentence, with the gesture that does it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mediane.casework.rules.urgency import day_and_month
from mediane.casework.states import CLOSED, WAITING, State
from mediane.kit.french import contracted


class Gesture(StrEnum):
    TAKE_UP = "take_up"
    READ_NEWS = "read_news"
    DECIDE = "decide"
    REPLY = "reply"
    RESUME = "resume"
    WRITE = "write"
    ASK = "ask"
    WAIT = "wait"
    RETELL = "retell"


BUTTONS = {
    Gesture.TAKE_UP: "Prendre en charge",
    Gesture.READ_NEWS: "Marquer comme lu",
    Gesture.DECIDE: "Décider la recevabilité",
    Gesture.REPLY: "Rédiger la réponse",
    Gesture.RESUME: "Reprendre l’étude",
    Gesture.WRITE: "Écrire à la personne",
    Gesture.ASK: "Demander des pièces",
    Gesture.WAIT: "Suivre l’attente",
    Gesture.RETELL: "Prévenir autrement",
}


@dataclass(frozen=True, kw_only=True)
class Circumstances:
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
    # What was awaited and came by letter, by telephone or at the desk.
    arrived: str = ""
    # Services whose answer nobody has read, and whether the person sent something too.
    answered_by: str = ""
    person_wrote: bool = True
    # A letter that came back, and that nobody looked after.
    returned: str = ""
    # Services that let their date go by since somebody last read.
    overdue: str = ""


@dataclass(frozen=True)
class NextStep:
    sentence: str
    gesture: Gesture | None

    @property
    def button(self) -> str:
        return BUTTONS[self.gesture] if self.gesture else ""


def next_step(around: Circumstances) -> NextStep | None:
    """None when nothing is expected of the service."""
    if around.returned:
        back = f"La lettre «\u00a0{around.returned}\u00a0» est revenue"
        return NextStep(f"{back}\u00a0: prévenir {around.person} autrement.", Gesture.RETELL)
    if around.has_news:
        return NextStep(_to_read(around), Gesture.READ_NEWS)
    if around.state in CLOSED:
        return None
    if around.state == State.RECEIVED:
        return NextStep("Lire la demande et la prendre en charge.", Gesture.TAKE_UP)
    if around.state in WAITING:
        return _decision(around) if _is_decision_first(around) else _documents(around)
    return _study(around)


def _is_decision_first(around: Circumstances) -> bool:
    """Of two waits, the one whose date comes first."""
    if around.look_again_on is None or around.documents_by is None:
        return around.state == State.AWAITING_DECISION
    return around.look_again_on <= around.documents_by


def _to_read(around: Circumstances) -> str:
    if around.state == State.MERGED:
        return "Ce dossier est réuni à un autre, qui répond pour les deux."
    if not around.overdue:
        return _came(around)
    late = f"Réponse en retard, à réclamer ou à ne plus attendre\u00a0: {around.overdue}."
    is_alone = not (around.arrived or around.answered_by or around.person_wrote)
    return late if is_alone else f"{_came(around)} {late}"


def _came(around: Circumstances) -> str:
    if around.arrived and not around.answered_by:
        return f"Lire ce qui est arrivé\u00a0: {around.arrived}."
    if not around.answered_by:
        return f"Lire ce que {around.person} a envoyé."
    answer = f"la réponse à votre question\u00a0: {around.answered_by}."
    if around.arrived:
        return f"Lire ce qui est arrivé\u00a0: {around.arrived}, et {answer}"
    if not around.person_wrote:
        return f"Lire {answer}"
    return f"Lire ce que {around.person} a envoyé, et {answer}"


def _documents(around: Circumstances) -> NextStep:
    if around.documents_by is None:
        return NextStep("Toutes les pièces demandées sont arrivées.", Gesture.RESUME)
    on = day_and_month(around.documents_by)
    if around.documents_by < around.today:
        over = f"L’attente est terminée\u00a0: les pièces étaient attendues pour le {on}."
        return NextStep(f"{over} Relancer, prolonger, ou continuer sans elles.", Gesture.WAIT)
    return NextStep(f"Attendre les pièces demandées, jusqu’au {on}.", Gesture.WRITE)


def _decision(around: Circumstances) -> NextStep:
    if around.look_again_on is None:
        return NextStep("Attendre la décision demandée.", Gesture.RESUME)
    on = day_and_month(around.look_again_on)
    whose = contracted("de", around.awaited)
    if around.look_again_on < around.today:
        over = f"L’attente est terminée\u00a0: la décision {whose} était attendue pour le {on}."
        return NextStep(f"{over} Relancer, prolonger, ou continuer sans elle.", Gesture.WAIT)
    if around.look_again_on == around.today:
        return NextStep(f"Revoir aujourd’hui l’attente de la décision {whose}.", Gesture.WAIT)
    return NextStep(f"Attendre la décision {whose}. À revoir le {on}.", Gesture.WAIT)


def _study(around: Circumstances) -> NextStep:
    if around.has_draft_reply:
        return _reply("Relire et signer la réponse", around)
    if around.is_admissible:
        return _reply("Préparer la réponse", around)
    if not around.may_decide:
        return NextStep("Préparer l’étude. La recevabilité reste à décider.", Gesture.ASK)
    before = f", avant le {day_and_month(around.decide_by)}" if around.decide_by else ""
    return NextStep(f"Décider si la demande est recevable{before}.", Gesture.DECIDE)


def _reply(sentence: str, around: Circumstances) -> NextStep:
    before = f", à donner avant le {day_and_month(around.reply_by)}" if around.reply_by else ""
    return NextStep(f"{sentence}{before}.", Gesture.REPLY)
