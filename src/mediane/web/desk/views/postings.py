"""Letters on paper: what is to be printed, its PDF, and that it left."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.casework import actions, rights
from mediane.casework.models import Case, Posting
from mediane.casework.queries.postings import posting_of, waiting
from mediane.casework.states import Paper
from mediane.correspondence.queries import NotYetMade, posting_pdf
from mediane.kit import clock
from mediane.kit.refusal import Refusal
from mediane.web.desk.finding import found
from mediane.web.desk.forms_postings import AcknowledgeSender
from mediane.web.desk.receipts import came_from_somebody
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

NAMES = {
    Paper.RECEIPT: "accuse-enregistrement",
    Paper.SENDER: "accuse-a-un-tiers",
    Paper.MERGED: "demandes-reunies",
    Paper.SEPARATED: "demandes-separees",
    Paper.TRANSFERRED: "demande-transferee",
    Paper.CANCELLED: "rendez-vous-annule",
    Paper.AWAITED: "rappel-de-pieces",
    Paper.MOVED: "date-changee",
    Paper.LETTER: "lettre",
}


@require_safe
def postings(request: StaffRequest) -> HttpResponse:
    return _show(request)


@require_safe
def posting(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    """To be printed, and printed again: that it left is for somebody to say."""
    letter = _of(found(request, reference), public_id)
    try:
        made = posting_pdf(letter)
    except NotYetMade as refusal:
        said = {"content_type": "text/plain", "headers": {"Retry-After": "5"}}
        return HttpResponse(refusal.sentence, status=503, **said)
    response = HttpResponse(made, content_type="application/pdf")
    # Nothing of the person in the name of what goes to somebody else.
    of = "" if letter.kind == Paper.SENDER else f"-{reference}"
    response["Content-Disposition"] = f'inline; filename="{NAMES[Paper(letter.kind)]}{of}.pdf"'
    return response


@require_POST
def post(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    """The ordinary way, in one gesture: a simple letter, today."""
    return _done(request, reference, public_id, actions.post)


@require_POST
def throw_away(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    return _done(request, reference, public_id, actions.throw_away)


@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge_sender(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    form = submitted(AcknowledgeSender, request, case=case, today=today, initial=_known(case))
    if form.is_valid():
        with refusals_on(form):
            actions.acknowledge_sender(
                case=case,
                sender=form.sender(),
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:postings")
        form.sees(case)
    return render(request, "desk/acknowledge_sender.html", {"case": case, "form": form})


def _done(request: StaffRequest, reference: str, public_id: UUID, verb: Callable[..., None]) -> HttpResponse:
    letter = _of(found(request, reference), public_id)
    try:
        verb(posting=letter, by=request.actor, at=clock.now())
    except Refusal as refusal:
        return _show(request, f"Dossier {reference}, {letter.get_kind_display()}\u00a0: {refusal.sentence}")
    return redirect("desk:postings")


def _known(case: Case) -> dict[str, object]:
    """What was typed at the entry of what they addressed."""
    known: dict[str, object] = {"version": case.version}
    if came_from_somebody(case):
        known |= {"name": case.referral.helper, "received_on": case.received_on}
    return known


def _of(case: Case, public_id: UUID) -> Posting:
    try:
        return posting_of(case, public_id)
    except Posting.DoesNotExist as unknown:
        raise Http404 from unknown


def _show(request: StaffRequest, refused: str = "") -> HttpResponse:
    rows, total = waiting(request.organisation.pk)
    return render(request, "desk/postings.html", {"rows": rows, "total": total, "refused": refused})
