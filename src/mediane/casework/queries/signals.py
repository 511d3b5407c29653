"""Signals of urgency as a page shows them: their words, and what a human made of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from mediane.casework.models import Case
from mediane.casework.queries.listed import Listed
from mediane.casework.rules.urgency_signals import WHY, counts
from mediane.casework.states import Signal, Weighing
from mediane.kit.prepared import kept


@dataclass(frozen=True)
class ShownSignal:
    """One signal: what it says, where it was read, and who weighed it."""

    code: str
    declared: bool
    words: str
    weighing: str
    weighed_by: str

    @property
    def label(self) -> str:
        return Signal(self.code).label

    @property
    def why(self) -> str:
        return WHY[Signal(self.code)]

    @property
    def is_weighed(self) -> bool:
        return self.weighing != Weighing.UNWEIGHED

    @property
    def counts(self) -> bool:
        return counts(declared=self.declared, weighing=self.weighing)

    @property
    def is_confirmed(self) -> bool:
        return self.weighing == Weighing.CONFIRMED


# By hand, like the list it goes with.
SHOWN = """
SELECT c.reference, s.signal, s.declared, s.words, s.weighing, s.weighed_by
FROM casework_urgencysignal s JOIN casework_case c ON c.id = s.case_id
WHERE c.organisation_id = %(organisation)s AND c.reference = ANY(%(references)s)
AND s.weighing <> %(set_aside)s
"""
ORDER = {signal.value: place for place, signal in enumerate(Signal)}


def signal_of(case: Case, code: str) -> ShownSignal | None:
    columns = ("signal", *(field.name for field in fields(ShownSignal)[1:]))
    row = case.signals.filter(signal=code).values_list(*columns).first()
    return ShownSignal(*row) if row else None


def in_order(signals: Iterable[ShownSignal]) -> list[ShownSignal]:
    return sorted(signals, key=lambda one: ORDER[one.code])


def signals_of(organisation_id: int, cases: Iterable[Listed]) -> dict[str, list[ShownSignal]]:
    """Those a list shows, by reference: what was set aside is not repeated there. One statement."""
    shown: dict[str, list[ShownSignal]] = defaultdict(list)
    with kept() as cursor:
        about: Any = {
            "organisation": organisation_id,
            "references": [case.reference for case in cases],
            "set_aside": Weighing.SET_ASIDE.value,
        }
        cursor.execute(SHOWN, about)
        for reference, *fields in cursor.fetchall():
            shown[reference].append(ShownSignal(*fields))
    return {reference: in_order(signals) for reference, signals in shown.items()}
