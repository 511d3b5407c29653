import hashlib
import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.conf import settings
from PIL import Image

from mediane.casework.models import Case
from mediane.casework.queries.reaching import reaching
from mediane.correspondence.models import Letter
from mediane.correspondence.paper import LetterSheet, letter_pictures
from mediane.correspondence.queries.annex import annex_sheet
from mediane.correspondence.queries.enclosures import enclosures_of, named
from mediane.correspondence.rules.blocks import blocks, split_salutation, typeset
from mediane.documents.models import Document
from mediane.documents.queries import opened
from mediane.kit import clock, sealing
from mediane.kit.french import long_date
from mediane.organisations.models import Organisation
from mediane.referrals.rules import postal_address

CLOSING = "Je vous prie d’agréer, {}, l’expression de ma considération distinguée."
HANDED_OVER = ("Remise dans l’espace de suivi", "Ne pas envoyer par la poste")
COPY = ("Copie remise à qui agit pour elle", "Adresse non indiquée")
PREVIEW_SECONDS = 5.0
DOTS_PER_INCH = 96
GAP, BACKDROP = 24, "#eee9df"
# One at a time: a preview never takes the machine from those who work.
_drawer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="preview")


@dataclass(frozen=True)
class Signature:
    """Who signs, as what, and when."""

    name: str
    title: str
    at: datetime


@dataclass(frozen=True)
class Head:
    """From whom, and to whom."""

    service: tuple[str, ...]
    address: tuple[str, ...]


def sheet_of(letter: Letter, signature: Signature | None = None) -> LetterSheet:
    """The letter as it is read, on screen and on paper; a draft needs the signature it would have."""
    return _sheet(letter, signature, head_of(letter), lambda _: True)


def copy_of(letter: Letter, *, sees: Callable[[Document], bool]) -> LetterSheet:
    """The letter for whoever acts under a mandate: the person may be hiding from them where she lives.

    `sees`: which of her documents they may see; the others are not named.
    """
    case = letter.case
    head = Head(house_lines(case.organisation), (case.beneficiary.polite_name, *COPY))
    return _sheet(letter, None, head, sees)


def large(sheet: LetterSheet) -> LetterSheet:
    """The same letter in characters of 18 points."""
    return replace(sheet, large=True)


def easy_sheet_of(letter: Letter) -> LetterSheet:
    """The easy version of a letter, in large print, with as little around it as holds on one sheet."""
    sheet = large(sheet_of(letter))
    salutation, body = split_salutation(blocks(letter.easy), letter.case.beneficiary.formal_address)
    return replace(
        sheet,
        service=(sheet.service[0], letter.case.organisation.phone),
        beneficiary_number="",
        title=f"Facile à lire\u00a0: {sheet.title}",
        salutation=salutation,
        body=body,
        closing="",
        annex=None,
    )


def _sheet(
    letter: Letter, signature: Signature | None, head: Head, sees: Callable[[Document], bool]
) -> LetterSheet:
    case = letter.case
    signed = signature or Signature(letter.signed_by, letter.signed_as, letter.signed_at or letter.saved_at)
    salutation, body = split_salutation(blocks(letter.body), case.beneficiary.formal_address)
    caf = case.organisation
    return LetterSheet(
        service=head.service,
        address=head.address,
        place=caf.city or caf.department,
        date=long_date(clock.day_of(signed.at, caf.time_zone)),
        created=signed.at,
        reference=case.reference,
        beneficiary_number=case.beneficiary.number,
        title=typeset(letter.title),
        salutation=salutation,
        body=body,
        closing=CLOSING.format(salutation.rstrip(",")),
        signature_name=signed.name,
        signature_title=signed.title,
        annex=annex_sheet(letter),
        enclosures=named(letter, enclosures_of(letter), sees),
        demonstration=settings.DEMONSTRATION,
    )


def picture_of(sheet: LetterSheet) -> bytes:
    """The pages of a letter one below the other, as a PNG. Holds no lock.

    :raises TimeoutError: after five seconds; the page then shows the text alone.
    """
    pages = _drawer.submit(letter_pictures, sheet, dots_per_inch=DOTS_PER_INCH).result(
        timeout=PREVIEW_SECONDS
    )
    drawn = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    width, height = max(page.width for page in drawn), sum(page.height for page in drawn)
    whole = Image.new("RGB", (width, height + GAP * (len(drawn) - 1)), BACKDROP)
    top = 0
    for page in drawn:
        whole.paste(page, (0, top))
        top += page.height + GAP
    written = io.BytesIO()
    whole.save(written, "PNG")
    return written.getvalue()


def service_lines(case: Case) -> tuple[str, ...]:
    followed = f"Affaire suivie par {case.assignee.full_name}" if case.assignee else ""
    return tuple(filter(None, (*house_lines(case.organisation), followed)))


def house_lines(caf: Organisation) -> tuple[str, ...]:
    """The service, as anybody knows it."""
    lines = caf.postal_address.splitlines()
    if len(lines) == 1:
        lines = caf.postal_address.split(", ")
    address = [
        line.strip() for line in lines if line.strip().lower() not in (caf.name.lower(), "service médiation")
    ]
    return tuple(filter(None, (f"{caf.name}, service médiation", *address, caf.phone)))


def address_of(case: Case) -> tuple[str, ...]:
    """Where it is safe to write; where no letter is, the paper carries no address to post it to."""
    said = reaching(case)
    chosen = postal_address(said.contact, said.account.get("address", ""))
    return (case.beneficiary.polite_name, *(chosen.splitlines() or HANDED_OVER))


def head_of(letter: Letter) -> Head:
    """What a signed letter was signed with; of a draft, what it would have."""
    if letter.letterhead is None:
        return Head(service_lines(letter.case), address_of(letter.case))
    key, context = opened(letter.case.key), _head_context(letter)
    kept = json.loads(sealing.unseal(bytes(letter.letterhead), key, context=context))
    return Head(tuple(kept["service"]), tuple(kept["address"]))


def sealed_head(letter: Letter, head: Head) -> bytes:
    plain = json.dumps(asdict(head)).encode()
    return sealing.seal(plain, opened(letter.case.key), context=_head_context(letter))


def mark_of(lines: tuple[str, ...]) -> str:
    """What tells one address from another, and gives none away."""
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _head_context(letter: Letter) -> bytes:
    return b"correspondence.letterhead:" + letter.public_id.bytes
