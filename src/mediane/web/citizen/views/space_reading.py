"""What the person reads: letters received, documents sent."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from mediane.casework.models import Case
from mediane.casework.queries.own_case import documents_of, may_see
from mediane.correspondence.actions import open_enclosure, open_letter
from mediane.correspondence.models import Letter
from mediane.correspondence.paper import LetterSheet
from mediane.correspondence.paper import letter_pdf as drawn
from mediane.correspondence.queries import (
    copy_of,
    large,
    pdf_of,
    sheet_of,
    signed_letter,
    signed_letters_of,
)
from mediane.correspondence.queries.annex import annex_of
from mediane.correspondence.queries.enclosures import enclosures_of, file_of
from mediane.correspondence.rules.blocks import blocks
from mediane.documents.models import Document
from mediane.documents.queries import content, may_be_read_by
from mediane.documents.rules import content_disposition
from mediane.kit import clock
from mediane.web.citizen.space_case import day, found, papers
from mediane.web.citizen.space_moved import moved
from mediane.web.citizen.space_pieces import may_open, pieces_of
from mediane.web.design.overpayment import shown
from mediane.web.request import PersonRequest


@require_safe
def letter(request: PersonRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    read = _signed(case, public_id)
    open_letter(letter=read, by=request.actor, at=clock.now())
    signed_on = day(read.signed_at or read.saved_at, case.organisation.time_zone)
    context = {"case": case, "letter": read, "blocks": blocks(read.body), "signed_on": signed_on}
    context |= {"annex": shown(annex_of(read)), "pieces": pieces_of(read, case, request.actor)}
    return render(request, "citizen/space_letter.html", context)


@require_safe
def letter_pdf(request: PersonRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    read = _signed(case, public_id)
    if read.pdf is None:
        # Made a few seconds after the signature: the page says so.
        return redirect("citizen:letter", reference=case.reference, public_id=public_id)
    open_letter(letter=read, by=request.actor, at=clock.now())
    made = pdf_of(read) if request.actor.kind == "person" else drawn(_copy(read, case, request))
    return _download(made, "application/pdf", f"{read.get_kind_display()} {case.reference}.pdf")


@require_safe
def letter_large(request: PersonRequest, reference: str, public_id: UUID) -> HttpResponse:
    """Drawn when asked for, from what was signed."""
    case = found(request, reference)
    read = _signed(case, public_id)
    open_letter(letter=read, by=request.actor, at=clock.now())
    sheet = sheet_of(read) if request.actor.kind == "person" else _copy(read, case, request)
    name = f"{read.get_kind_display()} {case.reference}, grands caractères.pdf"
    return _download(drawn(large(sheet)), "application/pdf", name)


@require_safe
def letter_easy(request: PersonRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    read = _signed(case, public_id)
    if not read.easy:
        raise Http404
    open_letter(letter=read, by=request.actor, at=clock.now())
    signed_on = day(read.signed_at or read.saved_at, case.organisation.time_zone)
    context = {"case": case, "letter": read, "blocks": blocks(read.easy), "signed_on": signed_on}
    context["pieces"] = pieces_of(read, case, request.actor)
    return render(request, "citizen/space_letter_easy.html", context)


@require_safe
def enclosure(request: PersonRequest, reference: str, public_id: UUID, place: int) -> HttpResponse:
    """A document that goes with a letter, as it was when it was signed."""
    case = found(request, reference)
    read = _signed(case, public_id)
    read.case = case
    wanted = next((one for one in enclosures_of(read) if one.rank == place), None)
    if wanted is None or not may_open(request.actor, case)(wanted.document):
        raise Http404
    open_enclosure(enclosure=wanted, letter=read, by=request.actor, at=clock.now())
    return _download(file_of(wanted), wanted.document.media_type, wanted.document.our_name)


@require_safe
def documents(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    shown = list(filter(may_see(request.actor, case), documents_of(case)))
    lines = [*papers(case, signed_letters_of(case), shown), *moved(case, request.actor).papers]
    return render(request, "citizen/space_documents.html", {"case": case, "papers": lines})


@require_safe
def document(request: PersonRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    sent = Document.objects.select_related("key").filter(key_id=case.key_id, public_id=public_id).first()
    if sent is None or not (may_be_read_by(request.actor, sent) and may_see(request.actor, case)(sent)):
        raise Http404
    return _download(content(sent), sent.media_type, sent.our_name)


def _copy(letter: Letter, case: Case, request: PersonRequest) -> LetterSheet:
    return copy_of(letter, sees=may_see(request.actor, case))


def _signed(case: Case, public_id: UUID) -> Letter:
    try:
        return signed_letter(case, public_id)
    except Letter.DoesNotExist as error:
        raise Http404 from error


def _download(data: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type=media_type, headers=headers)
