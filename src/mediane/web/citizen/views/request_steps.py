"""The request itself, page by page; what is typed keeps itself."""

from datetime import datetime
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mediane.documents import rules as files
from mediane.documents.models import Document
from mediane.kit import clock, french
from mediane.kit.refusal import Refusal
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral
from mediane.referrals.queries import documents_of, typed_pages
from mediane.referrals.rules import without_social_security_number
from mediane.web.citizen import journey
from mediane.web.citizen.drafts import with_draft
from mediane.web.citizen.forms.request import FORMS, FilesForm, StepForm
from mediane.web.citizen.reading import local
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import PersonRequest

FROM_CHECK = "verifier"
LONGEST_PAGE = 20_000  # characters kept of a page as typed


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def step(request: PersonRequest, draft: Referral, slug: str) -> HttpResponse:
    if slug not in journey.STEPS:
        raise Http404
    if draft.check_passed_id is None:
        return redirect("citizen:begin")
    if slug == "documents":
        return _documents(request, draft)
    at = clock.now()
    form = _form(request, draft, slug, at)
    if form.is_bound:
        with refusals_on(form):
            if form.is_valid():
                referrals.save(draft=draft, at=at, **form.given())
                referrals.keep_typed(draft=draft, page=slug, values={}, at=at)
            else:
                referrals.keep_typed(draft=draft, page=slug, values=_typed(request), at=at)
        if form.is_valid():
            return redirect(_next(request, slug))
    return _show(request, draft, form, slug)


@require_POST
@with_draft
def autosave(request: PersonRequest, draft: Referral, slug: str) -> HttpResponse:
    """Keep the page as it stands; answers what the aside says."""
    if slug not in FORMS:
        raise Http404
    at = clock.now()
    try:
        referrals.keep_typed(draft=draft, page=slug, values=_typed(request), at=at)
    except referrals.AlreadyFiled as already:
        return HttpResponse(already.sentence, status=409, content_type="text/plain; charset=utf-8")
    hour = french.at_time(local(at, request.organisation.time_zone))
    return HttpResponse(f"Enregistré à {hour}", content_type="text/plain; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def remove_document(request: PersonRequest, draft: Referral, public_id: UUID) -> HttpResponse:
    if request.method != "POST":
        # Signing in again leads here when the session was lost on the way.
        return redirect(journey.step_page("documents"))
    document = next((one for one in documents_of(draft) if one.public_id == public_id), None)
    if document is None:
        raise Http404
    referrals.take_back(draft=draft, document=document)
    return redirect(journey.step_page("documents") + _query(request))


def _documents(request: PersonRequest, draft: Referral) -> HttpResponse:
    at = clock.now()
    form = submitted(FilesForm, request, today=clock.day_of(at, request.organisation.time_zone))
    if form.is_bound:
        form.is_valid()
        sent = request.FILES.getlist("documents")
        if not sent and "add" in request.POST:
            form.add_error("documents", "Choisissez d’abord un fichier, puis ajoutez-le")
        for sentence in dict.fromkeys(_join(request, draft, file) for file in sent):
            if sentence:
                form.add_error("documents", sentence)
        if form.is_valid():
            stays = "add" in request.POST
            return redirect(
                journey.step_page("documents") + _query(request) if stays else _next(request, "documents")
            )
    return _show(request, draft, form, "documents")


def _join(request: PersonRequest, draft: Referral, file: UploadedFile) -> str:
    """One file, one result: what refuses it, or nothing, touches no other."""
    try:
        referrals.join(
            draft=draft, name=file.name or "document", data=file.read(), by=request.actor, at=clock.now()
        )
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _form(request: PersonRequest, draft: Referral, slug: str, at: datetime) -> StepForm:
    kind, today = FORMS[slug], clock.day_of(at, request.organisation.time_zone)
    form = submitted(kind, request, today=today, initial=kind.kept(draft))
    typed = {} if form.is_bound else typed_pages(draft).get(slug, {})
    if typed:
        form.initial = {**form.initial, **form.as_typed(typed)}
    return form


def _show(request: PersonRequest, draft: Referral, form: StepForm, slug: str) -> HttpResponse:
    words = {
        "form": form,
        "draft": draft,
        "slug": slug,
        "query": _query(request),
        "number": journey.STEPS.index(slug) + 1,
        "total": len(journey.STEPS),
        "back": journey.before_step(slug) if not _query(request) else reverse("citizen:check"),
    }
    if slug == "documents":
        there = [
            {
                "name": document.shown_name,
                "note": f"{french.weight(document.size)}, envoyé",
                "remove_action": _removal(document),
            }
            for document in documents_of(draft)
        ]
        words |= {"documents": there, "announcement": files.ANNOUNCEMENT, "accept": files.ACCEPT}
    return render(request, f"citizen/{slug}.html", words)


def _removal(document: Document) -> str:
    return reverse("citizen:remove_document", kwargs={"public_id": document.public_id})


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    typed = {
        name: [without_social_security_number(value) for value in request.POST.getlist(name)]
        for name in request.POST
        if name != "csrfmiddlewaretoken"
    }
    size = sum(len(value) for values in typed.values() for value in values)
    return typed if size <= LONGEST_PAGE else {}


def _query(request: HttpRequest) -> str:
    return f"?retour={FROM_CHECK}" if request.GET.get("retour") == FROM_CHECK else ""


def _next(request: HttpRequest, slug: str) -> str:
    return reverse("citizen:check") if _query(request) else journey.after_step(slug)
