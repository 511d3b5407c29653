"""The tables of a report, each with the chart that draws it where there is one."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from mediane.casework.rules.money import BUCKETS
from mediane.kit.french import NBSP, SHORT_MONTHS, capital, join
from mediane.reports.rules.blocks import Block, chart, key_numbers, note, table
from mediane.reports.rules.drafting_money import MEANING, NAMES, period
from mediane.reports.rules.figures import Cell, Figures
from mediane.reports.rules.wording import NOT_TOLD, euros, month, moved, share, shown
from mediane.statistics.rules.indicators import INDICATORS

SEVERAL = f"Plusieurs réponses possibles{NBSP}: le total dépasse 100{NBSP}%."
DELAYS = ("delay_of_entry", "delay_of_acknowledgement", "delay_of_admissibility", "delay_of_reply")


def blocks(code: str, figures: Figures, said: str) -> list[Block]:
    """Of a section; `said` is the finding its first chart shows."""
    make = MAKERS.get(code)
    return make(figures, said) if make else []


def evolution(figures: Figures, said: str) -> list[Block]:
    year = figures.numbers.year
    before, now = figures.handled(year - 1), figures.handled(year)
    rows = [
        (name, then, today)
        for name, then, today in (
            ("Médiation", before.mediation, now.mediation),
            ("Hors médiation", before.out_of_scope, now.out_of_scope),
            ("Ensemble", before.total, now.total),
        )
    ]
    keys = [
        (shown(today), words, moved(then, today))
        for (_, then, today), words in zip(
            rows, ("pour la médiation", "hors médiation", "saisines traitées"), strict=True
        )
    ]
    lines = [(name, shown(then), shown(today), moved(then, today)) for name, then, today in rows]
    head = ("Saisines traitées", str(year - 1), str(year), "Évolution")
    return [
        key_numbers([keys[2], *keys[:2]]),
        table("Saisines traitées", head, lines, code="saisines", note=INDICATORS["handled"].definition),
    ]


def months(figures: Figures, said: str) -> list[Block]:
    year = figures.numbers.year
    series = {str(one): figures.months(one) for one in (year, year - 1)}
    rows = [
        (capital(month(rank + 1)), shown(series[str(year - 1)][rank]), shown(series[str(year)][rank]))
        for rank in range(12)
    ]
    data = {
        "labels": [capital(one) for one in SHORT_MONTHS],
        "series": [{"name": name, "values": values} for name, values in series.items()],
    }
    below = table("Saisines traitées par mois", ("Mois", str(year - 1), str(year)), rows, code="mois")
    title = said or "Mois par mois"
    alternative = f"{title}. Barres par mois, {year} et {year - 1}{NBSP}: les nombres sont dans le tableau."
    return [chart("months", said=title, counted="Saisines traitées par mois", alternative=alternative,
                  data=data, table=below)]  # fmt: skip


def years(figures: Figures, said: str) -> list[Block]:
    asked = figures.numbers.years
    handled = {one: figures.handled(one) for one in asked}
    rows = [
        (str(one), shown(found.mediation), shown(found.out_of_scope), shown(found.total))
        for one, found in handled.items()
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
        is_alone = figures.numbers.is_network or not network
        rows = [
            _row(cell, before.of(cell.code), None if is_alone else network.get(cell.code))
            for cell in now.cells
        ]
        head = [indicator.name, f"Nombre {year - 1}", f"Part {year - 1}", f"Nombre {year}", f"Part {year}"]
        if is_alone:
            rows = [row[:-1] for row in rows]
        else:
            head.append(f"Réseau {year}")
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


def _row(cell: Cell, then: Cell | None, network: Decimal | None) -> tuple[str, ...]:
    before = (shown(then.number), share(then.share)) if then else (shown(0), share(None))
    today = (shown(cell.number), NOT_TOLD if cell.number is None else share(cell.share))
    return (cell.label, *before, *today, share(network))


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
        number = shown(found.number if found else None)
        rows.append(
            (INDICATORS[code].name, number, *("–" if day is None else shown(day) for day in (half, most)))
        )
    head = ("Délai, en jours", "Saisines", "Une sur deux, au plus", "Neuf sur dix, au plus")
    outcomes = by_value("outcomes", counted="Saisines traitées par la médiation")(figures, "")
    return [*outcomes, table(f"Délais en {year}", head, rows, code="delais")]


def origins(figures: Figures, said: str) -> list[Block]:
    """Who refers; then the share of those who come back, over five years."""
    made = by_value("origins", counted="Saisines traitées, une origine par saisine")(figures, said)
    rows = []
    for year in figures.numbers.years:
        found = figures.split("repeats", year)
        cell = found.of("yes")
        if found.base:
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
    return [*within(figures, said), *outside(figures, "")]


def benefits(figures: Figures, said: str) -> list[Block]:
    over = "Saisines traitées par la médiation"
    groups = by_value("benefit_groups", counted=over, several=True)(figures, said)
    each = by_value("benefits", counted=over, several=True)(figures, "")
    reasons = by_value("reasons", counted=over)(figures, "")
    return [*groups, *each, *reasons]


def money(figures: Figures, said: str) -> list[Block]:
    year = figures.numbers.year
    kinds = [(kind, figures.money(kind, year - 1), figures.money(kind, year)) for kind in BUCKETS]
    rows = [(NAMES[kind], euros(then), euros(now), moved(then, now)) for kind, then, now in kinds]
    head = ("Montant", str(year - 1), str(year), "Évolution")
    sums = [
        {
            "name": NAMES[kind],
            "amount": euros(now),
            "meaning": MEANING[kind],
            "years": [[str(year), euros(now), now], [str(year - 1), euros(then), then]],
            "alternative": f"{NAMES[kind]}{NBSP}: {euros(now)} en {year}, {euros(then)} en {year - 1}.",
        }
        for kind, then, now in kinds
    ]
    made = [
        {"kind": "money", "sums": sums},
        note("Chaque paire de barres a sa propre échelle."),
        table("Impact financier", head, rows, code="impact", note=INDICATORS["money"].definition),
    ]
    if figures.numbers.online_from:
        made.append(_online_money(figures, f"Dont téléprocédure, {period(figures)}"))
    return made


def _online_money(figures: Figures, title: str) -> Block:
    rows = [(NAMES[kind], euros(figures.online_money(kind))) for kind in BUCKETS]
    return table(title, ("Montant", str(figures.numbers.year)), rows, code="impact-teleprocedure")


def online(figures: Figures, said: str) -> list[Block]:
    if not figures.numbers.online_from:
        return []
    came, every = figures.since_opening()
    rows = [
        ("Venues de la téléprocédure", shown(came)),
        ("Toutes les saisines de la médiation", shown(every)),
    ]
    title = f"Saisines traitées par la médiation, {period(figures)}"
    return [
        table(title, ("Saisines", "Nombre"), rows, code="teleprocedure"),
        _online_money(figures, f"Montants venus de la téléprocédure, {period(figures)}"),
    ]


OVER_MEDIATION = "Saisines traitées par la médiation"
MAKERS: dict[str, Callable[[Figures, str], list[Block]]] = {
    "evolution": evolution,
    "months": months,
    "years": years,
    "origins": origins,
    "causes": by_value("causes", counted=f"{OVER_MEDIATION}, une cause par saisine"),
    "channels": channels,
    "benefits": benefits,
    "grounds": by_value("grounds", counted=f"{OVER_MEDIATION}, dont le motif est connu", several=True),
    "results": results,
    "online": online,
    "money": money,
}
