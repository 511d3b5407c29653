"""What a page of figures is asked for: a place, a period, what it is compared with, and what narrows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from mediane.catalogue.models import Benefit, Channel
from mediane.catalogue.queries import every
from mediane.journal.rules import Actor
from mediane.kit.french import MONTHS
from mediane.kit.months import month_of, months_between, months_later, next_month, year_among
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs
from mediane.statistics.queries.counted import NETWORK, Narrowed, Place

LAST_TWELVE, WITHOUT, THE_NETWORK, OF_A_REGION = "12-mois", "aucune", "reseau", "region:"
OLDEST = 2000


@dataclass(frozen=True)
class Period:
    """Whole months, the last one excluded. `name` follows « entre »; `short` stands beside a bar."""

    code: str
    since: date
    until: date
    name: str
    short: str
    is_running: bool = False

    @property
    def months(self) -> list[date]:
        return months_between(self.since, self.until)

    @property
    def words(self) -> str:
        """« En 2023 », « De novembre 2025 à octobre 2026 », « Depuis janvier 2026 »."""
        first, last = self.months[0], self.months[-1]
        if self.is_running:
            return f"Depuis {_month(first)}"
        is_a_year = len(self.months) == 12 and first.month == 1
        return f"En {first.year}" if is_a_year else f"De {_month(first)} à {_month(last)}"


@dataclass(frozen=True)
class Asked:
    """`caf` is the Caf shown, if it is one; `query` asks for the same again."""

    place: Place
    place_code: str
    place_name: str
    caf: Organisation | None
    members: Sequence[Organisation]
    period: Period
    before: Period | None
    by: Narrowed
    query: str

    @property
    def is_narrowed(self) -> bool:
        return self.by != Narrowed()

    @property
    def is_the_network(self) -> bool:
        return self.place == NETWORK


def _month(first: date) -> str:
    return f"{MONTHS[first.month - 1]} {first.year}"


def year(number: int, today: date) -> Period:
    """A calendar year; the one under way stops with the month under way, and says so."""
    until = min(date(number + 1, 1, 1), next_month(today))
    return Period(str(number), date(number, 1, 1), until, str(number), str(number), number == today.year)


def twelve_months(today: date) -> Period:
    until = month_of(today)
    return Period(LAST_TWELVE, months_later(until, -12), until, "les douze derniers", "12 derniers mois")


def period_of(code: str, today: date) -> Period:
    chosen = year_among(code, OLDEST, today.year)
    return year(chosen, today) if chosen else twelve_months(today)


def compared_with(code: str, period: Period, today: date) -> Period | None:
    """The same months of another year: the one before, unless another is chosen."""
    if code == WITHOUT:
        return None
    is_a_year = period.code != LAST_TWELVE
    asked_for = year_among(code, OLDEST, today.year) if is_a_year else None
    chosen = asked_for or period.since.year - 1
    if chosen == period.since.year:
        chosen -= 1
    apart = 12 * (period.since.year - chosen)
    since, until = (months_later(day, -apart) for day in (period.since, period.until))
    if is_a_year:
        return Period(str(chosen), since, until, str(chosen), str(chosen))
    return Period("", since, until, "les douze mois d’avant", "12 mois d’avant")


def asked(given: Mapping[str, str], *, actor: Actor, own: Organisation, today: date) -> Asked:
    """What is unknown, or not theirs to choose, falls back on what they see first."""
    cafs = all_cafs() if actor.kind == "national" else []
    code, place, name, members = _place(given.get("lieu", ""), cafs, own)
    period = period_of(given.get("periode", ""), today)
    before = compared_with(given.get("comparer", ""), period, today)
    channel, benefit = given.get("canal", ""), given.get("prestation", "")
    by = Narrowed(channel if channel in every(Channel) else "", benefit if benefit in every(Benefit) else "")
    kept = {
        "lieu": code if cafs else "",
        "periode": period.code,
        "comparer": before.code if before else WITHOUT,
        "canal": by.channel,
        "prestation": by.benefit,
    }
    query = urlencode({key: value for key, value in kept.items() if value})
    caf = members[0] if place.organisation_id else None
    return Asked(place, code, name, caf, members, period, before, by, query)


def _place(
    code: str, cafs: Sequence[Organisation], own: Organisation
) -> tuple[str, Place, str, Sequence[Organisation]]:
    if not cafs:
        return "", Place(own.pk), own.name, [own]
    chosen = next((caf for caf in cafs if caf.code == code), None)
    if chosen:
        return code, Place(chosen.pk), chosen.name, [chosen]
    region = code.removeprefix(OF_A_REGION) if code.startswith(OF_A_REGION) else ""
    inside = [caf for caf in cafs if region and caf.network_region == region]
    if inside:
        return code, Place(region=region), region, inside
    return THE_NETWORK, NETWORK, "Réseau des Caf", cafs
