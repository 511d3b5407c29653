"""What is awaited, from whom and until when, as the person reads it; and the reminders she will receive."""

from dataclasses import dataclass
from datetime import date

from mediane.casework.models import Case
from mediane.casework.queries.own_case import OwnCase
from mediane.casework.queries.postings import Way, way_to_tell
from mediane.casework.queries.waits import reminder_days, running_hold, wait_of_request
from mediane.casework.rules.waits import Wait, next_reminder
from mediane.kit.french import contracted, long_date

BY_WAY = {Way.EMAIL: "par courriel", Way.PAPER: "par lettre"}
NOTHING_DECIDED = "Sans réponse de votre part, rien n’est décidé contre vous\u00a0: l’étude continue."


@dataclass(frozen=True)
class Awaited:
    """Of somebody else, a title and its words; of the person, the words under the list of documents."""

    title: str = ""
    words: str = ""
    documents: str = ""


def awaited(own: OwnCase, today: date) -> Awaited:
    if not own.case.is_open:
        return Awaited()
    hold = running_hold(own.case)
    documents = _documents(own, today)
    if hold is None:
        return Awaited(documents=documents)
    title = f"Nous attendons la décision {contracted('de', hold.whom)}"
    return Awaited(title, _decision(hold, today), documents)


def _decision(wait: Wait, today: date) -> str:
    until = (
        f"{wait.what}. Nous l’attendons depuis le {long_date(wait.since)}, jusqu’au {long_date(wait.until)}."
    )
    then = "Cette date est passée\u00a0: le service médiation reprend votre dossier."
    if not wait.is_over(today):
        then = "Ce jour-là, nous regardons de nouveau votre dossier, même sans réponse."
    # Only for this: a document may be asked of her at the same time.
    return f"{until} {then} Pour cette décision, vous n’avez rien à faire."


def _documents(own: OwnCase, today: date) -> str:
    if not own.missing:
        return ""
    wait = wait_of_request(own.missing[0].request, (), own.case.organisation.time_zone)
    what = "l’attendons" if len(own.missing) == 1 else "les attendons"
    since = f"Nous {what} depuis le {long_date(wait.since)}, jusqu’au {long_date(wait.until)}."
    return " ".join(filter(None, (since, _reminder(own.case, wait, today), NOTHING_DECIDED)))


def _reminder(case: Case, wait: Wait, today: date) -> str:
    """No reminder is promised to whoever receives nothing."""
    on = next_reminder(reminder_days(wait), today)
    way = BY_WAY.get(way_to_tell(case)) if on else None
    return f"Un rappel partira le {long_date(on)}, {way}." if on and way else ""
