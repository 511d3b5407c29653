"""A request that came by letter, e-mail, telephone or at the desk: entered, then its receipt."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.callbacks import actions as callbacks
from mediane.callbacks.models import CallbackRequest
from mediane.casework import actions
from mediane.correspondence.paper import receipt_pdf
from mediane.correspondence.queries import receipt_sheet
from mediane.documents import rules as files
from mediane.documents.rules import FileRefused
from mediane.kit import clock
from mediane.kit.french import weight
from mediane.kit.refusal import Refusal
from mediane.mailroom import actions as mailroom
from mediane.mailroom.models import Mail
from mediane.mailroom.queries import words_of as mail_words
from mediane.people import actions as people
from mediane.people.actions import NumberTaken
from mediane.people.models import Beneficiary
from mediane.people.queries import MOST, FoundPeople
from mediane.referrals import actions as referrals
from mediane.referrals.actions import AlreadyEntered
from mediane.referrals.queries import kept_files
from mediane.web.desk.entries import entry_of, whose
from mediane.web.desk.finding import found
from mediane.web.desk.forms_intake import BY_SPACE, NEW, Intake
from mediane.web.desk.receipts import came_from_somebody, words_of
from mediane.web.keeping import resume
from mediane.web.request import StaffRequest

# What these buttons ask for judges nothing of what is typed.
FIND, DROP = "find", "drop"


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: StaffRequest) -> HttpResponse:
    at = clock.now()
    today = clock.day_of(at, request.organisation.time_zone)
    if request.method != "POST":
        return _begin(request, today)
    looked = _look_for(request)
    shown = [*looked.people] if looked else []
    chosen = _chosen(request)
    if chosen and chosen not in shown:
        shown.append(chosen)
    is_judged = {FIND, DROP}.isdisjoint(request.POST)
    form = Intake(data=request.POST, files=request.FILES, today=today, found=shown, is_judged=is_judged)
    if form.is_valid() and is_judged and (done := _register(request, form)):
        return done
    _keep_files(request, form)
    return _show(request, form, looked, shown)


def _register(request: StaffRequest, form: Intake) -> HttpResponseRedirect | None:
    """Once; a refusal stands on the field it is about."""
    given: dict[str, Any] = {"entry": entry_of(form), "of": whose(form), "by": request.actor}
    chosen, at = form.cleaned_data["courrier"], clock.now()
    try:
        if chosen:
            case = mailroom.register(mail=_mail(request, chosen), at=at, **given)
        else:
            case = actions.register(at=at, **given)
    except FileRefused as refusal:
        # Each file says it for itself, when those that are good are kept.
        form.file_refusals.append(refusal.sentence)
    except Refusal as refusal:
        field = "number" if isinstance(refusal, NumberTaken) else None
        form.add_error(field, ValidationError(refusal.sentence, code="refused"))
        if isinstance(refusal, AlreadyEntered):
            form.renew()
    else:
        return redirect("desk:registered", reference=case.reference)
    return None


def _keep_files(request: StaffRequest, form: Intake) -> None:
    """Those of this try stay with the page: a browser forgets them at each correction."""
    key = form.page_key
    if DROP in request.POST:
        _drop_file(request, key)
    refused = []
    for name, data in form.sent:
        try:
            referrals.keep(entry_key=key, name=name, data=data, by=request.actor, at=clock.now())
        except Refusal as refusal:
            refused.append(refusal.sentence)
    for sentence in dict.fromkeys(refused or form.file_refusals):
        form.add_error("documents", ValidationError(sentence, code="refused"))


def _drop_file(request: StaffRequest, key: UUID) -> None:
    try:
        public_id = UUID(request.POST[DROP])
    except ValueError as unknown:
        raise Http404 from unknown
    referrals.drop(entry_key=key, public_id=public_id, by=request.actor)


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
    words = {"case": case, "from_somebody": came_from_somebody(case), **words_of(case)}
    return render(request, "desk/registered.html", words)


@require_safe
def receipt(request: StaffRequest, reference: str) -> HttpResponse:
    """The registration receipt on paper (CRPA R. 112-11-1), for the post."""
    case = found(request, reference)
    response = HttpResponse(receipt_pdf(receipt_sheet(case)), content_type="application/pdf")
    name = f"accuse-enregistrement-{case.reference}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _begin(request: StaffRequest, today: date) -> HttpResponse:
    """Empty, or with what a mail of the tray, or a call-back request, says."""
    if "rappel" in request.GET:
        return _show(request, _called_back(request, today))
    if "courrier" not in request.GET:
        return _show(request, Intake.blank(today))
    try:
        mail = _mail(request, UUID(request.GET["courrier"]))
    except ValueError as unknown:
        raise Http404 from unknown
    if mail.state not in mailroom.STILL_FREE:
        # Its page says who was first, and what became of it.
        return redirect("desk:mail", public_id=mail.public_id)
    return _show(request, _written(request, mail, today))


def _written(request: StaffRequest, mail: Mail, today: date) -> Intake:
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


def _called_back(request: StaffRequest, today: date) -> Intake:
    try:
        asked = callbacks.open_request(pk=UUID(request.GET["rappel"]), by=request.actor, at=clock.now())
    except (ValueError, CallbackRequest.DoesNotExist) as unknown:
        raise Http404 from unknown
    caller = asked.caller
    return Intake.blank(
        today,
        channel="PHONE",
        q=caller.number or caller.full_name[:80],
        number=caller.number,
        first_name=caller.first_name,
        last_name=caller.last_name,
        phone=caller.phone,
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


def _show(
    request: StaffRequest,
    form: Intake,
    looked: FoundPeople | None = None,
    shown: list[Beneficiary] | None = None,
) -> HttpResponse:
    # The same page enters another letter: what was begun is offered, never mixed in.
    resume(form, request, only_if_asked=True)
    words = {
        "form": form,
        "looked": looked,
        "people": shown or [],
        "chosen": form["person"].value() or "",
        "most": MOST,
        "new": NEW,
        "announcement": files.ANNOUNCEMENT,
        "accept": files.ACCEPT,
        "kept": _kept(request, form) if form.is_bound else [],
        "drop": DROP,
    }
    return render(request, "desk/intake.html", words)


def _kept(request: StaffRequest, form: Intake) -> list[dict[str, Any]]:
    return [
        {"id": document.public_id, "name": document.shown_name, "note": weight(document.size)}
        for document in kept_files(request.organisation.pk, form.page_key)
    ]
