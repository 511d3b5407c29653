"""Letters that left: how, what became of each, and what is done about one that came back."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.casework import actions
from mediane.casework.models import Case, Posting
from mediane.casework.queries.postings import (
    came_back_from,
    place_of,
    posting_of,
    sent_to,
    those_that_left,
)
from mediane.casework.queries.reaching import reaching
from mediane.casework.states import Fate, Paper, Postage, Retold
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_dispatch import FateForm, LeavingForm, RetellForm
from mediane.web.desk.post import doubt_in_words, fate_in_words, left_in_words, shown_posting
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_safe
def left(request: StaffRequest) -> HttpResponse:
    rows, total = those_that_left(request.organisation.pk)
    zone = request.organisation.time_zone
    shown = [(shown_posting(one, zone), left_in_words(one), fate_in_words(one)) for one in rows]
    return render(request, "desk/postings_left.html", {"rows": shown, "total": total})


@require_http_methods(["GET", "HEAD", "POST"])
def dispatch(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    posting, today = _of(case, public_id), clock.today(request.organisation.time_zone)
    initial = {"on": today, "postage": Postage.SIMPLE}
    form = submitted(LeavingForm, request, received_on=case.received_on, today=today, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            actions.post(posting=posting, leaving=form.leaving(), by=request.actor, at=clock.now())
            return redirect("desk:postings")
        posting = _of(case, public_id)
    to_the_person = posting.kind != Paper.SENDER
    place = place_of(reaching(case)) if to_the_person else posting.address
    back = came_back_from(case, place) if to_the_person else None
    doubt = doubt_in_words(back) if back else ""
    context = {"case": case, "posting": posting, "form": form, "place": place, "doubt": doubt}
    return render(request, "desk/posting_leaves.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_fate(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    posting, today = _of(case, public_id), clock.today(request.organisation.time_zone)
    form = submitted(FateForm, request, posting=posting, today=today, initial={"on": today})
    if form.is_valid():
        with refusals_on(form):
            given = form.cleaned_data
            actions.note_fate(
                posting=posting, fate=Fate(given["fate"]), on=given["on"], by=request.actor, at=clock.now()
            )
            return redirect("desk:case", reference=reference)
        posting = _of(case, public_id)
    return _page(request, "desk/posting_fate.html", posting, form)


@require_http_methods(["GET", "HEAD", "POST"])
def tell_otherwise(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    posting = _of(case, public_id)
    form = submitted(RetellForm, request, posting=posting)
    if form.is_valid():
        with refusals_on(form):
            how = Retold(form.cleaned_data["how"])
            actions.tell_otherwise(posting=posting, how=how, by=request.actor, at=clock.now())
            return redirect("desk:case", reference=reference)
        posting = _of(case, public_id)
    return _page(request, "desk/posting_retell.html", posting, form)


def _page(
    request: StaffRequest, template: str, posting: Posting, form: FateForm | RetellForm
) -> HttpResponse:
    case = posting.case
    context = {
        "case": case,
        "posting": posting,
        "form": form,
        "lines": shown_posting(posting, case.organisation.time_zone).lines,
        "sent_to": sent_to(posting),
        "place": place_of(reaching(case)) if posting.kind != Paper.SENDER else posting.address,
    }
    return render(request, template, context)


def _of(case: Case, public_id: UUID) -> Posting:
    try:
        return posting_of(case, public_id)
    except Posting.DoesNotExist as unknown:
        raise Http404 from unknown
