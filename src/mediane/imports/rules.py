"""Reading the sheets of earlier years: which columns, which words, and what is wrong in which line."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from mediane.imports.states import Kind, Measure
from mediane.kit.french import count, number
from mediane.kit.spreadsheet import Cell
from mediane.kit.text import fold

FIRST_YEAR = 2000
# Files to begin from: their columns, and a line or two as an example.
CASES_MODEL = [
    [
        *("Référence", "Reçue le", "Canal", "Origine", "Prestation", "Motif", "Hors médiation"),
        *("Réponse le", "Cause", "Issue"),
    ],
    [
        *("2021-0042", "14/01/2021", "Courrier", "Allocataire", "RSA", "Trop-perçu incompris", "non"),
        *("22/02/2021", "Erreur de liquidation", "Révisée"),
    ],
    ["2021-0043", "15/01/2021", "Téléphone", "", "", "", "oui", "", "", ""],
]
TOTALS_MODEL = [
    ["Année", "Mesure", "Valeur", "Nombre"],
    ["2019", "demandes reçues", "", "1287"],
    ["2019", "hors médiation", "", "431"],
    ["2019", "canal", "Courrier", "618"],
]
Lists = Mapping[str, Mapping[str, str]]  # list, then its words as typed without accents: the code


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where its owner finds it; `line` counts from 1, as sheets do."""

    line: int
    column: str
    sentence: str


class Wrong(Exception):
    """A cell that cannot be what its column says."""


@dataclass
class Sheet:
    """A file as read: its rows ready to write, or what stops it."""

    kind: Kind
    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # columns nobody asked for: never kept


@dataclass(frozen=True)
class Column:
    name: str  # as its owner reads it
    key: str
    read: Callable[[Cell], Any]
    is_needed: bool = False
    others: tuple[str, ...] = ()


def _word(cell: Cell) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _reference(cell: Cell) -> str:
    word = _word(cell)
    if len(word) > 40:
        raise Wrong("Une référence a 40 caractères au plus.")
    return word


def _day(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", _word(cell), re.ASCII)
    day, month, year = found.groups() if found else ("", "", "")
    with suppress(ValueError):
        return date.fromisoformat(f"{year}-{month:0>2}-{day:0>2}" if found else _word(cell)).isoformat()
    raise Wrong(f"«\u00a0{_word(cell)[:30]}\u00a0» n’est pas une date\u00a0: écrivez 31/12/2021.")


def _number(cell: Cell) -> int:
    word = re.sub(r"[\s\u00a0\u202f]", "", _word(cell))
    if not re.fullmatch(r"[0-9]{1,7}", word, re.ASCII):
        raise Wrong(f"«\u00a0{_word(cell)[:30]}\u00a0» n’est pas un nombre entier.")
    return int(word)


def _yes(cell: Cell) -> bool:
    answer = {"oui": True, "o": True, "x": True, "1": True, "non": False, "n": False, "0": False}.get(
        fold(_word(cell))
    )
    if answer is None:
        raise Wrong(f"«\u00a0{_word(cell)[:30]}\u00a0»\u00a0: répondez par oui ou par non.")
    return answer


def _one(lists: Lists, name: str, cell: Cell) -> str:
    code = lists[name].get(fold(_word(cell)))
    if code is None:
        raise Wrong(f"«\u00a0{_word(cell)[:60]}\u00a0» n’est pas dans la liste de Médiane.")
    return code


def _several(lists: Lists, name: str, cell: Cell) -> list[str]:
    if fold(_word(cell)) in lists[name]:
        return [_one(lists, name, cell)]
    words = [word for word in re.split(r"[;,/+]", _word(cell)) if word.strip()]
    return list(dict.fromkeys(_one(lists, name, word) for word in words))


def cases_columns(lists: Lists) -> list[Column]:
    one, several = partial(partial, _one, lists), partial(partial, _several, lists)
    return [
        Column("Référence", "reference", _reference, is_needed=True, others=("n° de dossier", "numero")),
        Column("Reçue le", "received_on", _day, is_needed=True, others=("date de reception",)),
        Column("Canal", "channel", one("channel"), is_needed=True),
        Column("Origine", "origin", one("origin")),
        Column("Prestation", "benefits", several("benefit"), others=("prestations",)),
        Column("Motif", "ground", one("ground")),
        Column("Hors médiation", "is_out_of_scope", _yes, others=("hors champ",)),
        Column("Réponse le", "answered_on", _day, others=("date de reponse", "close le")),
        Column("Cause", "cause", one("cause")),
        Column("Issue", "outcome", one("outcome"), others=("resultat",)),
    ]


def totals_columns() -> list[Column]:
    return [
        Column("Année", "year", _number, is_needed=True),
        Column("Mesure", "measure", _measure, is_needed=True, others=("liste",)),
        Column("Valeur", "value", _word, others=("libelle",)),
        Column("Nombre", "number", _number, is_needed=True, others=("total",)),
    ]


def _measure(cell: Cell) -> str:
    known = {fold(measure.label): str(measure) for measure in Measure}
    if fold(_word(cell)) not in known:
        raise Wrong(f"«\u00a0{_word(cell)[:30]}\u00a0»\u00a0: écrivez {', '.join(known)}.")
    return known[fold(_word(cell))]


def read_sheet(rows: Sequence[Sequence[Cell]], lists: Lists, *, today: date) -> Sheet:
    """Read a whole file, and find everything wrong in it at once."""
    heads = [fold(str(cell)) for cell in rows[0]]
    kind = Kind.TOTALS if "annee" in heads else Kind.CASES
    columns = totals_columns() if kind == Kind.TOTALS else cases_columns(lists)
    places = _places(heads, columns)
    sheet = Sheet(kind, left_out=[str(rows[0][n]) for n in range(len(heads)) if heads[n] and n not in places])
    missing = [column.name for column in columns if column.is_needed and column not in places.values()]
    if missing:
        sheet.faults = [Fault(1, name, "Cette colonne manque.") for name in missing]
        return sheet
    for line, cells in enumerate(rows[1:], start=2):
        if any(cell != "" for cell in cells):
            _read_line(sheet, line, cells, places)
    check = partial(_check_total, lists) if kind == Kind.TOTALS else _check_case
    for row in sheet.rows:
        sheet.faults += [Fault(row["line"], *wrong) for wrong in check(row, today)]
    sheet.faults += _twice(sheet)
    sheet.faults.sort(key=lambda fault: fault.line)
    return sheet


def _places(heads: Sequence[str], columns: Sequence[Column]) -> dict[int, Column]:
    names = {fold(name): column for column in columns for name in (column.name, *column.others)}
    places: dict[int, Column] = {}
    for place, head in enumerate(heads):
        if head in names and names[head] not in places.values():
            places[place] = names[head]
    return places


def _read_line(sheet: Sheet, line: int, cells: Sequence[Cell], places: Mapping[int, Column]) -> None:
    row: dict[str, Any] = {"line": line}
    faults = []
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else ""
        if cell == "":
            if column.is_needed:
                faults.append(Fault(line, column.name, "Cette case est vide."))
            continue
        try:
            row[column.key] = column.read(cell)
        except Wrong as wrong:
            faults.append(Fault(line, column.name, str(wrong)))
    sheet.faults += faults
    if not faults:
        sheet.rows.append(row)


def _check_case(row: Mapping[str, Any], today: date) -> list[tuple[str, str]]:
    received = date.fromisoformat(row["received_on"])
    wrong = []
    if not received.year >= FIRST_YEAR or received > today:
        wrong.append(("Reçue le", f"Cette date n’est pas entre {FIRST_YEAR} et aujourd’hui."))
    if "answered_on" in row:
        answered = date.fromisoformat(row["answered_on"])
        if answered < received:
            wrong.append(("Réponse le", "La réponse est plus ancienne que la demande."))
        elif answered > today:
            wrong.append(("Réponse le", "Cette date n’est pas encore venue."))
    return wrong


def _check_total(lists: Lists, row: dict[str, Any], today: date) -> list[tuple[str, str]]:
    """Also puts its code in place of the word that the total is of."""
    wrong = []
    if not FIRST_YEAR <= row["year"] <= today.year:
        wrong.append(("Année", f"Cette année n’est pas entre {FIRST_YEAR} et {today.year}."))
    word = row.pop("value", "")
    if row["measure"] in (Measure.RECEIVED, Measure.OUT_OF_SCOPE):
        row["code"] = ""
    elif not word:
        wrong.append(("Valeur", "Dites de quoi est ce nombre."))
    else:
        try:
            row["code"] = _one(lists, row["measure"], word)
        except Wrong as unknown:
            wrong.append(("Valeur", str(unknown)))
    return wrong


def identity(kind: Kind, row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes two lines tell the same thing."""
    if kind == Kind.CASES:
        return (row["reference"],)
    return row["year"], row["measure"], row.get("code", "")


def other_than_the_cases(year: int, total: int, counted: int) -> str:
    """The difference, so that whoever imports finds which of the two is wrong."""
    way = "plus" if counted > total else "moins"
    return (
        f"Les dossiers de {year} disent {number(counted)}, ce total dit {number(total)}\u00a0: "
        f"{number(abs(counted - total))} de {way}."
    )


def more_than_the_total(year: int, total: int, counted: int) -> str:
    received = count(total, "demande reçue", "demandes reçues")
    return (
        f"Le total repris de {year} est de {received}\u00a0; avec ce fichier il y en aurait "
        f"{number(counted)}\u00a0: {number(counted - total)} de trop."
    )


def _twice(sheet: Sheet) -> list[Fault]:
    first: dict[tuple[Any, ...], int] = {}
    column = "Référence" if sheet.kind == Kind.CASES else "Valeur"
    return [
        Fault(row["line"], column, f"Déjà à la ligne {before}.")
        for row in sheet.rows
        if (before := first.setdefault(identity(sheet.kind, row), row["line"])) != row["line"]
    ]


def shown(kind: Kind, row: Mapping[str, Any], labels: Mapping[str, Mapping[str, str]]) -> list[str]:
    """A line ready to be written, in words, in the order of the model."""
    if kind == Kind.TOTALS:
        value = labels[row["measure"]][row["code"]] if row["code"] else ""
        return [str(row["year"]), Measure(row["measure"]).label, value, str(row["number"])]
    words = {
        name: labels[name].get(row.get(name, ""), "") for name in ("channel", "origin", "ground", "cause")
    }
    return [
        row["reference"],
        _shown_day(row.get("received_on")),
        words["channel"],
        words["origin"],
        ", ".join(labels["benefit"][code] for code in row.get("benefits", [])),
        words["ground"],
        "oui" if row.get("is_out_of_scope") else "non",
        _shown_day(row.get("answered_on")),
        words["cause"],
        labels["outcome"].get(row.get("outcome", ""), ""),
    ]


def _shown_day(day: str | None) -> str:
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day else ""
