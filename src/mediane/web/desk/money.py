"""Money as the desk shows it: each line with what became of it, four amounts apart, and facts beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mediane.casework.models import FinancialEffect
from mediane.casework.queries.effects import NOBODY, Running
from mediane.casework.rules.counting import ANSWERED_ELSEWHERE
from mediane.casework.rules.money import BESIDE, BUCKETS, counted, totals
from mediane.casework.states import Effect
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.journal.rules import Actor

Sums = list[tuple[str, Decimal]]


@dataclass(frozen=True)
class ShownLine:
    line: FinancialEffect
    benefit: str
    # Ranks in the case, when a line stands for another.
    corrects: int | None
    corrected_by: int | None
    # Another stands for it; a line whose correction waits still counts.
    is_over: bool
    cancels: bool
    may_validate: bool

    @property
    def is_validated(self) -> bool:
        return self.line.validated_at is not None


@dataclass(frozen=True)
class ShownMoney:
    lines: list[ShownLine]
    apart: Sums
    beside: Sums
    waiting: int
    # Another case answers for this one, and has its money.
    is_elsewhere: bool


def shown_money(lines: Sequence[FinancialEffect], reader: Actor, state: str) -> ShownMoney:
    """Of one case."""
    ranks = {line.pk: line.rank for line in lines}
    by = {line.corrects_id: line.rank for line in lines if line.corrects_id is not None}
    found, counting = totals(lines), {line.pk for line in counted(lines)}
    return ShownMoney(
        [
            ShownLine(
                line,
                every(Benefit)[line.benefit].short,
                ranks.get(line.corrects_id or 0),
                by.get(line.pk),
                line.pk in by and line.pk not in counting,
                line.corrects_id is not None and not line.amount,
                line.recorded_by_id != reader.id,
            )
            for line in lines
        ],
        named(found, BUCKETS),
        [(label, euros) for label, euros in named(found, BESIDE) if euros],
        sum(line.validated_at is None for line in lines),
        state in ANSWERED_ELSEWHERE,
    )


def named(found: Mapping[Effect, Decimal], kinds: Iterable[Effect]) -> Sums:
    return [(kind.label, found[kind]) for kind in kinds]


@dataclass(frozen=True)
class Row:
    who: str
    sums: list[Decimal]


def rows_of(running: Running, kinds: Sequence[Effect]) -> list[Row]:
    """By mediator, then whole; without anybody when nothing counts."""
    rows = [
        Row(who if who != NOBODY else "Clos sans réponse", [sums[kind] for kind in kinds])
        for who, sums in running.by_mediator.items()
    ]
    kept = [row for row in rows if any(row.sums)]
    return [*kept, Row("Toute la Caf", [running.whole[kind] for kind in kinds])] if kept else []
