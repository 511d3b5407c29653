from uuid import UUID

from django.db.models import QuerySet

from mediane.casework.models import Case
from mediane.correspondence.models import Kind, Letter
from mediane.correspondence.rules.pdf import context_of
from mediane.documents.queries import opened
from mediane.kit import sealing
from mediane.kit.prepared import prepared
from mediane.kit.refusal import Refusal


class NotYetMade(Refusal):
    """The PDF is made by a job, a few seconds after the signature."""


def signed_letters_of(case: Case) -> list[Letter]:
    """What was sent, newest first, without the PDF."""
    return list(
        Letter.objects.defer("pdf").filter(case=case, signed_at__isnull=False).order_by("-signed_at", "-pk")
    )


def unread_of(beneficiary_id: int) -> set[int]:
    """The person’s cases with a letter that was never opened; in one statement."""
    return set(_unread(beneficiary_id))


@prepared
def _unread(beneficiary_id: int) -> QuerySet[Letter, int]:
    unread = Letter.objects.filter(case__beneficiary_id=beneficiary_id, signed_at__isnull=False, read_at=None)
    return unread.values_list("case_id", flat=True)


def signed_letter(case: Case, public_id: UUID) -> Letter:
    """:raises Letter.DoesNotExist: for a draft, or a letter of another case."""
    return Letter.objects.select_related("template").get(
        case=case, public_id=public_id, signed_at__isnull=False
    )


def draft_reply_of(case: Case) -> Letter | None:
    return next(iter(_draft_replies(case.pk)), None)


@prepared
def _draft_replies(case: int) -> QuerySet[Letter]:
    return Letter.objects.select_related("template").filter(case_id=case, kind=Kind.REPLY, signed_at=None)


def pdf_of(letter: Letter) -> bytes:
    """The PDF as it was sent, unsealed.

    :raises NotYetMade: in the seconds before the job has made it.
    :raises sealing.Broken: if it was altered.
    """
    if letter.pdf is None:
        raise NotYetMade("Le PDF de cette lettre se prépare. Revenez dans un instant.")
    return sealing.unseal(bytes(letter.pdf), opened(letter.case.key), context=context_of(letter.public_id))
