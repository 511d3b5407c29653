"""Volumes: month by month beside the period before, and five years."""

from collections.abc import Sequence
from datetime import date

from mediane.kit.french import MONTHS, SHORT_MONTHS, capital, join, number, number_in_words
from mediane.statistics.queries.counted import Months
from mediane.statistics.rules.comparing import FEWEST_FOR_A_PERCENTAGE, peaks, said
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import HANDLED, Population
from mediane.web.steering import charts
from mediane.web.steering.figures.asked import LAST_TWELVE, Period
from mediane.web.steering.figures.read import Read, handled
from mediane.web.steering.figures.shown import Column, Drawing, Kind, Shown, table

WIDE, HALF, NARROW = 800, 400, 300
MOST_PEAKS = 4
HANDLED_FIGURE = INDICATORS["handled"]


def months(read: Read) -> Shown:
    period, before = read.asked.period, read.asked.before if read.is_beside_another else None
    now = _by_month(read.months, period)
    earlier = _by_month(read.months_before, before) if before else None
    found = peaks(now) if sum(now) >= FEWEST_FOR_A_PERCENTAGE and not period.is_running else []
    tops = {rank: number(now[rank - 1]) for rank in found}
    rows = [
        (_long(period, rank), number_now, earlier[rank] if earlier else None)
        for rank, number_now in enumerate(now)
    ]
    looks = (("solid", period.short), ("striped", before.short)) if before else (("solid", period.short),)
    drawing = Drawing.of(
        lambda width: charts.months(month_labels(period.months), now, earlier, tops=tops, width=width),
        wide=WIDE,
        narrow=NARROW - 10,
        looks=looks,
    )
    return Shown(
        code="months",
        title=_title(period, found) if any(now) else "Aucune saisine traitée dans la période",
        counts="Saisines traitées par mois",
        table=table(
            (
                Column("Mois", Kind.TEXT),
                Column(period.short),
                Column(before.short) if before else None,
            ),
            rows,
        ),
        indicators=(HANDLED_FIGURE,),
        drawing=drawing if any(now) or any(earlier or ()) else None,
        nothing="Aucune saisine n’a été traitée dans cette période.",
    )


def _by_month(found: Months, period: Period) -> list[int]:
    return [handled(found.get(month, {})) for month in period.months]


def _title(period: Period, found: list[int]) -> str:
    named = [MONTHS[period.months[rank - 1].month - 1] for rank in found]
    if not found or len(found) > MOST_PEAKS:
        return "Saisines traitées, mois par mois"
    if len(found) == 1:
        return f"Un pic, en {named[0]}"
    return f"{capital(number_in_words(len(found)))} pics, en {join(named)}"


def month_labels(firsts: Sequence[date]) -> list[str]:
    """The year is written where it begins, when there are two."""
    spans_two = firsts[0].year != firsts[-1].year
    return [
        capital(SHORT_MONTHS[month.month - 1])
        + (f" {month:%y}" if spans_two and (rank == 0 or month.month == 1) else "")
        for rank, month in enumerate(firsts)
    ]


def _long(period: Period, rank: int) -> str:
    month = period.months[rank]
    return f"{capital(MONTHS[month.month - 1])} {month.year}"


def years(read: Read) -> Shown:
    rows = []
    for year in sorted({month.year for month in read.volumes}):
        found = [parts for month, parts in read.volumes.items() if month.year == year]
        inside, outside = (sum(parts.get(population, 0) for parts in found) for population in HANDLED)
        received = sum(parts.get(Population.RECEIVED, 0) for parts in found)
        rows.append((str(year), inside, outside, inside + outside, received))
    drawn = [charts.Year(name, inside, outside, number(whole)) for name, inside, outside, whole, _ in rows]
    drawing = Drawing.of(
        lambda width: charts.years(drawn, width=width),
        wide=HALF,
        narrow=NARROW,
        looks=(("solid", "Par la médiation"), ("hollow", "Hors médiation")),
    )
    running = read.asked.period.is_running or read.asked.period.code == LAST_TWELVE
    return Shown(
        code="years",
        title=_trend([(name, whole) for name, *_, whole, _ in rows], is_running=running),
        counts="Saisines traitées par an" + (", l’année en cours n’est pas finie" if running else ""),
        table=table(
            (
                Column("Année", Kind.TEXT),
                Column("Par la médiation"),
                Column("Hors médiation"),
                Column("Traitées en tout"),
                Column("Reçues"),
            ),
            rows,
        ),
        indicators=(HANDLED_FIGURE, INDICATORS["received"]),
        drawing=drawing if rows else None,
        nothing="Aucune saisine n’est comptée dans ces années.",
    )


def _trend(wholes: list[tuple[str, int]], *, is_running: bool) -> str:
    """From the first whole year to the last."""
    ended = wholes[:-1] if is_running else wholes
    kept = [(name, whole) for name, whole in ended if whole]
    if len(kept) < 2:
        return "Saisines traitées, année par année"
    (since, before), (until, after) = kept[0], kept[-1]
    return f"Le nombre de saisines traitées {said(before, after, since=since, until=until)}"
