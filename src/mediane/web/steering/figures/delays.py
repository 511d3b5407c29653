"""How long it takes: half of the requests, nine in ten; a dash where nobody was counted."""

from mediane.kit.french import NBSP, count
from mediane.statistics.rules.figures import Counted, Spread
from mediane.statistics.rules.indicators import INDICATORS
from mediane.web.steering import charts_bars
from mediane.web.steering.figures.read import Read
from mediane.web.steering.figures.shown import Column, Drawing, Kind, Shown, Table, table

WIDE, NARROW = 660, 300
CODES = (
    "delay_of_entry",
    "delay_of_acknowledgement",
    "delay_of_admissibility",
    "delay_of_reply",
    "delay_of_reply_without_waits",
    "waits",
)


def delays(read: Read) -> Shown:
    drawn = []
    for code in CODES:
        now = spread(read.now, code)
        if now.median is not None and now.ninth_decile is not None:
            shown = _shown(now.median, now.ninth_decile)
            drawn.append(charts_bars.Days(INDICATORS[code].name, now.median, now.ninth_decile, shown))
    reply = spread(read.now, "delay_of_reply").median
    title = "Aucune réponse dans la période"
    if reply is not None:
        title = f"La moitié des réponses en {count(reply, 'jour', 'jours')} ou moins"
    drawing = Drawing.of(
        lambda width: charts_bars.days(drawn, width=width),
        wide=WIDE,
        narrow=NARROW,
        looks=(("solid", "La moitié des saisines"), ("hollow", "9 saisines sur 10")),
    )
    return Shown(
        code="delays",
        title=title,
        counts="Jours de calendrier, depuis le jour de la réception",
        table=_table(read),
        indicators=tuple(INDICATORS[code] for code in CODES),
        drawing=drawing if drawn else None,
        nothing="Personne n’est compté dans ces délais pour cette période.",
    )


def _table(read: Read) -> Table:
    period, before = read.asked.period, read.asked.before if read.is_beside_another else None
    rows = []
    for code in CODES:
        now, earlier, network = (spread(counted, code) for counted in (read.now, read.before, read.network))
        name = INDICATORS[code].name
        rows.append((name, now.number, now.median, now.ninth_decile, earlier.median, network.median))
    columns = (
        Column("Délai", Kind.TEXT),
        Column("Saisines"),
        Column(f"Médiane, {period.short}", Kind.DAYS),
        Column("9 sur 10 en", Kind.DAYS),
        Column(f"Médiane, {before.short}", Kind.DAYS) if before else None,
        Column("Médiane du réseau", Kind.DAYS) if not read.asked.is_the_network else None,
    )
    return table(columns, rows)


def _shown(median: int, ninth_decile: int) -> str:
    if median == ninth_decile:
        return count(median, "jour", "jours") if median else "le jour même"
    return f"{median} puis {ninth_decile}{NBSP}jours"


def spread(counted: Counted, code: str) -> Spread:
    found = INDICATORS[code].compute(counted)
    if not isinstance(found, Spread):
        raise TypeError(f"{code} is no spread of days")
    return found
