"""The lines of an export: what is told of a case, and nobody is named but whoever asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mediane.casework.rules.money import BUCKETS
from mediane.casework.states import Effect

# As it waits in a sealed piece: a day is an ISO text, an amount a text with a dot.
Stored = list[str]
DAYS = ("Reçue le", "Recevable depuis", "Close le")
AMOUNTS = tuple(kind.label for kind in BUCKETS)
MARK = "Export"
HEADS = (
    *("Référence", "Reçue le", "Canal", "Origine", "Prestations", "Motifs", "Urgente", "État"),
    *("Recevable depuis", "Close le", "Résultat", "Cause", "Raison précise", "Service concerné", "Erreur"),
    *AMOUNTS,
    MARK,
)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One case, in words."""

    reference: str
    received_on: date
    channel: str
    origin: str
    benefits: Sequence[str]
    grounds: Sequence[str]
    is_urgent: bool
    state: str
    admissible_on: date | None
    closed_on: date | None
    outcome: str
    cause: str
    reason: str
    service: str
    error: str
    money: Mapping[Effect, Decimal]


def stored(one: Told, mark: str) -> Stored:
    """An amount that nobody recorded stays empty: zero would be a finding."""
    amounts = [str(one.money[kind]) if one.money.get(kind) else "" for kind in BUCKETS]
    return [
        one.reference,
        one.received_on.isoformat(),
        one.channel,
        one.origin,
        ", ".join(one.benefits),
        ", ".join(one.grounds),
        "oui" if one.is_urgent else "",
        one.state,
        one.admissible_on.isoformat() if one.admissible_on else "",
        one.closed_on.isoformat() if one.closed_on else "",
        one.outcome,
        one.cause,
        one.reason,
        one.service,
        one.error,
        *amounts,
        mark,
    ]


def cells(line: Stored) -> list[str | date | Decimal]:
    """As a workbook takes it: days are days, amounts are numbers, the rest is words."""
    return [_cell(head, text) for head, text in zip(HEADS, line, strict=True)]


def _cell(head: str, text: str) -> str | date | Decimal:
    if not text:
        return ""
    if head in DAYS:
        return date.fromisoformat(text)
    return Decimal(text) if head in AMOUNTS else text


def words(line: Stored) -> list[str]:
    """As a text takes it, for a French spreadsheet."""
    return [_word(head, text) for head, text in zip(HEADS, line, strict=True)]


def _word(head: str, text: str) -> str:
    if text and head in DAYS:
        return _day(date.fromisoformat(text))
    return text.replace(".", ",") if head in AMOUNTS else text


def mark(number: str, asked_by: str, decided_by: str, on: date) -> str:
    """On every line, so that a copied part still says whose it is."""
    return f"{number}, demandé par {asked_by}, approuvé par {decided_by}, le {_day(on)}"


def _day(on: date) -> str:
    return f"{on:%d/%m/%Y}"
