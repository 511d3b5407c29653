"""A case as one row of a list: words and looks decided here, so that the page only writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mediane.casework.queries.listed import Listed
from mediane.casework.queries.signals import ShownSignal
from mediane.casework.rules.deadlines import TO_READ
from mediane.casework.rules.shown_state import shown_state
from mediane.casework.rules.urgency import Chip, chip
from mediane.casework.states import State
from mediane.catalogue.models import Benefit, Channel, Ground, Origin
from mediane.catalogue.queries import every, labels
from mediane.kit import clock
from mediane.kit.french import count, short_date
from mediane.organisations.models import Organisation
from mediane.organisations.queries import holiday_zone_of

NOTHING: Mapping[str, str] = {}
ICONS = {
    "ONLINE": "screen",
    "MAIL": "letter",
    "EMAIL": "at",
    "PHONE": "phone",
    "DESK": "counter",
    "ACCOUNT": "screen",
}


@dataclass(frozen=True)
class Row:
    reference: str
    version: int
    icon: str
    channel: str
    arrived: str
    name: str
    urgency: str
    asked: str
    benefits: str
    state: tuple[str, str]
    deadline: Chip
    due_what: str
    assignee: str
    is_unread: bool
    signals: str
    # Of a case that waits: since when, until when, and the next reminder.
    wait: str
    received: str
    age: str
    origin: str
    grounds: str
    admissible: str


def rows(
    cases: Iterable[Listed],
    signals: Mapping[str, list[ShownSignal]],
    *,
    organisation: Organisation,
    today: date,
    waits: Mapping[str, str] = NOTHING,
) -> list[Row]:
    of = (organisation, today)
    return [_row(case, *of, signals.get(case.reference, []), waits.get(case.reference, "")) for case in cases]


def _row(case: Listed, organisation: Organisation, today: date, signals: list[ShownSignal], wait: str) -> Row:
    channel = every(Channel)[case.channel]
    return Row(
        reference=case.reference,
        version=case.version,
        icon=icon_of(case.channel),
        channel=channel.label,
        arrived=arrival(case.received_on, today),
        name=f"{case.first_name} {case.last_name}",
        urgency=urgency_of(case.is_urgent, signals),
        asked=case.asked,
        benefits=" · ".join(every(Benefit)[code].short for code in case.benefits),
        state=shown_state(case, case.outcome or ""),
        deadline=_deadline(case, organisation, today),
        due_what="" if case.closed_at else case.due_what,
        assignee=case.assignee or "",
        is_unread=case.has_news or case.state == State.RECEIVED,
        signals="" if case.closed_at else signals_in_words(signals),
        wait=wait,
        received=arrival(case.received_on, today),
        age=count((today - case.received_on).days, "jour", "jours"),
        origin=every(Origin)[case.origin].label,
        grounds=", ".join(labels(Ground, case.grounds)),
        admissible=arrival(case.admissible_on, today) if case.admissible_on else "",
    )


def signals_in_words(signals: list[ShownSignal]) -> str:
    """« À confirmer : Expulsion (« … ») », what a human confirmed first."""
    confirmed = [_signal(one) for one in signals if one.is_confirmed]
    waiting = [_signal(one) for one in signals if not one.is_weighed]
    groups = (("Urgence confirmée", confirmed), ("À confirmer", waiting))
    return ". ".join(f"{title}\u00a0: {', '.join(words)}" for title, words in groups if words)


def _signal(one: ShownSignal) -> str:
    said = f"«\u00a0{one.words}\u00a0»" if one.words else "coché par la personne"
    return f"{one.label.lower()} ({said})"


def urgency_of(is_urgent: bool, signals: Iterable[ShownSignal]) -> str:
    """What makes it urgent, once a human looked: what was set aside is not said."""
    if not is_urgent:
        return ""
    return ", ".join(one.label for one in signals if one.counts) or "Urgent"


def icon_of(channel: str) -> str:
    return ICONS.get(channel, "letter")


def arrival(on: date, today: date) -> str:
    """« 3 nov. », with the year when it is another one."""
    return short_date(on) if on.year == today.year else f"{short_date(on)}\u00a0{on.year}"


def _deadline(case: Listed, organisation: Organisation, today: date) -> Chip:
    if case.closed_at:
        closed_on = clock.day_of(case.closed_at, organisation.time_zone)
        return Chip("done", f"Close le {arrival(closed_on, today)}")
    is_paused = case.is_paused and case.due_what != TO_READ
    return chip(case.due_on, today=today, zone=holiday_zone_of(organisation), is_paused=is_paused)
