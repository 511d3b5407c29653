"""Letters, receipts, forms and forwarding files on letterhead. Strings arrive in French, ready to be read."""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

from mediane.correspondence.paper.drawable import FOLDER, drawable
from mediane.kit import pdf

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the body; `heading`, `paragraph`, `bullets` and `table` make it."""

    kind: Literal["heading", "paragraph", "list", "table"]
    text: str = ""
    items: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    total: bool = False


def heading(text: str) -> Block:
    return Block("heading", text=text)


def paragraph(text: str) -> Block:
    return Block("paragraph", text=text)


def bullets(*items: str) -> Block:
    return Block("list", items=items)


def table(*rows: tuple[str, ...], total: bool = False) -> Block:
    """A label then sums; `total` sets the last row apart."""
    if not rows or len({len(row) for row in rows}) != 1:
        raise ValueError("a table has rows, all of one length")
    return Block("table", rows=rows, total=total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What every sheet carries. `created` dates the file, `date` is what is read."""

    service: tuple[str, ...]
    address: tuple[str, ...]
    place: str
    date: str
    created: datetime
    reference: str
    beneficiary_number: str
    title: str
    foot: tuple[str, ...]
    demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexSheet:
    """Explication du trop-perçu, on a page of its own: the picture is an SVG, drawn from its numbers only."""

    about: str
    words: tuple[str, ...]
    picture: str
    alternative: str
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    totals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSheet(Letterhead):
    salutation: str
    body: tuple[Block, ...]
    closing: str
    signature_name: str
    signature_title: str
    annex: AnnexSheet | None = None
    # What goes with it, by name.
    enclosures: tuple[str, ...] = ()
    large: bool = False
    foot: tuple[str, ...] = (
        "Cette lettre est aussi dans votre espace de suivi.",
        "La médiation est gratuite et confidentielle.",
    )


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    name: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSheet(Letterhead):
    """Accusé d’enregistrement: the particulars are those of CRPA R. 112-11-1."""

    received: str
    service_name: str
    service_address: tuple[str, ...]
    service_email: str
    service_phone: str
    files: tuple[ReceivedFile, ...] = ()
    next_steps: tuple[str, ...] = ()
    # Of a request that came by post, when it has just been given: where to type it, and the code itself.
    follow_address: str = ""
    follow_code: str = ""
    title: str = "Votre demande de médiation est enregistrée"
    foot: tuple[str, ...] = (
        "Cet accusé est aussi dans votre espace de suivi.",
        "La médiation est gratuite et confidentielle.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardingSheet(Letterhead):
    """A redirected request for the body that decides: what it needs to begin, and nothing of our work."""

    agreed: str
    person: str
    contact: tuple[str, ...]
    benefits: str
    decision: str
    received: str
    why: str
    asked: str
    explanation: tuple[str, ...]
    documents: tuple[str, ...] = ()
    title: str = "Une demande qui relève de vous"
    foot: tuple[str, ...] = ("Ce que la médiation a examiné reste confidentiel.",)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet(Letterhead):
    """A request to be filled by hand: `address` is the service’s, in the window of the envelope."""

    lead: str
    benefits: tuple[str, ...]
    attach: tuple[str, ...]
    after: tuple[str, ...]
    title: str = "Demander une médiation"
    foot: tuple[str, ...] = (
        "La médiation est gratuite et confidentielle.",
        "Internet et courriel ne sont pas nécessaires.",
    )
    place: str = ""
    date: str = ""
    reference: str = "Demande de médiation"
    beneficiary_number: str = ""


def letter_pdf(data: LetterSheet) -> bytes:
    return _sheet("letter.typ", data)


def receipt_pdf(data: ReceiptSheet) -> bytes:
    return _sheet("receipt.typ", data)


def forwarding_pdf(data: ForwardingSheet) -> bytes:
    return _sheet("forwarding.typ", data)


@lru_cache(maxsize=101)
def form_pdf(data: FormSheet) -> bytes:
    """Made when first asked for; kept by its content, so one for each Caf."""
    return _sheet("form.typ", data)


def letter_pictures(data: LetterSheet, *, dots_per_inch: int) -> list[bytes]:
    """Each page of a letter as a PNG."""
    return pdf.pictures(HERE / "letter.typ", fields_of(data), fonts=FOLDER, dots_per_inch=dots_per_inch)


def _sheet(template: str, data: Letterhead) -> bytes:
    return pdf.render(HERE / template, fields_of(data), fonts=FOLDER)


def fields_of(data: Letterhead) -> dict[str, object]:
    fields = {name: drawable(value) for name, value in asdict(data).items()}
    fields["created"] = data.created.isoformat()
    return fields
