"""What figures say of a finding: the ones it cites, and whether its motive came back after a proposal."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from mediane.casework.rules.money import BESIDE, BUCKETS, NAMES
from mediane.catalogue.models import Benefit, Channel
from mediane.catalogue.queries import every
from mediane.findings.models import CitedFigure, Finding
from mediane.findings.queries.reading import ShownProposal
from mediane.findings.rules.recurrence import recurrence, window
from mediane.findings.rules.wording import said_of
from mediane.findings.states import Motive
from mediane.kit.french import MONTHS, count, number
from mediane.kit.money import euros
from mediane.kit.months import next_month
from mediane.statistics.queries.counted import Narrowed, Place, first_month, months_of, summed
from mediane.statistics.queries.lists import word
from mediane.statistics.queries.signals import COUNTED
from mediane.statistics.rules.comparing import percent
from mediane.statistics.rules.figures import Figure, Medians, Spread, Sums
from mediane.statistics.rules.indicators import INDICATORS

# Beyond, a cited figure is read on the page of figures.
MOST_LINES = 4


@dataclass(frozen=True)
class ShownFigure:
    name: str
    narrowed: str
    lines: list[str]


def measure_of(finding: Finding) -> str:
    """« Cause analysée : erreur de liquidation, APL »; empty when nothing is measured."""
    if not finding.motive:
        return ""
    _, axis = COUNTED[Motive(finding.motive)]
    benefit = f", {every(Benefit)[finding.benefit].short}" if finding.benefit else ""
    return f"{finding.get_motive_display()}\u00a0: {word(axis, finding.code)}{benefit}"


def measured(finding: Finding, proposals: Iterable[ShownProposal], today: date) -> dict[int, str]:
    """By proposal implemented, whether the motive came back: one reading of figures for all of them."""
    days = {one.proposal.pk: one.implemented_on for one in proposals}
    implemented = {pk: on for pk, on in days.items() if on is not None}
    if not finding.motive or not implemented:
        return {}
    place = Place(finding.organisation_id)
    first = first_month(place)
    if first is None:
        return {}
    population, axis = COUNTED[Motive(finding.motive)]
    windows = [window(on) for on in implemented.values()]
    read = months_of(
        place,
        since=min(since for since, _ in windows),
        until=max(until for _, until in windows),
        by=Narrowed(benefit=finding.benefit),
    )
    months = {
        month: counts.get(population, {}).get(axis, {}).get(finding.code, 0) for month, counts in read.items()
    }
    return {
        pk: said_of(recurrence(months, implemented_on=on, known_since=first, today=today))
        for pk, on in implemented.items()
    }


def shown_figures(cited: Sequence[CitedFigure]) -> list[ShownFigure]:
    """Each read again, with its largest values; a finding cites a few, so this costs a few readings."""
    return [_shown(one) for one in cited if one.indicator in INDICATORS]


def _shown(cited: CitedFigure) -> ShownFigure:
    found = INDICATORS[cited.indicator]
    by = Narrowed(cited.channel, cited.benefit)
    months = months_of(Place(cited.organisation_id), since=cited.since, until=next_month(cited.until), by=by)
    narrowed = [_period(cited)]
    narrowed += [every(Channel)[cited.channel].label] if cited.channel else []
    narrowed += [every(Benefit)[cited.benefit].short] if cited.benefit else []
    counted = summed(months.values())
    return ShownFigure(
        found.name, ", ".join(narrowed), _lines(found.compute(counted), partial(word, found.axis))
    )


def _lines(figure: Figure, label: Callable[[str], str]) -> list[str]:
    if isinstance(figure, Spread):
        if figure.median is None:
            return []
        median = f"La moitié des saisines\u00a0: {count(figure.median, 'jour', 'jours')} ou moins"
        return [median, f"Neuf sur dix\u00a0: {figure.ninth_decile}\u00a0jours ou moins"]
    if isinstance(figure, Medians):
        days = ((line.code, count(line.number, "jour", "jours")) for line in figure.lines[:MOST_LINES])
        return [f"{label(code)}\u00a0: {said} ou moins pour la moitié des réponses" for code, said in days]
    lines = [line for line in figure.lines if line.number]
    if isinstance(figure, Sums):
        return _amounts(figure)
    return [
        f"{label(line.code)}\u00a0: {number(line.number)}"
        + (f" ({percent(line.share)})" if line.share is not None else "")
        for line in lines[:MOST_LINES]
    ]


def _amounts(figure: Sums) -> list[str]:
    """They never make up for one another: all of them, the four first and what is told beside after."""
    beside = {kind: f"À côté, {NAMES[kind].lower()}" for kind in BESIDE}
    return [
        f"{beside.get(kind, NAMES[kind])}\u00a0: {euros(Decimal(figure.of(kind)) / 100)}"
        for kind in (*BUCKETS, *BESIDE)
        if figure.of(kind)
    ]


def _period(cited: CitedFigure) -> str:
    first, last = cited.since, cited.until
    if first.year == last.year and (first.month, last.month) == (1, 12):
        return str(first.year)
    return f"{MONTHS[first.month - 1]} {first.year} à {MONTHS[last.month - 1]} {last.year}"
