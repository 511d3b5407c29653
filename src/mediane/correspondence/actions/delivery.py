import hashlib
from datetime import datetime

from django.db import transaction

from mediane.correspondence.models import Enclosure, Letter
from mediane.correspondence.paper import letter_pdf
from mediane.correspondence.queries.sheets import sheet_of
from mediane.correspondence.rules.pdf import context_of
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor, system
from mediane.kit import sealing


@transaction.atomic
def make_pdf(*, letter: Letter, at: datetime) -> bool:
    """Make the PDF of a signed letter, once; False when it was made before.

    It is drawn before the row is taken: nobody waits for it.
    """
    if letter.signed_at is None:
        raise ValueError("only a signed letter has a PDF")
    if letter.pdf is not None:
        return False
    made = letter_pdf(sheet_of(letter))
    current = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if current.pdf is not None:
        return False
    letter.pdf = sealing.seal(made, opened(letter.case.key), context=context_of(letter.public_id))
    letter.pdf_sha256 = hashlib.sha256(made).hexdigest()
    letter.save(update_fields=["pdf", "pdf_sha256"])
    record(
        verb="make_pdf",
        subject=("letter", str(letter.public_id)),
        by=system(letter.organisation_id),
        at=at,
        beneficiary_id=letter.case.beneficiary_id,
    )
    return True


@transaction.atomic
def open_letter(*, letter: Letter, by: Actor, at: datetime) -> None:
    """Journal the reading of a letter; the first by the person is noted on the letter, once."""
    beneficiary_id = letter.case.beneficiary_id
    record(
        verb="open_letter",
        subject=("letter", str(letter.public_id)),
        by=by,
        at=at,
        beneficiary_id=beneficiary_id,
    )
    if by.kind == "person" and Letter.objects.filter(pk=letter.pk, read_at=None).update(read_at=at):
        letter.read_at = at


@transaction.atomic
def open_enclosure(*, enclosure: Enclosure, letter: Letter, by: Actor, at: datetime) -> None:
    """Journal that a document was opened from the letter it goes with."""
    record(
        verb="open_enclosure",
        subject=("letter", str(letter.public_id)),
        by=by,
        at=at,
        beneficiary_id=letter.case.beneficiary_id,
        document=str(enclosure.document.public_id),
    )
