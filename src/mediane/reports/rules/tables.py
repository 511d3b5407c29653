"""The tables of a report, each with the chart that draws it where there is one."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from mediane.kit.french import NBSP, SHORT_MONTHS, capital, join
from mediane.reports.rules import tables_money
from mediane.reports.rules.blocks import Block, chart, key_numbers, table
from mediane.reports.rules.drafting_values import MOST_BENEFITS, SOCIAL
from mediane.reports.rules.figures import Cell, Figures, Handled, Told
from mediane.reports.rules.wording import NOT_TOLD, month, moved, of_year, share, shown
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import Axis

SEVERAL = f"Plusieurs réponses possibles{NBSP}: le total dépasse 100{NBSP}%."
DELAYS = ("delay_of_entry", "delay_of_acknowledgement", "delay_of_admissibility", "delay_of_reply")


def blocks(code: str, figures: Figures, said: str) -> list[Block]:
    """Of a section; `said` is the finding its first chart shows."""
    make = MAKERS.get(code)
    return make(figures, said) if make else []


def evolution(figures: Figures, said: str) -> list[Block]:
    year = figures.numbers.year
    told = (figures.handled(year - 1), figures.handled(year), figures.handled_before())
    then, now, compared = map(_three, told)
    ways = list(map(moved, compared, now))
    names = ("pour la médiation", "hors médiation", "saisines traitées")
    keys = list(zip(map(shown, now), names, ways, strict=True))
    known = [of_year(shown(one), figures.is_known(year - 1)) for one in then]
    lines = list(zip(("Médiation", "Hors médiation", "Ensemble"), known, map(shown, now), ways, strict=True))
    head = ("Saisines traitées", str(year - 1), str(year), "Évolution")
    return [
        key_numbers([keys[2], *keys[:2]]),
        table("Saisines traitées", head, lines, code="saisines", note=INDICATORS["handled"].definition),
    ]


def months(figures: Figures, said: str) -> list[Block]:
    year = figures.numbers.year
    if not figures.is_counted(year):
        return []
    now, before = figures.months(year), figures.months(year - 1)
    is_known = figures.is_counted(year - 1)
    # A year of nobody is not drawn: the first one stands alone.
    drawn = [(year, now)] + ([(year - 1, before)] if is_known and any(before) else [])
    rows = [
        (
            capital(month(rank)),
            of_year(shown(then), is_known and _is_counted(figures, year - 1, rank)),
            of_year(shown(today), _is_counted(figures, year, rank)),
        )
        for rank, (then, today) in enumerate(zip(before, now, strict=True), start=1)
    ]
    data = {
        "labels": [capital(one) for one in SHORT_MONTHS],
        "series": [{"name": str(one), "values": values} for one, values in drawn],
    }
    below = table("Saisines traitées par mois", ("Mois", str(year - 1), str(year)), rows, code="mois")
    title = said or "Mois par mois"
    named = join([str(one) for one, _ in drawn])
    alternative = f"{title}. Barres par mois, {named}{NBSP}: les nombres sont dans le tableau."
    return [chart("months", said=title, counted="Saisines traitées par mois", alternative=alternative,
                  data=data, table=below)]  # fmt: skip


def _is_counted(figures: Figures, year: int, rank: int) -> bool:
    """Inside the service, a month before the first one is no zero; everybody reads what is published."""
    first = figures.numbers.first
    return bool(figures.threshold) or first is None or (year, rank) >= (first.year, first.month)


def years(figures: Figures, said: str) -> list[Block]:
    asked = figures.numbers.years
    handled = {one: figures.handled(one) for one in asked}
    rows = [
        (str(one), *(of_year(shown(found), figures.is_known(one)) for found in _three(handled[one])))
        for one in asked
    ]
    data = {
        "labels": [str(one) for one in asked],
        "series": [
            {"name": "Médiation", "values": [handled[one].mediation for one in asked]},
            {"name": "Hors médiation", "values": [handled[one].out_of_scope for one in asked]},
        ],
    }
    head = ("Année", "Médiation", "Hors médiation", "Ensemble")
    below = table("Saisines traitées sur cinq années", head, rows, code="annees")
    title = said or f"De {asked[0]} à {asked[-1]}"
    alternative = f"{title}. Barres empilées par année{NBSP}: les nombres sont dans le tableau."
    return [chart("years", said=title, counted="Saisines traitées par année", alternative=alternative,
                  data=data, table=below)]  # fmt: skip


def _three(found: Handled) -> tuple[int | None, int | None, int | None]:
    return found.mediation, found.out_of_scope, found.total


def by_value(code: str, *, counted: str, several: bool = False) -> Callable[[Figures, str], list[Block]]:
    """Bars with their shares, the network’s mark, and both years in the table."""

    def make(figures: Figures, said: str) -> list[Block]:
        year, indicator = figures.numbers.year, INDICATORS[code]
        now, before, network = (
            figures.split(code, year),
            figures.split(code, year - 1),
            figures.of_network(code, year),
        )
        if not now.cells:
            return []
        is_alone, is_known = figures.numbers.is_network or not network, figures.is_known(year - 1)
        head = [f"Nombre {year}", f"Part {year}"]
        if is_known:
            head = [f"Nombre {year - 1}", f"Part {year - 1}", *head]
        rows = []
        for cell in now.cells:
            row = [cell.label, *(_then(before, cell.code) if is_known else ()), *_now(cell)]
            rows.append(row if is_alone else [*row, share(network.get(cell.code))])
        head = [indicator.name, *head, *([] if is_alone else [f"Réseau {year}"])]
        words = f"{indicator.definition} {indicator.over}"
        below = table(indicator.name, head, rows, code=code, note=words)
        data = _bars(now.cells, {} if is_alone else network)
        title = said or indicator.name
        under = f"{counted}. {SEVERAL}" if several else counted
        return [
            chart(
                "bars", said=title, counted=under, alternative=_told(title, now.cells), data=data, table=below
            )
        ]

    return make


def _now(cell: Cell) -> tuple[str, str]:
    return shown(cell.number), NOT_TOLD if cell.number is None else share(cell.share)


def _then(before: Told, code: str) -> tuple[str, str]:
    cell = before.of(code)
    return _now(cell) if cell else (shown(before.number_of(code)), share(None))


def _bars(cells: Sequence[Cell], network: Any) -> Block:
    told = [cell for cell in cells if cell.share is not None][:8]
    return {
        "labels": [cell.label for cell in told],
        "values": [str(cell.share) for cell in told],
        "marks": [str(network[cell.code]) if network.get(cell.code) is not None else None for cell in told],
    }


def _told(title: str, cells: Sequence[Cell]) -> str:
    first = [f"{cell.label} {share(cell.share)}" for cell in cells[:4] if cell.share is not None]
    return f"{title}. {join(first)}." if first else f"{title}."


def results(figures: Figures, said: str) -> list[Block]:
    year = figures.numbers.year
    rows = []
    for code in DELAYS:
        found = figures.spread(code, year)
        half, most = (found.median, found.ninth_decile) if found else (None, None)
        told = (found.number if found else None, half, most)
        rows.append((INDICATORS[code].name, *("–" if one is None else shown(one) for one in told)))
    head = ("Délai, en jours", "Saisines", "Une sur deux, au plus", "Neuf sur dix, au plus")
    outcomes = by_value("outcomes", counted="Saisines traitées par la médiation")(figures, "")
    delays = [table(f"Délais en {year}", head, rows, code="delais")] if figures.is_counted(year) else []
    return [*outcomes, *delays]


def origins(figures: Figures, said: str) -> list[Block]:
    """Who refers; then the share of those who come back, over five years."""
    made = by_value("origins", counted="Saisines traitées, une origine par saisine")(figures, said)
    rows = []
    for year in figures.numbers.years:
        found = figures.split("repeats", year)
        cell = found.of("yes")
        if found.base and figures.is_counted(year):
            rows.append(
                (str(year), shown(cell.number if cell else 0), share(cell.share if cell else Decimal(0)))
            )
    if rows:
        words = INDICATORS["repeats"].definition
        made.append(table("Réitérations", ("Année", "Nombre", "Part"), rows, code="reiterations", note=words))
    return made


def channels(figures: Figures, said: str) -> list[Block]:
    within = by_value("channels", counted="Saisines traitées par la médiation, un canal par saisine")
    outside = by_value("channels_out_of_scope", counted="Saisines traitées hors médiation")
    return [*within(figures, said), *outside(figures, ""), *_all_channels(figures)]


def _all_channels(figures: Figures) -> list[Block]:
    year = figures.numbers.year
    now, before = figures.channels_of_all(year), figures.channels_of_all(year - 1)
    words = {cell.code: cell.label for cell in (*now.cells, *before.cells)}
    rows = []
    for code, label in words.items():
        then, today = before.number_of(code), now.number_of(code)
        known = of_year(shown(then), figures.is_known(year - 1))
        compared = then if figures.is_whole(year - 1) else None
        rows.append((label, known, shown(today), moved(compared, today)))
    head = ("Canal", str(year - 1), str(year), "Évolution")
    title = "Canaux, médiation et hors médiation"
    return [table(title, head, rows, code="canaux")] if rows else []


def benefits(figures: Figures, said: str) -> list[Block]:
    over = OVER_MEDIATION
    is_grouped = bool(figures.split("benefit_groups", figures.numbers.year).cells)
    groups = by_value("benefit_groups", counted=over, several=True)(figures, said)
    each = by_value("benefits", counted=over, several=True)(figures, "" if is_grouped else said)
    return [*groups, *each]


def reasons(figures: Figures, said: str) -> list[Block]:
    """Of all requests, then benefit by benefit where that is told."""
    numbers = figures.numbers
    rows = [
        (one.benefit, numbers.label(Axis.REASON, line.code), shown(line.number), share(line.share))
        for one in figures.reasons()[:MOST_BENEFITS]
        for line in one.lines
    ]
    head = ("Prestation", "Raison", "Nombre", "Part")
    words = "La part est celle des saisines de la prestation dont la raison est connue."
    made = by_value("reasons", counted=OVER_MEDIATION)(figures, said)
    if rows:
        title = f"Raisons précises par prestation, {numbers.year}"
        made.append(table(title, head, rows, code="raisons-prestations", note=words, texts=2))
    return made


def social(figures: Figures, said: str) -> list[Block]:
    """What the service took part in; then who asks, left out where nothing was noted, or published."""
    over = f"{OVER_MEDIATION}, quand la donnée est notée"
    noted = [block for code in SOCIAL for block in by_value(code, counted=over)(figures, "")]
    return [*_events(figures), *noted]


def _events(figures: Figures) -> list[Block]:
    rows = [(name, shown(number)) for name, number in figures.numbers.events]
    title = f"Instances et événements de {figures.numbers.year}"
    return [table(title, ("Genre", "Nombre"), rows, code="instances")] if rows else []


OVER_MEDIATION = "Saisines traitées par la médiation"
MAKERS: dict[str, Callable[[Figures, str], list[Block]]] = {
    "evolution": evolution,
    "months": months,
    "years": years,
    "social": social,
    "origins": origins,
    "causes": by_value("causes", counted=f"{OVER_MEDIATION}, une cause par saisine"),
    "channels": channels,
    "benefits": benefits,
    "reasons": reasons,
    "grounds": by_value("grounds", counted=f"{OVER_MEDIATION}, dont le motif est connu", several=True),
    "results": results,
    "online": tables_money.online,
    "money": tables_money.money,
}
