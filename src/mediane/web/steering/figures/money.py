"""Money in four amounts, never added up, each with a scale of its own; the facts told beside."""

from decimal import Decimal
from functools import partial

from mediane.casework.rules.money import BESIDE, BUCKETS, NAMES
from mediane.casework.states import Effect
from mediane.kit.french import NBSP, join
from mediane.kit.graphics import Specification
from mediane.kit.money import euros
from mediane.statistics.rules.comparing import signed, variation
from mediane.statistics.rules.figures import Counted, Sums
from mediane.statistics.rules.indicators import INDICATORS
from mediane.web.steering import charts
from mediane.web.steering.figures.read import Read
from mediane.web.steering.figures.shown import Block, Column, Drawing, Kind, Shown, table

WIDE, NARROW, STACKED = 300, 300, 560


def money(read: Read) -> Shown:
    before = read.asked.before if read.is_beside_another else None
    now, earlier = _sums(read.now), _sums(read.before)
    rows = [(NAMES[kind], _euros(now, kind), _euros(earlier, kind)) for kind in (*BUCKETS, *BESIDE)]
    back = _euros(now, Effect.BACK_PAYMENT)
    has_any = any(line.number for line in (*now.lines, *earlier.lines))
    return Shown(
        code="money",
        title=f"{euros(back)} rendus aux allocataires en rappels de droits"
        if back
        else "Aucun rappel de droits dans la période",
        counts="Quatre montants distincts, jamais compensés. Chaque paire de barres a sa propre échelle",
        table=table(
            (
                Column("Montant", Kind.TEXT),
                Column(read.asked.period.short, Kind.EUROS),
                Column(before.short, Kind.EUROS) if before else None,
            ),
            rows,
        ),
        indicators=(INDICATORS["money"],),
        drawing=_together(read, now, earlier) if has_any else None,
        nothing="Aucun montant n’est noté et validé pour les dossiers clos dans cette période.",
        blocks=tuple(_block(read, kind, now, earlier) for kind in BUCKETS) if has_any else (),
        beside=_beside(now),
    )


def _sums(counted: Counted) -> Sums:
    found = INDICATORS["money"].compute(counted)
    if not isinstance(found, Sums):
        raise TypeError("money is no sum")
    return found


def _euros(sums: Sums, kind: Effect) -> Decimal:
    return Decimal(sums.of(kind)) / 100


def _block(read: Read, kind: Effect, now: Sums, earlier: Sums) -> Block:
    amount, was = _euros(now, kind), _euros(earlier, kind)
    before = read.asked.before if read.is_beside_another else None
    note = ""
    if before:
        note = f"{euros(was)} {read.then}"
        changed = variation(earlier.of(kind), now.of(kind))
        if changed is not None and read.is_comparable:
            note += f", soit {signed(changed)}"
    drawing = None
    if amount or was:
        drawing = Drawing.of(partial(_pair, read, amount, was), wide=WIDE, narrow=NARROW)
    return Block(NAMES[kind], euros(amount), note, drawing)


def _pair(read: Read, amount: Decimal, was: Decimal, width: int) -> Specification:
    rows = [charts.Bar(read.asked.period.short, amount, "")]
    if read.asked.before and read.is_beside_another:
        rows.append(charts.Bar(read.asked.before.short, was, "", look="striped"))
    return charts.pair(rows, width=width, column=44 if len(rows[0].label) < 6 else 124)


def _together(read: Read, now: Sums, earlier: Sums) -> Drawing:
    """For the file to download: on the page the four stand side by side."""

    def stacked(width: int) -> Specification:
        return charts.below_one_another(
            [
                (
                    f"{NAMES[kind]}{NBSP}: {euros(_euros(now, kind))}",
                    _pair(read, _euros(now, kind), _euros(earlier, kind), width),
                )
                for kind in BUCKETS
            ]
        )

    return Drawing.of(stacked, wide=STACKED, narrow=NARROW)


def _beside(now: Sums) -> str:
    told = [f"{NAMES[kind].lower()}, {euros(_euros(now, kind))}" for kind in BESIDE if now.of(kind)]
    return f"À côté, et jamais ajoutés{NBSP}: {join(told)}." if told else ""
