"""Cells of somebody’s sheet, made into rows to be read: by the names of columns, or by their order."""

from collections.abc import Sequence
from datetime import date

from mediane.debts.rules.overpayment import month_name
from mediane.debts.rules.typed import Row, Unread, read_amount, read_difference
from mediane.kit.text import fold

Cell = str | float | date
# Words by which the head of a column is known, folded.
NAMES = {
    "month": ("mois", "periode", "date", "echeance"),
    "due": ("du", "due", "droit", "droits", "montant du", "somme due", "droit reel"),
    "paid": ("verse", "versee", "paye", "payee", "montant verse", "montant paye", "somme versee"),
    "given": ("difference", "ecart", "trop percu", "indu", "solde"),
    "reason": ("motif", "raison", "cause", "explication", "observation", "commentaire"),
}
# Without a head: what each column is, by how many there are.
ORDERS = {
    3: ("month", "due", "paid"),
    4: ("month", "due", "paid", "reason"),
    5: ("month", "due", "paid", "given", "reason"),
}
NUMBERS_FOURTH = ("month", "due", "paid", "given")
TOTALS = ("total", "totaux", "somme")


def rows_of(cells: Sequence[Sequence[Cell]]) -> list[Row]:
    """The rows that say something; a head is read for the names of columns, a line of totals is left out."""
    written = [texts for texts in ([_text(cell) for cell in row] for row in cells) if any(texts)]
    if not written:
        return []
    head = _named(written[0])
    if head or not any(letter.isdigit() for text in written[0] for letter in text):
        written = written[1:]
    if not written:
        return []
    columns = head or _by_order(written)
    return _without_what_agrees([_row(texts, columns) for texts in written if not _is_a_total(texts)])


def _is_a_total(texts: Sequence[str]) -> bool:
    """Before or beside the place of the month."""
    first = next((fold(text) for text in texts if text), "")
    return first.split()[:1] in [[word] for word in TOTALS]


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return month_name(cell)
    if isinstance(cell, float | int):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return " ".join(cell.split())


def _named(texts: Sequence[str]) -> dict[str, int]:
    """The rank of each column whose head is known, if there are at least a month and two amounts."""
    found: dict[str, int] = {}
    for rank, text in enumerate(texts):
        words = fold(text)
        name = next((name for name, known in NAMES.items() if words in known), None)
        if name and name not in found:
            found[name] = rank
    return found if {"month", "due", "paid"} <= found.keys() else {}


def _by_order(written: Sequence[Sequence[str]]) -> dict[str, int]:
    width = max(max((rank for rank, text in enumerate(texts, 1) if text), default=0) for texts in written)
    order = ORDERS.get(min(max(width, 3), 5), ORDERS[5])
    fourth = [texts[3] for texts in written if len(texts) > 3 and texts[3]]
    if width == 4 and all(read_difference(text) is not None for text in fourth):
        order = NUMBERS_FOURTH
    return {name: rank for rank, name in enumerate(order)}


def _row(texts: Sequence[str], columns: dict[str, int]) -> Row:
    return Row(**{name: texts[rank] if rank < len(texts) else "" for name, rank in columns.items()})


def _without_what_agrees(rows: list[Row]) -> list[Row]:
    """A difference equal to ours says nothing more. A sheet may count it the other way round, throughout."""
    told = [row for row in rows if row.given]
    for sign in (1, -1):
        if all(_agrees(row, sign) for row in told):
            return [Row(row.month, row.due, row.paid, row.reason) for row in rows]
    return [Row(row.month, row.due, row.paid, row.reason) if _agrees(row, 1) else row for row in rows]


def _agrees(row: Row, sign: int) -> bool:
    given = read_difference(row.given)
    try:
        return given is not None and sign * given == read_amount(row.paid) - read_amount(row.due)
    except Unread:
        return False
