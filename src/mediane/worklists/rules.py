"""Columns of the work plan, words of a reminder, lines of a sheet: no table, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediane.kit.french import long_date

# What a column of the work plan shows. Who asks, and under which reference, always comes first.
COLUMNS = {
    "benefit": "Prestation",
    "state": "État",
    "due": "Prochaine échéance",
    "assignee": "Suivi par",
    "received": "Reçue le",
    "age": "Ancienneté",
    "channel": "Canal",
    "origin": "Origine",
    "grounds": "Motifs",
    "admissible": "Recevable depuis",
}
USUAL = ("benefit", "state", "due", "assignee")

MOST_VIEWS = 20
MOST_AT_ONCE = 500
UNDONE_WITHIN = timedelta(minutes=10)
# A second reminder in the same week would be one of two colleagues who did not know.
BETWEEN_REMINDERS = timedelta(days=7)
SHEET_KEPT = timedelta(hours=24)
# One comes back to a case within minutes: that is the same visit, and what was new still is.
SAME_VISIT = timedelta(minutes=30)

HEADS = (
    *("Référence", "Reçue le", "Canal", "Origine", "Prestations", "Motifs", "Urgente", "État"),
    *("Prochaine échéance", "Ce qui est dû", "Suivi par", "Extraction"),
)
DAYS = ("Reçue le", "Prochaine échéance")


def chosen(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that still exist, each once, in the order asked; the usual ones when nothing was chosen."""
    known = tuple(dict.fromkeys(name for name in columns if name in COLUMNS))
    return known or USUAL


def moved(columns: Sequence[str], name: str, by: int) -> list[str]:
    """The same columns, one of them a place further: -1 before, 1 after; at the end it stays."""
    order = list(columns)
    if name not in order:
        return order
    place = order.index(name)
    order.insert(max(0, min(place + by, len(order) - 1)), order.pop(place))
    return order


def reminder(asked: Sequence[str], due_on: date, today: date) -> str:
    """What the person reads: what is still awaited, until when, and what she may do without it."""
    listed = "\n".join(f"- {label}" for label in asked)
    by_when = (
        f"avant le {long_date(due_on)}"
        if due_on >= today
        else f"dès que possible\u00a0: la date prévue, le {long_date(due_on)}, est passée"
    )
    return (
        f"Bonjour,\n\nPour avancer sur votre demande, nous attendons encore\u00a0:\n{listed}\n\n"
        f"Envoyez-les depuis votre espace de suivi, {by_when}. Si vous ne pouvez pas, dites-nous pourquoi "
        "au même endroit\u00a0: nous chercherons une solution avec vous."
    )


@dataclass(frozen=True)
class Changes:
    """What others did on a case since one’s last visit."""

    messages: int = 0
    documents: int = 0
    others: int = 0
    never_opened: bool = False

    def __bool__(self) -> bool:
        return bool(self.messages or self.documents or self.others)
