"""Due and paid as two bars a month: read in grey, from zero. Drawn here, and kept nowhere in the clear.

Only amounts and names of months are in it: no word that anybody typed.
"""

from collections.abc import Iterator
from decimal import Decimal

from mediane.debts.rules.overpayment import Line, Table
from mediane.kit.french import SHORT_MONTHS, number
from mediane.kit.graphics import CANARD, HATCHED, HATCHED_EDGE, INK, INK_2, LINE, ours
from mediane.kit.money import euros

WIDTH, HEIGHT, NARROW = 680, 292, 340
LEFT, TOP, FLOOR = 58, 44, 234
ROW, BARS = 46, 92
STEPS = (1, 2, 5)
DUE = f'fill="{HATCHED}" stroke="{HATCHED_EDGE}"'
PAID = f'fill="{CANARD}" stroke="{CANARD}"'


def wide(table: Table, *, name: str, font: str = "") -> str:
    """Months side by side, for a wide page and for paper."""
    step, top = scale(table)
    high = (FLOOR - TOP) / float(top)
    band = (WIDTH - LEFT) / len(table.months)
    lines = {line.month: line for line in table.lines}
    parts = list(_grid(step, top, high))
    for rank, month in enumerate(table.months):
        left = LEFT + rank * band
        if month in lines:
            parts += _columns(lines[month], left, band, high)
        parts += _under(month.month, month.year, left + band / 2, rank, band)
    parts.append(f'<path d="M{LEFT} {FLOOR}H{WIDTH}" stroke="{INK_2}" stroke-width="1.5"/>')
    return _svg(WIDTH, HEIGHT, [*_legend(LEFT), *parts], name=name, font=font)


def narrow(table: Table, *, name: str) -> str:
    """Months one below the other, for a telephone: each sum is written at the end of its bar."""
    longest = max(float(max(line.due, line.paid)) for line in table.lines) or 1
    parts = []
    for rank, line in enumerate(table.lines):
        top = 34 + rank * ROW
        words = f"{SHORT_MONTHS[line.month.month - 1]} {line.month.year}"
        parts.append(_text(0, top + 20, words, anchor="start"))
        for below, amount, look in ((0, line.due, DUE), (17, line.paid, PAID)):
            long = float(amount) / longest * (NARROW - BARS - 84)
            parts.append(f'<rect x="{BARS}" y="{top + below}" width="{long:.1f}" height="13" {look}/>')
            parts.append(_text(BARS + long + 6, top + below + 11, euros(amount), anchor="start", size=12))
    return _svg(NARROW, 34 + ROW * len(table.lines), [*_legend(0), *parts], name=name, font="")


def scale(table: Table) -> tuple[Decimal, Decimal]:
    """A round step, and how high the scale goes: four steps or so, and never less than the highest bar."""
    highest = max(max(line.due, line.paid) for line in table.lines) or Decimal(1)
    power = Decimal(10) ** (highest.adjusted() - 1)
    step = next(
        size * power * tens for tens in (1, 10, 100) for size in STEPS if size * power * tens * 4 >= highest
    )
    whole, part = divmod(highest, step)
    return step, step * (whole + bool(part))


def _grid(step: Decimal, top: Decimal, high: float) -> Iterator[str]:
    for rank in range(int(top / step) + 1):
        y = FLOOR - float(step * rank) * high
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH}" stroke="{LINE}"/>'
        value = step * rank
        said = number(int(value)) if value == int(value) else euros(value).split("\u00a0€")[0]
        yield _text(LEFT - 8, y + 5, f"{said}\u00a0€", anchor="end", size=13, fill=INK_2)


def _columns(line: Line, left: float, band: float, high: float) -> Iterator[str]:
    wide_ = min(band * 0.36, 34)
    middle = left + band / 2
    for x, amount, look in ((middle - wide_, line.due, DUE), (middle, line.paid, PAID)):
        tall = float(amount) * high
        yield f'<rect x="{x:.1f}" y="{FLOOR - tall:.1f}" width="{wide_:.1f}" height="{tall:.1f}" {look}/>'


def _under(month: int, year: int, middle: float, rank: int, band: float) -> Iterator[str]:
    """The name of the month, one in so many when they stand close; its year where it begins."""
    every = max(1, round(46 / band))
    if rank % every == 0:
        yield _text(middle, FLOOR + 20, SHORT_MONTHS[month - 1], anchor="middle", size=14)
    if rank == 0 or month == 1:
        yield _text(middle, FLOOR + 40, str(year), anchor="middle", size=14, fill=INK_2)


def _legend(left: int) -> Iterator[str]:
    for x, look, word in ((left, DUE, "Somme due"), (left + 124, PAID, "Somme versée")):
        yield f'<rect x="{x + 1}" y="4" width="18" height="14" {look}/>'
        yield _text(x + 26, 16, word, anchor="start", size=15)


def _text(x: float, y: float, words: str, *, anchor: str, size: int = 14, fill: str = INK) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="{size}" fill="{fill}">{words}</text>'


def _svg(width: int, height: int, parts: list[str], *, name: str, font: str) -> str:
    family = f' font-family="{font}"' if font else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"{family}>'
    return ours(f"{head}{''.join(parts)}</svg>", name)
