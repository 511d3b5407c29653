"""The reply: chosen, written, looked at, signed; and the letters that left."""

from contextlib import suppress
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from mediane.casework import rights
from mediane.casework.models import Case
from mediane.casework.queries.effects import has_money
from mediane.casework.states import Outcome
from mediane.correspondence import actions as correspondence
from mediane.correspondence.actions import (
    AlreadySigned,
    Conclusion,
    NotEnclosed,
    NothingToRead,
    SavedMeanwhile,
)
from mediane.correspondence.actions.signing import signed_as
from mediane.correspondence.models import Kind, Letter
from mediane.correspondence.paper import LetterSheet, letter_pdf
from mediane.correspondence.queries import (
    NotYetMade,
    Signature,
    draft_reply_of,
    offers_for,
    pdf_of,
    picture_of,
    sheet_of,
    signed_letter,
    signed_letters_of,
)
from mediane.correspondence.queries.annex import annex_of
from mediane.correspondence.queries.enclosures import enclosures_of
from mediane.correspondence.queries.sheets import address_of, mark_of
from mediane.documents.rules.names import content_disposition
from mediane.kit import clock
from mediane.web.design.overpayment import shown
from mediane.web.desk.editor import as_written, before_signing, editor, together_in_the_editor
from mediane.web.desk.finding import found
from mediane.web.desk.forms_decisions import ReplyForm, SignatureForm, TemplateForm, VersionForm
from mediane.web.desk.telling import told_of_cancelled, told_of_letter
from mediane.web.desk.views.closing import reasons_for, still_to_say
from mediane.web.desk.views.money import SIGNING
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "POST"])
def reply(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    letter = _draft(case)
    if letter is None and "body" not in request.POST:
        return _choose_template(request, case)
    form = submitted(ReplyForm, request, initial=as_written(letter))
    met: SavedMeanwhile | None = None
    if request.method == "POST" and form.is_valid() and letter is not None:
        try:
            correspondence.save_reply(letter=letter, edit=form.edit(), by=request.actor, at=clock.now())
        except SavedMeanwhile as refusal:
            met, form = refusal, together_in_the_editor(form, refusal)
        except NotEnclosed as refusal:
            form.add_error("enclosures", refusal.sentence)
        except AlreadySigned as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _saved(request, letter)
        letter = _draft(case)
    if letter is None:
        return _too_late(request, case, form)
    return render(request, "desk/letter_reply.html", editor(request, letter, form, met))


@require_POST
def discard_reply(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    letter = _draft_or_404(case)
    form = VersionForm(data=request.POST)
    if form.is_valid():
        seen_version = form.cleaned_data["version"]
        with refusals_on(form):
            correspondence.discard_reply(
                letter=letter, seen_version=seen_version, by=request.actor, at=clock.now()
            )
            return redirect("desk:reply", reference=reference)
    current = _draft(case)
    if current is None:
        return redirect("desk:reply", reference=reference)
    context = editor(request, current, ReplyForm(initial=as_written(current)))
    context["refusal"] = " ".join(map(str, form.non_field_errors()))
    return render(request, "desk/letter_reply.html", context)


@require_GET
def reply_picture(request: StaffRequest, reference: str) -> HttpResponse:
    """The draft as it will print. When it takes too long the page keeps its text, and says so."""
    letter = _draft_or_404(found(request, reference))
    try:
        picture = picture_of(_preview(request, letter))
    except TimeoutError:
        return HttpResponse("L’aperçu prend trop de temps.", status=503, content_type="text/plain")
    return HttpResponse(picture, content_type="image/png", headers={"Cache-Control": "private, no-store"})


@require_GET
def reply_pdf(request: StaffRequest, reference: str) -> HttpResponse:
    letter = _draft_or_404(found(request, reference))
    return _pdf(letter_pdf(_preview(request, letter)), f"brouillon-{reference}.pdf")


@require_http_methods(["GET", "POST"])
def sign_reply(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    if not rights.may_decide(request.actor, case):
        raise PermissionDenied
    letter = _draft(case)
    if letter is None:
        return _too_late(request, case, ReplyForm())
    today = clock.today(request.organisation.time_zone)
    offered = {"reasons": reasons_for(case, today), "has_money": has_money(case)}
    initial = {"grounds": case.grounds} | letter.chosen.get(str(request.actor.id), {})
    form = submitted(SignatureForm, request, today=today, initial=initial, **offered)
    away = next((go for name, go in AWAY.items() if name in request.POST), None)
    if request.method == "POST" and (away or form.is_valid()):
        with refusals_on(form):
            return (away or _sign)(request, letter, form)
        case = found(request, reference)
        letter = _draft(case)
        if letter is None:
            return _too_late(request, case, form)
    kept = request.method == "POST" and not form.non_field_errors()
    address = address_of(case)
    context = {
        "address": address,
        "address_mark": (kept and form["address"].value()) or mark_of(address),
        "case": case,
        "form": form,
        "letter": letter,
        "version": form["version"].value() if kept else letter.version,
        "remarks": before_signing(letter, today),
        "enclosures": enclosures_of(letter),
        "cancelled": told_of_cancelled(case, clock.now()),
        "goes": told_of_letter(case),
        "checklist": still_to_say(form, case),
    }
    return render(request, "desk/letter_sign.html", context)


@require_GET
def letter(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    case = found(request, reference)
    sent = _sent(case, public_id)
    correspondence.open_letter(letter=sent, by=request.actor, at=clock.now())
    context = {
        "case": case,
        "letter": sent,
        "sheet": sheet_of(sent),
        "annex": shown(annex_of(sent)),
        "enclosures": enclosures_of(sent),
    }
    return render(request, "desk/letter.html", context)


@require_GET
def sent_pdf(request: StaffRequest, reference: str, public_id: UUID) -> HttpResponse:
    sent = _sent(found(request, reference), public_id)
    try:
        made = pdf_of(sent)
        correspondence.open_letter(letter=sent, by=request.actor, at=clock.now())
    except NotYetMade as refusal:
        return HttpResponse(
            refusal.sentence, status=503, content_type="text/plain", headers={"Retry-After": "5"}
        )
    return _pdf(made, f"lettre-{reference}.pdf")


def _saved(request: StaffRequest, letter: Letter) -> HttpResponse:
    """Where the button leads once the text is kept."""
    if "ask" in request.POST:
        with suppress(NothingToRead):
            correspondence.ask_reading(
                letter=letter, seen_version=letter.version, by=request.actor, at=clock.now()
            )
    if "up" in request.POST:
        return redirect(reverse("desk:reply", args=(letter.case.reference,)) + "#pieces")
    page = next((page for name, page in AFTER_SAVING.items() if name in request.POST), "desk:reply")
    return redirect(page, reference=letter.case.reference)


def _choose_template(request: StaffRequest, case: Case) -> HttpResponse:
    offers = offers_for(case, Kind.REPLY, clock.today(request.organisation.time_zone))
    form = submitted(TemplateForm, request, offers=offers)
    if request.method == "POST" and form.is_valid():
        chosen = next(one for one in offers if one.template.code == form.cleaned_data["template"])
        with refusals_on(form):
            correspondence.begin_reply(
                case=case,
                template=chosen.template,
                outcome=form.cleaned_data["outcome"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:reply", reference=case.reference)
    hints = {one.template.code: f"{one.template.title}. {one.because}" for one in offers}
    context = {"case": case, "form": form, "hints": hints}
    return render(request, "desk/letter_template.html", context)


def _too_late(request: StaffRequest, case: Case, form: forms.Form) -> HttpResponse:
    """The draft is gone: the text typed is shown once more, to be copied."""
    sent = next((one for one in signed_letters_of(case) if one.kind == Kind.REPLY), None)
    context = {
        "case": case,
        "sent": sent,
        "title": form.data.get("title", ""),
        "body": form.data.get("body", ""),
        "easy": form.data.get("easy", ""),
    }
    return render(request, "desk/letter_too_late.html", context)


def _to_an_amount(request: StaffRequest, letter: Letter, form: SignatureForm) -> HttpResponse:
    """Recording the amount leads back here. Whoever goes for one does not say « none »."""
    chosen = {name: value for name, value in form.chosen().items() if name != "is_without_effect"}
    correspondence.keep_choices(letter=letter, chosen=chosen, by=request.actor, at=clock.now())
    where = redirect("desk:record_effect", reference=letter.case.reference)
    where["Location"] += f"?suite={SIGNING}"
    return where


def _to_the_text(request: StaffRequest, letter: Letter, form: SignatureForm) -> HttpResponse:
    correspondence.keep_choices(letter=letter, chosen=form.chosen(), by=request.actor, at=clock.now())
    return redirect("desk:reply", reference=letter.case.reference)


# By the button that saves the text and leaves it.
AFTER_SAVING = {"sign": "desk:sign_reply", "annex": "desk:join_explanation"}
# By the button that leaves the signature with what is chosen so far.
AWAY = {"montant": _to_an_amount, "texte": _to_the_text}


def _sign(request: StaffRequest, letter: Letter, form: SignatureForm) -> HttpResponse:
    given = form.cleaned_data
    conclusion = Conclusion(
        Outcome(given["outcome"]), given["cause"], tuple(given["grounds"]), form.analysis()
    )
    correspondence.sign_and_send(
        letter=letter,
        conclusion=conclusion,
        seen_version=given["version"],
        seen_address=given["address"] or None,
        by=request.actor,
        at=clock.now(),
    )
    return redirect("desk:case", reference=letter.case.reference)


def _preview(request: StaffRequest, letter: Letter) -> LetterSheet:
    """With the signature it would have; an officer’s draft leaves room for the mediator’s."""
    case, actor = letter.case, request.actor
    if rights.may_decide(actor, case):
        return sheet_of(letter, Signature(actor.name, signed_as(case, actor), clock.now()))
    return sheet_of(letter, Signature("", f"Médiation de {case.organisation.of_name}", clock.now()))


def _draft(case: Case) -> Letter | None:
    found_draft = draft_reply_of(case)
    if found_draft is not None:
        found_draft.case = case
    return found_draft


def _draft_or_404(case: Case) -> Letter:
    found_draft = _draft(case)
    if found_draft is None:
        raise Http404
    return found_draft


def _sent(case: Case, public_id: UUID) -> Letter:
    try:
        sent = signed_letter(case, public_id)
    except Letter.DoesNotExist as nowhere:
        raise Http404 from nowhere
    sent.case = case
    return sent


def _pdf(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition(name), "Cache-Control": "private, no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)
