"""A case as full as they come: a hundred steps, thirty documents, twenty letters."""

import hashlib
import uuid
from datetime import timedelta
from typing import Any

from bench.words import MESSAGES, PIECES
from mediane.casework.models import Case, Step
from mediane.casework.states import Act
from mediane.correspondence.models import Kind, Letter, LetterTemplate
from mediane.documents.models import Document
from mediane.documents.models import State as Checked
from mediane.journal.rules import Actor

STEPS, DOCUMENTS, LETTERS = 100, 30, 20
BETWEEN = timedelta(hours=5)


def filled(case: Case, by: Actor) -> str:
    """Its reference, once it has that many of each; done again, nothing is added."""
    of_it: dict[str, Any] = {"organisation_id": case.organisation_id}
    begun = case.received_at
    Step.objects.bulk_create(
        Step(
            **of_it, case=case, act=Act.WRITE, target=case.state, at=begun + BETWEEN * rank, by_kind=by.kind,
            by_id=by.id, by_name=by.name, words=MESSAGES[rank % len(MESSAGES)][:300], is_shared=True,
        )
        for rank in range(Step.objects.filter(case=case).count(), STEPS)
    )  # fmt: skip
    Document.objects.bulk_create(
        Document(
            **of_it, beneficiary_id=case.beneficiary_id, key_id=case.key_id,
            public_id=_known("d", case, rank), shown_name=f"{PIECES[rank % len(PIECES)]}.pdf",
            our_name=f"piece-{rank}.pdf", media_type="application/pdf", size=184_320, sha256=f"{rank:064x}",
            blob=f"{case.pk}-{rank}",
            state=Checked.CLEAN, deposited_at=begun + BETWEEN * rank, deposited_by="La personne",
        )
        for rank in range(Document.objects.filter(key_id=case.key_id).count(), DOCUMENTS)
    )  # fmt: skip
    _write(case, by, of_it)
    return case.reference


def _write(case: Case, by: Actor, of_it: dict[str, Any]) -> None:
    template = LetterTemplate.objects.filter(kind=Kind.RECLASSIFIED).order_by("pk")[0]
    signed = Letter.objects.filter(case=case, signed_at__isnull=False)
    Letter.objects.bulk_create(
        Letter(
            **of_it, case=case, template=template, kind=template.kind, public_id=_known("l", case, rank),
            title=template.title, body=MESSAGES[rank % len(MESSAGES)], saved_by=by.name, signed_by=by.name,
            saved_at=case.received_at + BETWEEN * rank, signed_at=case.received_at + BETWEEN * rank,
            signed_as=by.title,
        )
        for rank in range(signed.count(), LETTERS)
    )  # fmt: skip


def _known(what: str, case: Case, rank: int) -> uuid.UUID:
    """The same at each run."""
    text = f"{what}{case.reference}{rank}"
    return uuid.UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())
