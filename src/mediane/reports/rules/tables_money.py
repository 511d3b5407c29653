"""The tables of money, and of what came online since the procedure opened."""

from mediane.casework.rules.money import BUCKETS, NAMES
from mediane.kit.french import NBSP
from mediane.reports.rules.blocks import Block, note, table
from mediane.reports.rules.drafting_money import MEANING, period
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.wording import euros, moved, of_year, shown
from mediane.statistics.rules.indicators import INDICATORS


def money(figures: Figures, said: str) -> list[Block]:
    year, is_known = figures.numbers.year, figures.is_counted(figures.numbers.year - 1)
    if not figures.is_counted(year):
        return []
    kinds = [(kind, figures.money(kind, year - 1), figures.money(kind, year)) for kind in BUCKETS]
    rows = [
        (NAMES[kind], of_year(euros(then), is_known), euros(now), moved(figures.money_before(kind), now))
        for kind, then, now in kinds
    ]
    head = ("Montant", str(year - 1), str(year), "Évolution")
    sums = [
        {
            "name": NAMES[kind],
            "amount": euros(now),
            "meaning": MEANING[kind],
            "years": [
                [str(year), euros(now), now],
                [str(year - 1), of_year(euros(then), is_known), then],
            ],
            "alternative": f"{NAMES[kind]}{NBSP}: {euros(now)} en {year}, "
            f"{of_year(euros(then), is_known)} en {year - 1}.",
        }
        for kind, then, now in kinds
    ]
    made = [
        {"kind": "money", "sums": sums},
        note("Chaque paire de barres a sa propre échelle."),
        table("Impact financier", head, rows, code="impact", note=INDICATORS["money"].definition),
    ]
    return [*made, *_online_money(figures, "Dont téléprocédure", code="impact-teleprocedure")]


def _online_money(figures: Figures, title: str, *, code: str) -> list[Block]:
    told = [(NAMES[kind], figures.online_money(kind)) for kind in BUCKETS]
    if not figures.numbers.online_from or all(cents is None for _, cents in told):
        return []
    rows = [(name, euros(cents)) for name, cents in told]
    head = ("Montant", str(figures.numbers.year))
    return [table(f"{title}, {period(figures)}", head, rows, code=code)]


def online(figures: Figures, said: str) -> list[Block]:
    """Who opened it and when, what came by it, and what it changed."""
    made = []
    came, every = figures.since_opening()
    if figures.numbers.online_from and came is not None:
        rows = [
            ("Venues de la téléprocédure", shown(came)),
            ("Toutes les saisines de la médiation", shown(every)),
        ]
        title = f"Saisines traitées par la médiation, {period(figures)}"
        made.append(table(title, ("Saisines", "Nombre"), rows, code="teleprocedure"))
    made += _online_money(figures, "Montants venus de la téléprocédure", code="montants-teleprocedure")
    if figures.numbers.openings:
        head = ("Phase", "Ouverte le", "Caf")
        title = "Ouvertures de la téléprocédure"
        made.append(table(title, head, figures.numbers.openings, code="ouvertures", texts=3))
    return made
