"""The closed requests of the Caf de Paris, year after year: what each was, before anybody lives it.

The numbers of `data/years.json` come out exactly, and stand nowhere else. Those of 2021, 2022 and 2023 that
the activity report of 2023 states, or that follow from it, are its own: totals, peaks, repeats, shares of
causes, grounds and benefits, what the online procedure brought, euros. Everything else is invented,
plausibly: what is not said of a year is said of the nearest one, in proportion.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from mediane.casework.states import Effect, Outcome
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.decks import amounts, apportion, cards, deck, several
from mediane.referrals.models import ONLINE

FIRST = 2019
MEDIATION, OUT = "mediation", "out"
# Nobody writes from the account to the service, nor by e-mail, once the procedure is online.
CLOSED_SINCE = (2023, 7)
OWN_ONLY = (ONLINE, "ACCOUNT")
WITHOUT_EARLIER_STEP = ("NO_PRIOR_STEP", "COMPLAINT_SERVICE")
SOCIAL = {"households": "household", "ages": "age", "quotients": "quotient"}
CAUSES_OF_GROUNDS = ("OVERPAYMENT_NOT_UNDERSTOOD", "NON_PAYMENT", "DECISION_NOT_UNDERSTOOD")


@dataclass(frozen=True)
class Gain:
    """A line of money, in cents."""

    kind: Effect
    benefit: str
    cents: int
    decision: str


@dataclass(eq=False)
class Told:
    """One request, by the month that counts it as handled; `grounds` is empty when nobody knows them."""

    year: int
    month: int
    is_mediation: bool
    channel: str = ""
    origin: str = "BENEFICIARY"
    benefits: list[str] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)
    cause: str = ""
    outcome: Outcome | None = None
    reason: str = ""
    body: str = ""
    gains: list[Gain] = field(default_factory=list)
    is_repeat: bool = False
    household: str = ""
    age: str = ""
    quotient: str = ""

    @property
    def is_after_opening(self) -> bool:
        return (self.year, self.month) >= CLOSED_SINCE

    @property
    def is_preceded(self) -> bool:
        return self.channel == ONLINE or self.reason not in WITHOUT_EARLIER_STEP


def told(year: int) -> list[Told]:
    """Every request handled in a year, in the order of months."""
    chance, numbers = Random(f"année {year}"), _Numbers(year)  # noqa: S311 — nothing secret is drawn
    requests = list(_by_month(numbers))
    mediation = [one for one in requests if one.is_mediation]
    out = [one for one in requests if not one.is_mediation]
    _send(chance, numbers, requests)
    _refer(chance, numbers, requests)
    for some in (mediation, out):
        _ask(chance, numbers, some)
    _unknown(chance, numbers, mediation)
    _analyse(chance, numbers, mediation)
    _set_aside(chance, numbers, out)
    _count_euros(chance, numbers, mediation)
    for one in chance.sample(requests, numbers.of_all("repeats")):
        one.is_repeat = True
    _note(Random(f"foyers {year}"), numbers, mediation)  # noqa: S311 — nothing secret is drawn
    return requests


class _Numbers:
    """What is said of a year, or of the nearest one."""

    def __init__(self, year: int) -> None:
        self.year, self.known = year, read("years")
        self.totals = self.at("totals")

    def at(self, name: str) -> Any:
        return self.known[name][str(self._nearest(name))]

    def exactly(self, name: str) -> Any:
        return self.known[name].get(str(self.year))

    def scaled(self, name: str) -> dict[str, int]:
        """Of mediations: as many more, or fewer, as there are more or fewer of them."""
        whole = self.totals_of(name)[MEDIATION]
        return {
            value: round(number * self.totals[MEDIATION] / whole) for value, number in self.at(name).items()
        }

    def of_all(self, name: str) -> int:
        return round(self.at(name) * sum(self.totals.values()) / sum(self.totals_of(name).values()))

    def totals_of(self, name: str) -> dict[str, int]:
        return self.known["totals"][str(self._nearest(name))]

    def _nearest(self, name: str) -> int:
        return min(map(int, self.known[name]), key=lambda year: (abs(year - self.year), year))


def _by_month(numbers: _Numbers) -> Iterator[Told]:
    by_month = {
        kind: apportion(dict(enumerate(weights, 1)), numbers.totals[kind])
        for kind, weights in numbers.at("months").items()
    }
    for month in range(1, 13):
        for kind, months in by_month.items():
            for _ in range(months[month]):
                yield Told(numbers.year, month, kind == MEDIATION)


def _send(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    """By the online procedure, then by the other channels of each part of the year."""
    by_procedure = numbers.exactly("online")
    for month in range(1, 13):
        for kind in (MEDIATION, OUT):
            some = [one for one in requests if (one.month, one.is_mediation) == (month, kind == MEDIATION)]
            share = numbers.at("online_share") if numbers.year >= CLOSED_SINCE[0] else 0
            how_many = by_procedure[kind][month - 1] if by_procedure else round(share * len(some))
            for one in chance.sample(some, how_many):
                one.channel = ONLINE
    parts = numbers.at("channels")
    for rank, weights in enumerate(parts):
        some = [one for one in requests if not one.channel and (one.month - 1) * len(parts) // 12 == rank]
        for one, channel in zip(some, deck(chance, weights, len(some)), strict=True):
            one.channel = channel


def _refer(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    """Others than the person write by e-mail once she no longer can."""
    wanted = apportion(numbers.at("origins"), len(requests))
    del wanted["BENEFICIARY"]
    others = cards(chance, wanted)
    theirs = [one for one in requests if one.channel == "EMAIL" and one.is_after_opening]
    any_of = [one for one in requests if one not in theirs and one.channel not in OWN_ONLY]
    by_others = theirs + chance.sample(any_of, len(others) - len(theirs))
    for one, origin in zip(by_others, others, strict=True):
        one.origin = origin


def _ask(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    share = len(requests) / numbers.totals[MEDIATION]
    for name in ("benefits", "grounds"):
        wanted = {value: round(number * share) for value, number in numbers.scaled(name).items()}
        hands = several(chance, wanted, _base(numbers, name, requests))
        for one, values in zip(requests, hands, strict=False):
            setattr(one, name, [_member(chance, numbers, value) for value in values])


def _base(numbers: _Numbers, name: str, requests: Sequence[Told]) -> int:
    """Of some mediations nobody knows the ground."""
    if name == "grounds" and requests[0].is_mediation and numbers.exactly("grounds_known"):
        return int(numbers.at("grounds_known"))
    return len(requests)


def _member(chance: Random, numbers: _Numbers, value: str) -> str:
    """One of a group of benefits, or what is no group."""
    members: Mapping[str, int] | None = numbers.known["groups"].get(value)
    return chance.choices(list(members), list(members.values()))[0] if members else value


def _unknown(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    """Dealt in order: those whose grounds nobody knows are not all of December."""
    hands = [one.grounds for one in requests]
    for one, grounds in zip(requests, chance.sample(hands, len(hands)), strict=True):
        one.grounds = grounds


def _analyse(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    """A cause, close to what the person said where it may be, and an outcome."""
    wanted = apportion(numbers.at("causes"), len(requests))
    left = list(requests)
    for cause in dict.fromkeys((*CAUSES_OF_GROUNDS, *wanted)):
        ranked = [(cause not in one.grounds, len(one.grounds), chance.random(), one) for one in left]
        left = [one for *_, one in sorted(ranked, key=lambda rank: rank[:3])]
        for one in left[: wanted[cause]]:
            one.cause = cause
        left = left[wanted[cause] :]
    outcomes = deck(chance, numbers.at("outcomes"), len(requests))
    for one, outcome in zip(requests, outcomes, strict=True):
        one.outcome = Outcome(outcome)


def _set_aside(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    """What has no earlier step is rarely sent by the procedure, which asks for it."""
    whys = deck(chance, numbers.at("why_out"), len(requests))
    whys.sort(key=lambda why: why.split(" ")[0] not in WITHOUT_EARLIER_STEP)
    for one, why in zip(sorted(requests, key=lambda one: one.channel == ONLINE), whys, strict=True):
        one.reason, one.body = why.split(" ")


def _note(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    """What the service knew of whoever asked; of the others, nothing."""
    for name, fact in SOCIAL.items():
        values = cards(chance, numbers.scaled(name))
        for one, value in zip(chance.sample(requests, len(values)), values, strict=True):
            setattr(one, fact, value)


def _count_euros(chance: Random, numbers: _Numbers, requests: Sequence[Told]) -> None:
    share = numbers.totals[MEDIATION] / numbers.totals_of("money")[MEDIATION]
    is_known = numbers.exactly("money") is not None
    for kind, total in numbers.at("money").items():
        cents = _cents(total)
        if not is_known:
            cents = round(cents * share * chance.uniform(0.85, 1.15))
        online = _cents((numbers.exactly("money_online") or {}).get(kind, "0"))
        gained = [one for one in requests if one.outcome in numbers.known["lines"][kind]["from"]]
        if online:
            _pay(chance, numbers, kind, online, [one for one in gained if one.channel == ONLINE])
            gained = [one for one in gained if one.channel != ONLINE]
        _pay(chance, numbers, kind, cents - online, gained)


def _pay(chance: Random, numbers: _Numbers, kind: str, cents: int, among: Sequence[Told]) -> None:
    line = numbers.known["lines"][kind]
    parts = amounts(chance, cents, max(round(cents / 100 / line["mean"]), 1))
    for one, part in zip(chance.sample(among, len(parts)), parts, strict=True):
        one.gains.append(Gain(Effect(kind), chance.choice(one.benefits), part, line["decision"]))


def _cents(euros: str) -> int:
    return int(Decimal(euros) * 100)
