"""A request that came by letter, e-mail, telephone or at the desk: entered, then its receipt."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.casework import actions
from mediane.correspondence.paper import receipt_pdf
from mediane.documents import rules as files
from mediane.documents.rules import FileRefused
from mediane.kit import clock
from mediane.mailroom import actions as mailroom
from mediane.mailroom.actions.sorting import AlreadySorted
from mediane.mailroom.models import Mail
from mediane.mailroom.queries import words_of as mail_words
from mediane.people import actions as people
from mediane.people.actions import NumberTaken
from mediane.people.models import Beneficiary
from mediane.people.queries import MOST, FoundPeople
from mediane.referrals.actions import AlreadyEntered
from mediane.referrals.queries import documents_of
from mediane.web.desk.finding import found
from mediane.web.desk.forms_intake import BY_SPACE, NEW, Intake
from mediane.web.desk.receipts import sheet_of, words_of
from mediane.web.request import StaffRequest

CHOOSE_AGAIN = "Choisissez à nouveau vos fichiers\u00a0: le navigateur ne les garde pas après une correction"
FIND = "find"
FIELD_OF: dict[type, str] = {NumberTaken: "number", FileRefused: "documents"}


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    at = clock.now()
    today = clock.day_of(at, request.organisation.time_zone)
    if request.method != "POST":
        return _show(request, _blank(request, today))
    looked = _look_for(request)
    shown = [*looked.people] if looked else []
    chosen = _chosen(request)
    if chosen and chosen not in shown:
        shown.append(chosen)
    if FIND in request.POST:
        # Nothing is judged yet: what is typed comes back as it is, with the people found.
        return _show(request, _as_typed(request, today, shown), looked, shown)
    form = Intake(data=request.POST, files=request.FILES, today=today, found=shown)
    if form.is_valid() and (done := _register(request, form)):
        return done
    if form.has_error("entry_key"):
        form.renew()
    if form.sent:
        form.add_error("documents", CHOOSE_AGAIN)
    return _show(request, form, looked, shown)


def _register(request: StaffRequest, form: Intake) -> HttpResponseRedirect | None:
    """Once; a refusal stands on the field it is about."""
    given: dict[str, Any] = {"entry": form.entry(), "of": form.of(), "by": request.actor, "at": clock.now()}
    chosen = form.cleaned_data["courrier"]
    try:
        case = (
            mailroom.register(mail=_mail(request, chosen), **given) if chosen else actions.register(**given)
        )
    except (NumberTaken, FileRefused, AlreadyEntered, AlreadySorted) as refusal:
        form.add_error(FIELD_OF.get(type(refusal)), ValidationError(refusal.sentence, code="refused"))
        if isinstance(refusal, AlreadyEntered):
            form.renew()
        return None
    return redirect("desk:registered", reference=case.reference)


@require_POST
def suggest_people(request: StaffRequest) -> HttpResponse:
    """The lines under the search box, for the script of the page; a name never enters an address."""
    looked = _look_for(request)
    shown = looked.people if looked else []
    words = {"people": shown, "looked": looked, "chosen": request.POST.get("person", ""), "most": MOST}
    return render(request, "desk/parts/intake_people.html", words)


@require_safe
def registered(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    return render(request, "desk/registered.html", {"case": case, **words_of(case)})


@require_safe
def receipt(request: StaffRequest, reference: str) -> HttpResponse:
    """The registration receipt on paper (CRPA R. 112-11-1), for the post."""
    case = found(request, reference)
    response = HttpResponse(
        receipt_pdf(sheet_of(case, documents_of(case.referral))), content_type="application/pdf"
    )
    name = f"accuse-enregistrement-{case.reference}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _blank(request: StaffRequest, today: date) -> Intake:
    """Empty, or with what a mail of the tray says."""
    chosen = request.GET.get("courrier")
    if chosen is None:
        return Intake.blank(today)
    try:
        mail = _mail(request, UUID(chosen))
    except ValueError as unknown:
        raise Http404 from unknown
    words = mail_words(mail)
    return Intake.blank(
        today,
        courrier=mail.public_id,
        channel="EMAIL",
        received_on=clock.day_of(mail.received_at, request.organisation.time_zone),
        q=words.sender_name[:80],
        asked=words.subject[:160],
        explanation=words.text[:4000],
        answer_by=BY_SPACE,
    )


def _mail(request: StaffRequest, public_id: UUID) -> Mail:
    try:
        return mailroom.open_mail(public_id=public_id, by=request.actor, at=clock.now())
    except Mail.DoesNotExist as nowhere:
        raise Http404 from nowhere


def _look_for(request: StaffRequest) -> FoundPeople | None:
    text = request.POST.get("q", "").strip()[:80]
    return people.look_for(text=text, by=request.actor, at=clock.now()) if text else None


def _chosen(request: StaffRequest) -> Beneficiary | None:
    """Of this Caf, or nobody: the database shows no other."""
    chosen = request.POST.get("person", "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 19):
        return None
    return people.pick(pk=int(chosen), by=request.actor, at=clock.now())


def _as_typed(request: StaffRequest, today: date, shown: list[Beneficiary]) -> Intake:
    typed = Intake(data=request.POST, today=today, found=shown)
    return Intake(today=today, found=shown, initial={field.name: field.value() for field in typed})


def _show(
    request: StaffRequest,
    form: Intake,
    looked: FoundPeople | None = None,
    shown: list[Beneficiary] | None = None,
) -> HttpResponse:
    words = {
        "form": form,
        "looked": looked,
        "people": shown or [],
        "chosen": form["person"].value() or "",
        "most": MOST,
        "new": NEW,
        "announcement": files.ANNOUNCEMENT,
        "accept": files.ACCEPT,
    }
    return render(request, "desk/intake.html", words)
