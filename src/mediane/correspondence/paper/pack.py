"""The errors told to a service before a meeting: tables on letterhead, read as the page shows them."""

from dataclasses import dataclass

from mediane.correspondence.paper import HERE, Letterhead, fields_of
from mediane.correspondence.paper.drawable import FOLDER
from mediane.kit import pdf


@dataclass(frozen=True, slots=True)
class Table:
    """A label then numbers, as text; without any row, its note says why."""

    title: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    has_total: bool = False
    note: str = ""
    # How long the bar of each row is, in percent of the longest; none where none is drawn.
    bars: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackSheet(Letterhead):
    lead: str
    tables: tuple[Table, ...]
    foot: tuple[str, ...] = (
        "Document de travail de la Caf.",
        "Aucune personne n’y est nommée.",
    )
    beneficiary_number: str = ""


def pack_pdf(data: PackSheet) -> bytes:
    return pdf.render(HERE / "pack.typ", fields_of(data), fonts=FOLDER)
