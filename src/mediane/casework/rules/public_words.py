"""What the person reads about a case: where it stands, in plain words, with its date."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mediane.casework.states import CLOSED, PUBLIC_WORDS, State
from mediane.kit.french import contracted, long_date

SERVICE = "le service médiation"
LETTER_OF_ENDING = {
    State.REDIRECTED: "REDIRECTED",
    State.INADMISSIBLE: "INADMISSIBLE",
    State.ENDED_BY_LITIGATION: "LITIGATION",
}
STUDIED = (State.RECEIVED, State.UNDER_STUDY, State.AWAITING_BENEFICIARY)


# What a duplicate says in its story, before the reference of the request that answers for both.
STUDIED_WITH = "Étudiée avec la demande "


ANOTHER_CAF = "une autre Caf"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What the words depend on. `who` is « la médiatrice », « le médiateur » or « le service médiation »."""

    state: State
    who: str
    received_on: date
    admissible_on: date | None = None
    acknowledged_on: date | None = None
    decision_due: date | None = None
    reply_due: date | None = None
    is_paused: bool = False
    paused_until: date | None = None
    closed_on: date | None = None
    reopened_on: date | None = None
    body: str = ""
    reason: str = ""

    def is_paused_on(self, today: date) -> bool:
        """A wait pauses up to its own date."""
        return self.is_paused and (self.paused_until is None or today <= self.paused_until)


@dataclass(frozen=True)
class Stage:
    """One point of the public time line; `letter` is the kind of the letter that tells it."""

    title: str
    state: Literal["done", "current", "coming"]
    date: str = ""
    text: str = ""
    letter: str = ""


def of(name: str) -> str:
    """« de la médiatrice », « du médiateur »."""
    return contracted("de", name)


def status(state: State, who: str) -> str:
    """A few words, for a list of requests."""
    return PUBLIC_WORDS[state].replace(SERVICE, who).replace(_capital(SERVICE), _capital(who))


def headline(case: Situation) -> str:
    """The title of the page: a sentence."""
    who = _capital(case.who)
    if case.admissible_on and case.state in STUDIED:
        return f"{who} étudie votre dossier avec la Caf"
    titles: dict[State, str] = {
        State.RECEIVED: "Nous avons bien reçu votre demande",
        State.UNDER_STUDY: f"{who} examine votre demande",
        State.AWAITING_BENEFICIARY: f"{who} examine votre demande",
        State.AWAITING_DECISION: f"Nous attendons une décision {of(case.body)}",
        State.ANSWERED: f"{who} vous a répondu",
        State.REDIRECTED: f"Votre demande relève {of(case.body)}",
        State.INADMISSIBLE: f"{who} ne peut pas étudier votre demande",
        State.WITHDRAWN: "Votre demande est retirée",
        State.MERGED: f"Votre demande est étudiée avec la demande {case.body}",
        State.TRANSFERRED: f"Votre demande est transmise à {case.body}",
        State.ENDED_BY_LITIGATION: "La médiation est terminée\u00a0: un tribunal est saisi",
    }
    return titles[case.state]


def lead(case: Situation, today: date) -> str:
    """The date that matters now, under the title."""
    if case.closed_on is not None:
        on = long_date(case.closed_on)
        closed = {
            State.ANSWERED: f"Réponse envoyée le {on}.",
            State.REDIRECTED: f"Réorientée le {on}. {case.reason}".strip(),
            State.INADMISSIBLE: f"Décision du {on}. {case.reason}".strip(),
            State.MERGED: f"Réunies le {on}. Vous recevrez une seule réponse, pour les deux.",
            State.TRANSFERRED: f"Transmise le {on}. Votre nouvelle Caf s’en occupe, les délais continuent.",
            State.WITHDRAWN: f"Retirée le {on}. Vous pouvez faire une nouvelle demande quand vous voulez.",
            State.ENDED_BY_LITIGATION: f"Terminée le {on}. Quand un tribunal est saisi, la loi y met fin.",
        }
        return closed[case.state]
    if case.reply_due is None:
        return f"Reçue le {long_date(case.received_on)}."
    if case.is_paused_on(today):
        return "La date de réponse est suspendue jusqu’à cette décision."
    if case.reply_due < today:
        return f"La réponse était prévue avant le {long_date(case.reply_due)}. Elle est en retard."
    return f"Réponse prévue avant le {long_date(case.reply_due)}."


def timeline(case: Situation, today: date) -> list[Stage]:
    """From the filing to the reply: what is done, what goes on, what will come."""
    received = Stage("Demande reçue", "done", long_date(case.received_on), _acknowledged(case))
    if case.state in CLOSED and case.state != State.ANSWERED:
        return [received, *_examined(case, today), _ending(case)]
    examined = [_admissibility(case, today), *_reopened(case)]
    if case.admissible_on is None:
        # What is still to be decided stands after what was done.
        examined.reverse()
    return [received, *examined, _study(case), _reply(case, today)]


def _acknowledged(case: Situation) -> str:
    return f"Accusé de réception envoyé le {long_date(case.acknowledged_on)}." if case.acknowledged_on else ""


def _examined(case: Situation, today: date) -> list[Stage]:
    return [_admissibility(case, today)] if case.admissible_on else []


def _admissibility(case: Situation, today: date) -> Stage:
    who = _capital(case.who)
    if case.admissible_on is not None:
        words = "a accepté d’étudier votre demande" if case.state in CLOSED else "peut l’étudier"
        return Stage(f"{who} {words}", "done", long_date(case.admissible_on), letter="ADMISSIBLE")
    if case.state in CLOSED:
        return Stage("Demande examinée", "done")
    title = f"{who} regarde si votre demande peut être étudiée"
    return Stage(title, "current", _expected(case.decision_due, today))


def _reopened(case: Situation) -> list[Stage]:
    """The first reply is read where every letter is."""
    if case.reopened_on is None:
        return []
    text = "La première réponse reste dans vos courriers."
    return [Stage("Demande étudiée de nouveau", "done", long_date(case.reopened_on), text)]


def _study(case: Situation) -> Stage:
    if case.state == State.ANSWERED:
        return Stage("Étude avec la Caf", "done")
    if not case.admissible_on:
        return Stage("Étude avec la Caf", "coming")
    waits = f"Nous attendons une décision {of(case.body)}." if case.state == State.AWAITING_DECISION else ""
    return Stage("Étude avec la Caf, en cours", "current", text=waits)


def _reply(case: Situation, today: date) -> Stage:
    title = f"Réponse {of(case.who)}"
    if case.closed_on is not None:
        return Stage(title, "done", long_date(case.closed_on), letter="REPLY")
    return Stage(title, "coming", "" if case.is_paused_on(today) else _expected(case.reply_due, today))


def _expected(due: date | None, today: date) -> str:
    """A day gone by is not shown as still to come."""
    if due is None:
        return ""
    soon = "Avant le" if due >= today else "En retard\u00a0: c’était prévu avant le"
    return f"{soon} {long_date(due)}"


def _ending(case: Situation) -> Stage:
    titles = {
        State.REDIRECTED: f"Demande réorientée\u00a0: elle relève {of(case.body)}",
        State.INADMISSIBLE: f"{_capital(case.who)} ne peut pas l’étudier",
        State.WITHDRAWN: "Demande retirée",
        State.MERGED: f"Étudiée avec la demande {case.body}",
        State.TRANSFERRED: f"Demande transmise à {case.body}",
        State.ENDED_BY_LITIGATION: "Médiation terminée\u00a0: un tribunal est saisi",
    }
    on = long_date(case.closed_on) if case.closed_on else ""
    return Stage(titles[case.state], "done", on, letter=LETTER_OF_ENDING.get(case.state, ""))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
