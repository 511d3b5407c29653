"""Waits: which pause the service target, for which days, and when whoever is awaited is reminded.

A wait pauses up to its own date and never beyond: one that nobody looks after does not stop the clock.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mediane.kit.french import join, long_date

A_DAY = timedelta(days=1)
# Who was told something lately is left in peace.
IN_PEACE = timedelta(days=2)
# A reminder that could not leave on its day still leaves the next two; later, the next one does.
CATCH_UP = timedelta(days=2)
THE_SERVICE = "règle du service médiation"


class Awaited(StrEnum):
    DOCUMENTS = "documents"
    DECISION = "decision"


@dataclass(frozen=True, kw_only=True)
class PausingRule:
    """Whether a kind of wait pauses the target to reply, from a day on; of any body, when none is named."""

    awaited: Awaited
    pauses: bool
    because: str
    source: str
    effective_from: date
    bodies: frozenset[str] = frozenset()


PAUSING = (
    PausingRule(
        awaited=Awaited.DOCUMENTS,
        pauses=True,
        because="la personne a ce délai pour envoyer les pièces",
        source="article L. 114-5 du code des relations entre le public et l’administration, "
        "que le service médiation suit pour son objectif",
        effective_from=date(2016, 1, 1),
    ),
    PausingRule(
        awaited=Awaited.DECISION,
        pauses=True,
        because="cette décision n’appartient pas aux services de la Caf",
        source=THE_SERVICE,
        effective_from=date(2019, 1, 1),
    ),
    PausingRule(
        awaited=Awaited.DECISION,
        pauses=False,
        because="la réponse d’un service de la Caf compte dans le délai de la Caf",
        source=THE_SERVICE,
        effective_from=date(2019, 1, 1),
        bodies=frozenset({"CAF_SERVICES", "CAF_DIRECTION", "CAF_PARTNERS", "DPO"}),
    ),
)


def pausing_rule(awaited: Awaited, body: str, day: date) -> PausingRule | None:
    """The rule in force on the day a wait begins: one that names the body wins, then the latest."""
    found = [
        rule
        for rule in PAUSING
        if rule.awaited == awaited and rule.effective_from <= day and (not rule.bodies or body in rule.bodies)
    ]
    return max(found, key=lambda rule: (bool(rule.bodies), rule.effective_from), default=None)


def does_pause(awaited: Awaited, body: str, day: date) -> bool:
    rule = pausing_rule(awaited, body, day)
    return rule is not None and rule.pauses


@dataclass(frozen=True, kw_only=True)
class Change:
    """A date said otherwise, or a wait ended (`until` is None): when, by whom and why."""

    on: date
    before: date
    until: date | None
    because: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Wait:
    """What is awaited, from whom, since when and until when, that day included."""

    awaited: Awaited
    what: str
    since: date
    until: date
    pauses: bool
    body: str = ""
    whom: str = ""
    ended_on: date | None = None
    ending: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def is_running(self) -> bool:
        return self.ended_on is None

    def is_over(self, today: date) -> bool:
        return self.is_running and today > self.until

    def is_pausing(self, today: date) -> bool:
        return self.is_running and self.pauses and today <= self.until


def spans(wait: Wait) -> Iterator[tuple[date, date]]:
    """The days a wait may pause, the last of each not counted.

    Prolonged once its date had passed, it pauses again from that day: the days between are not given back.
    """
    moved = [change for change in wait.changes if change.until is not None]
    begins, limit = wait.since, moved[0].before if moved else wait.until
    for change in moved:
        if change.on > limit:
            yield begins, limit + A_DAY
            begins = change.on
        limit = change.until or limit
    ends = min(limit + A_DAY, wait.ended_on or date.max)
    if ends > begins:
        yield begins, ends


def days_paused(wait: Wait, today: date) -> int:
    """Of a wait alone, up to today; two at once pause a day once (`deadlines`)."""
    if not wait.pauses:
        return 0
    return sum(max(0, (min(ends, today) - begins).days) for begins, ends in spans(wait))


def pause_sentence(wait: Wait, today: date) -> str:
    """« L’objectif est suspendu jusqu’au 4 décembre 2026 parce que… »; why it is not, when it is not."""
    rule = pausing_rule(wait.awaited, wait.body, wait.since)
    if rule is None or not wait.pauses:
        because = f", parce que {rule.because}" if rule else ""
        return f"L’objectif de réponse continue{because}{_from(rule)}."
    if not wait.is_pausing(today):
        since = long_date(wait.until + A_DAY)
        return f"L’objectif n’est plus suspendu depuis le {since}\u00a0: la date de l’attente est passée."
    until = f"jusqu’au {long_date(wait.until)} au plus tard"
    return f"L’objectif est suspendu {until}, parce que {rule.because}{_from(rule)}."


def rules_in_words(awaited: Awaited, day: date) -> list[str]:
    """What a wait begun that day would do, before it is: one sentence a rule."""
    rules = [rule for rule in PAUSING if rule.awaited == awaited and rule.effective_from <= day]
    in_force = {rule.bodies: rule for rule in sorted(rules, key=lambda rule: rule.effective_from)}
    return [_would(rule, is_only=len(in_force) == 1) for rule in in_force.values()]


def _would(rule: PausingRule, *, is_only: bool) -> str:
    if is_only:
        when = "L’objectif"
    else:
        when = f"Si l’on attend {'un service de la Caf' if rule.bodies else 'un autre organisme'}, l’objectif"
    does = (
        "de réponse est suspendu jusqu’au jour choisi, jamais au-delà"
        if rule.pauses
        else "de réponse continue"
    )
    return f"{when} {does}, parce que {rule.because}{_from(rule)}."


def _from(rule: PausingRule | None) -> str:
    return f" ({rule.source})" if rule else ""


@dataclass(frozen=True)
class Ladder:
    """When the person is reminded of documents, in days from their date; from a day on."""

    effective_from: date
    rungs: tuple[int, ...]
    source: str


LADDERS = (Ladder(date(2019, 1, 1), (-5, 3), THE_SERVICE),)


def ladder_on(day: date) -> Ladder | None:
    begun = [ladder for ladder in LADDERS if ladder.effective_from <= day]
    return max(begun, key=lambda ladder: ladder.effective_from, default=None)


def ladder_in_words(day: date) -> str:
    """« Un rappel part 5 jours avant ce jour et 3 jours après… »."""
    ladder = ladder_on(day)
    if ladder is None:
        return "Aucun rappel ne part."
    told = join([f"{abs(rung)} jours {'avant' if rung < 0 else 'après'} ce jour" for rung in ladder.rungs])
    return (
        f"Un rappel part {told}, par la voie que la personne a choisie\u00a0: il ne dit rien de la demande."
    )


def reminders(*, asked_on: date, told_on: date, until: date) -> list[date]:
    """The days of the reminders still to come after the person was told of the date."""
    ladder = ladder_on(asked_on)
    days = (until + days * A_DAY for days in (ladder.rungs if ladder else ()))
    return [day for day in days if day >= told_on + IN_PEACE]


def reminder_due(days: Iterable[date], today: date) -> date | None:
    """The reminder that leaves today: the last whose day has come, unless it came too long ago."""
    return max((day for day in days if day <= today <= day + CATCH_UP), default=None)


def next_reminder(days: Iterable[date], today: date) -> date | None:
    return min((day for day in days if day > today), default=None)
