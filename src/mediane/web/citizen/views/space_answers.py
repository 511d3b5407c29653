"""What the person sends: a requested document, the reason it is missing, a message."""

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.actions import excuse_document, send_document, write_to_service
from mediane.casework.actions.step import lock
from mediane.casework.models import Case, RequestedDocument
from mediane.casework.queries.own_case import last_message
from mediane.casework.states import State
from mediane.documents.rules import ACCEPT
from mediane.kit import clock
from mediane.web.citizen.forms_space import Excuse, SendDocument, Write
from mediane.web.citizen.space_case import found, page_of, requested
from mediane.web.deposits import deposited
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import PersonRequest

# Nothing is written there any more: the page of the case says where.
READ_ELSEWHERE = (State.TRANSFERRED, State.MERGED)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: PersonRequest, reference: str, place: int) -> HttpResponse:
    case = found(request, reference)
    item = _item(case, place)
    if item.answered_at is not None:
        return redirect(page_of(case))
    form = submitted(SendDocument, request)
    if form.is_bound and form.is_valid():
        # The file and what is said of it hold together: both or neither.
        with refusals_on(form, "file"), transaction.atomic():
            document = deposited(case, form.cleaned_data["file"], by=request.actor)
            send_document(case=case, item=item, document=document, by=request.actor, at=clock.now())
        if form.is_valid():
            return redirect(page_of(case))
    return render(
        request,
        "citizen/space_send.html",
        {"case": case, "item": item, "place": place, "form": form, "accept": ACCEPT},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def excuse(request: PersonRequest, reference: str, place: int) -> HttpResponse:
    case = found(request, reference)
    item = _item(case, place)
    if item.answered_at is not None:
        return redirect(page_of(case))
    form = submitted(Excuse, request)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            words = form.cleaned_data["excuse"]
            excuse_document(case=case, item=item, excuse=words, by=request.actor, at=clock.now())
        if form.is_valid():
            return redirect(page_of(case))
    return render(
        request, "citizen/space_excuse.html", {"case": case, "item": item, "place": place, "form": form}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    form = submitted(Write, request)
    is_read = case.state not in READ_ELSEWHERE
    if not is_read and not form.is_bound:
        return redirect(page_of(case))
    if form.is_bound and form.is_valid():
        with refusals_on(form, "joined"), transaction.atomic():
            _write_once(request, case, form)
        if form.is_valid():
            return redirect(page_of(case) + "#messages")
    context = {"case": case, "form": form, "accept": ACCEPT, "is_read": is_read}
    return render(request, "citizen/space_write.html", context)


def _write_once(request: PersonRequest, case: Case, form: Write) -> None:
    """The same words sent twice in a row are one message: a double click, a lost connection."""
    lock(case)
    body, last = form.cleaned_data["body"], last_message(case)
    if last is not None and last.is_from_person and last.body == body:
        return
    documents = [deposited(case, file, by=request.actor) for file in form.cleaned_data["joined"]]
    write_to_service(case=case, body=body, documents=documents, by=request.actor, at=clock.now())


def _item(case: Case, place: int) -> RequestedDocument:
    """The document asked at that place of the list.

    :raises Http404: for none there, or one that is not asked any more.
    """
    asked = requested(case)
    if not 1 <= place <= len(asked):
        raise Http404
    item = asked[place - 1]
    if item.answered_at is None and item.request.closed_at is not None:
        raise Http404
    return item
