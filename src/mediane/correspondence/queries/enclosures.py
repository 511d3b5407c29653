"""The documents that go with a letter."""

import hashlib
from collections.abc import Callable, Sequence

from django.db.models import F, FilteredRelation, Q

from mediane.casework.models import Case
from mediane.correspondence.models import Enclosure, Letter
from mediane.correspondence.queries.letters import pdf_of
from mediane.correspondence.rules import enclosed
from mediane.documents.models import Document, State
from mediane.documents.queries import content
from mediane.documents.rules.printed import bound
from mediane.kit import sealing
from mediane.kit.french import NBSP


def enclosures_of(letter: Letter) -> list[Enclosure]:
    """In their order, each with its document; none of a letter that is not written down yet."""
    if letter.pk is None:
        return []
    rows = Enclosure.objects.select_related("document__key").filter(letter=letter)
    return list(rows.order_by("rank", "pk"))


def may_be_enclosed(case: Case) -> list[Document]:
    """Verified files of the case, that its person may open: never a note, nor what a service was asked."""
    files = Document.objects.filter(_of(case), state=State.CLEAN)
    return list(files.order_by("deposited_at", "pk"))


def offered(letter: Letter) -> list[Document]:
    """What may be ticked: those that go with the letter first, by `rank`, then the others of the case.

    One that goes with it and is no longer verified stays in sight, to be taken out.
    """
    files = Document.objects.annotate(
        of_this_letter=FilteredRelation("enclosed_in", condition=Q(enclosed_in__letter=letter)),
        rank=F("of_this_letter__rank"),
    )
    wanted = files.filter(_of(letter.case)).filter(Q(state=State.CLEAN) | Q(rank__isnull=False))
    return list(wanted.order_by(F("rank").asc(nulls_last=True), "deposited_at", "pk"))


def gone(pieces: Sequence[Enclosure]) -> list[str]:
    """What stops the signature: a file that is no longer verified, by its name."""
    return [enclosed.gone(one.shown_name) for one in pieces if not one.is_verified]


def named(
    letter: Letter, pieces: Sequence[Enclosure], sees: Callable[[Document], bool] = lambda _: True
) -> tuple[str, ...]:
    """What the letter says it carries: « Bail.pdf, 2 pages »; `sees`: which of them the reader may see."""
    said = [enclosed.EXPLANATION] if letter.annex is not None else []
    said += [_in_words(one) if sees(one.document) else enclosed.HERS_ALONE for one in pieces]
    return tuple(said)


def file_of(enclosure: Enclosure) -> bytes:
    """The file as it was when the letter was signed.

    :raises sealing.Broken: if it is not the same any more.
    """
    data = content(enclosure.document)
    if hashlib.sha256(data).hexdigest() != enclosure.sha256:
        raise sealing.Broken(f"enclosure {enclosure.pk} is not what was signed")
    return data


def whole_pdf(letter: Letter) -> bytes:
    """The letter as it was signed, then the pages of what goes with it: all there is to print.

    A file refused since is opened nowhere: the letter names it, its pages are left out.

    :raises NotYetMade: in the seconds before the job has made it.
    """
    made, pieces = pdf_of(letter), [one for one in enclosures_of(letter) if one.is_verified]
    return bound([made, *map(file_of, pieces)]) if pieces else made


def _of(case: Case) -> Q:
    return Q(key_id=case.key_id, beneficiary_id=case.beneficiary_id)


def _in_words(one: Enclosure) -> str:
    pages = one.document.pages
    return f"{one.shown_name}, {pages}{NBSP}pages" if pages > 1 else one.shown_name
