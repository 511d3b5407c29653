"""A template being written: begun, typed, seen on paper, kept by itself."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.correspondence import actions
from mediane.correspondence.actions import TemplateNotADraft, TemplateSavedMeanwhile
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.correspondence.paper import LetterSheet, letter_pdf
from mediane.correspondence.queries import picture_of
from mediane.correspondence.queries.facts import known_criteria
from mediane.correspondence.queries.specimen import specimen_sheet
from mediane.correspondence.rules.fields import MERGE_FIELDS
from mediane.documents.rules.names import content_disposition
from mediane.kit import clock
from mediane.kit.french import at_time, capital
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_library import BeginForm, TemplateEditForm, as_written
from mediane.web.steering.library_found import (
    found,
    found_versions,
    preview,
    require_writer,
    still_there,
    switched,
    too_late,
    tried,
)

PLAIN = "text/plain"


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: StaffRequest) -> HttpResponse:
    """Empty, or as a copy of an approved one: `depuis` is its code."""
    require_writer(request)
    source = _source(request)
    initial = {"kind": source.kind, "name": source.name} if source else {"kind": Kind.REPLY}
    form = submitted(BeginForm, request, initial=initial)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            begun = actions.begin_template(
                kind=Kind(source.kind if source else form.cleaned_data["kind"]),
                name=form.cleaned_data["name"],
                source=source,
                entry_key=form.cleaned_data["entry_key"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("steering:edit_template", code=begun.code, version=begun.version)
    return render(request, "steering/template_begin.html", {"form": form, "source": source})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: StaffRequest, code: str, version: int) -> HttpResponse:
    one = still_there(request, code, version)
    today = clock.today(request.organisation.time_zone)
    initial = as_written(one) if one else {}
    form = submitted(TemplateEditForm, request, today=today, initial=initial)
    if one is None:
        return _gone(request, code, form)
    if not (form.is_bound or one.is_draft):
        return redirect("steering:template_version", code=code, version=version)
    theirs: LetterTemplate | None = None
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            try:
                actions.save_template(template=one, edit=form.edit(), by=request.actor, at=clock.now())
            except TemplateSavedMeanwhile as meanwhile:
                theirs = meanwhile.theirs
                _see(form, theirs)
                raise
            except TemplateNotADraft as gone:
                return too_late(request, code, gone.sentence, _words(form))
            return _after(request, one)
    context = _editor(one, form, request) | {"theirs": theirs}
    return render(request, "steering/template_edit.html", context)


@require_POST
def save(request: StaffRequest, code: str, version: int) -> HttpResponse:
    """What the editor saves by itself: answers with the sentence to show."""
    one = still_there(request, code, version)
    form = TemplateEditForm(data=request.POST, today=clock.today(request.organisation.time_zone))
    now = clock.now()
    if one is None:
        form.add_error(None, actions.GONE)
    elif form.is_valid():
        with refusals_on(form):
            actions.save_template(template=one, edit=form.edit(), by=request.actor, at=now)
            local = now.astimezone(ZoneInfo(request.organisation.time_zone))
            return HttpResponse(f"Enregistré à {at_time(local)}", content_type=PLAIN)
    why = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return HttpResponse(
        f"Pas encore enregistré\u00a0: {why} Votre texte reste sur cette page.", content_type=PLAIN
    )


@require_safe
def picture(request: StaffRequest, code: str, version: int) -> HttpResponse:
    """As it will print. When it takes too long the page keeps its text, and says so."""
    try:
        drawn = picture_of(_sheet(request, code, version))
    except TimeoutError:
        return HttpResponse("L’aperçu prend trop de temps.", status=503, content_type=PLAIN)
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "private, no-store"})


@require_safe
def pdf(request: StaffRequest, code: str, version: int) -> HttpResponse:
    made = letter_pdf(_sheet(request, code, version))
    headers = {
        "Content-Disposition": content_disposition(f"modele-{code}-{version}.pdf"),
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _source(request: StaffRequest) -> LetterTemplate | None:
    code = request.GET.get("depuis", "")
    if not code:
        return None
    number = request.GET.get("version", "")
    for one in found_versions(request, code):
        if one.approved_at is not None and number in ("", str(one.version)):
            return one
    raise Http404


def _gone(request: StaffRequest, code: str, form: TemplateEditForm) -> HttpResponse:
    if not form.is_bound:
        raise Http404
    return too_late(request, code, actions.GONE, _words(form))


def _words(form: TemplateEditForm) -> list[forms.BoundField]:
    return [form[name] for name in ("name", "title", "body")]


def _after(request: StaffRequest, one: LetterTemplate) -> HttpResponse:
    if "done" in request.POST:
        return redirect("steering:template_version", code=one.code, version=one.version)
    where = redirect("steering:edit_template", code=one.code, version=one.version)
    where["Location"] += f"?{switched(request.POST)}"
    return where


def _see(form: forms.Form, theirs: LetterTemplate) -> None:
    """What was typed stays, and the next saving is made on what is saved."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["revision"] = str(theirs.revision)


def _editor(one: LetterTemplate, form: TemplateEditForm, request: StaffRequest) -> dict[str, Any]:
    given = request.POST if request.method == "POST" else request.GET
    # Refused, the preview stays that of what is saved.
    shown = LetterTemplate.objects.filter(pk=one.pk).first() or one
    return preview(shown, given) | {
        "one": shown,
        "form": form,
        "page": (form["page"].value() if form.is_bound else None) or uuid.uuid4(),
        "fields": [field for field in MERGE_FIELDS if field.is_for(one.kind)],
        "criteria": known_criteria(),
        "picture": reverse("steering:template_picture", kwargs={"code": one.code, "version": one.version}),
    }


def _sheet(request: StaffRequest, code: str, version: int) -> LetterSheet:
    one, actor, caf = found(found_versions(request, code), version), request.actor, request.organisation
    signed = (actor.name, capital(f"{actor.title} de {caf.of_name}"))
    today = clock.today(caf.time_zone)
    return specimen_sheet(one, tried(one, request.GET), caf, today, signed=signed)
