"""Waits as the desk reads them: what is awaited, until when, what it pauses, and what comes next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mediane.casework.queries.casefile import CaseFile
from mediane.casework.queries.waits import Kept, reminder_days, wait_of_hold, wait_of_request
from mediane.casework.rules.waits import Awaited, Wait, days_paused, next_reminder, pause_sentence
from mediane.casework.states import Act, Paper
from mediane.kit import clock
from mediane.kit.french import capital, contracted, count, join, long_date, short_date

# What says that the service read what had arrived.
READ = (Act.SET_ASIDE,)


@dataclass(frozen=True)
class ShownWait:
    key: str
    title: str
    what: str
    since: str
    until: str
    is_over: bool
    pause: str
    reminder: str
    asks_the_person: bool
    # The reminders that left, the last first.
    reminded: list[str]


@dataclass(frozen=True)
class PastWait:
    title: str
    what: str
    since: str
    until: str
    ended: str
    paused: str
    changes: list[str]


def shown(wait: Wait, today: date, *, key: str = "", reminded: Sequence[str] = ()) -> ShownWait:
    return ShownWait(
        key=key,
        title=title_of(wait),
        what=wait.what,
        since=long_date(wait.since),
        until=long_date(wait.until),
        is_over=wait.is_over(today),
        pause=pause_sentence(wait, today),
        reminder=_reminder(wait, today),
        asks_the_person=wait.awaited == Awaited.DOCUMENTS,
        reminded=list(reminded),
    )


def title_of(wait: Wait) -> str:
    if wait.awaited == Awaited.DOCUMENTS:
        return "Pièces demandées"
    return f"Décision {contracted('de', wait.whom)}"


def running_waits(file: CaseFile, today: date) -> list[ShownWait]:
    """Of the page of a case, from what it has read already."""
    if not file.case.is_open:
        return []
    zone = file.case.organisation.time_zone
    asked = groupby(file.requested, key=lambda item: item.request)
    waits = [wait_of_hold(file.hold)] if file.hold else []
    waits += [wait_of_request(request, items, zone) for request, items in asked if request.closed_at is None]
    return [
        shown(wait, today, reminded=list(_reminded(file, wait, zone)))
        for wait in sorted(waits, key=lambda wait: wait.until)
    ]


def _reminded(file: CaseFile, wait: Wait, zone: str) -> Iterator[str]:
    """« Le 22 nov., par courriel à Samira Belkacem »; a letter, once somebody sent it."""
    if wait.awaited != Awaited.DOCUMENTS:
        return
    for step in file.steps:
        on = clock.day_of(step.at, zone)
        if on < wait.since:
            continue
        if step.act == Act.REMIND_PERSON:
            yield f"Le {short_date(on)}, {step.words[:1].lower()}{step.words[1:]}"
        elif step.act == Act.POST and step.words == Paper.AWAITED.label:
            yield f"Le {short_date(on)}, par courrier à {file.case.beneficiary.full_name}"


def just_arrived(file: CaseFile) -> str:
    """What was noted as arrived since somebody last read; of several, all."""
    words = []
    for step in file.steps:
        if step.act in READ:
            break
        if step.act == Act.NOTE_ARRIVAL:
            words.append(step.words)
    return join(words[::-1]) if words else ""


def past(kept: Sequence[Kept], today: date) -> list[PastWait]:
    return [
        PastWait(
            title=title_of(wait),
            what=wait.what,
            since=long_date(wait.since),
            until=long_date(wait.until),
            ended=f"{wait.ending}, le {long_date(wait.ended_on)}" if wait.ended_on else "En cours",
            paused=count(days_paused(wait, today), "jour", "jours") if wait.pauses else "Ne suspend pas",
            changes=[
                _change(change.on, change.before, change.until, change.because, change.by)
                for change in wait.changes
            ],
        )
        for wait in (one.wait for one in kept)
    ]


def in_a_row(waits: Mapping[str, tuple[Wait, list[date]]], today: date) -> dict[str, str]:
    """Of a list of cases: « depuis le 3 nov., jusqu’au 1er déc., rappel le 24 nov. »."""
    return {reference: _in_a_row(wait, days, today) for reference, (wait, days) in waits.items()}


def _in_a_row(wait: Wait, days: Sequence[date], today: date) -> str:
    parts = [f"depuis le {short_date(wait.since)}", f"jusqu’au {short_date(wait.until)}"]
    if reminder := next_reminder(days, today):
        parts.append(f"rappel le {short_date(reminder)}")
    return capital(", ".join(parts))


def _reminder(wait: Wait, today: date) -> str:
    if wait.awaited != Awaited.DOCUMENTS:
        return f"À revoir par le service le {long_date(wait.until)}."
    reminder = next_reminder(reminder_days(wait), today)
    if reminder is None:
        return "Plus aucun rappel ne part\u00a0: écrivez à la personne, ou continuez sans."
    return f"Prochain rappel à la personne, s’il peut partir\u00a0: le {long_date(reminder)}."


def _change(on: date, before: date, until: date | None, because: str, by: str) -> str:
    did = f"terminée par {by}"
    if until is not None:
        did = f"{'prolongée' if until > before else 'raccourcie'} jusqu’au {long_date(until)} par {by}"
    return f"Le {long_date(on)}, {did}\u00a0: {because}"
