"""One question to one’s service: read, answered as it comes, sent once. What is typed is never lost."""

from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mediane.consultations import actions
from mediane.consultations.queries.of_service import Question
from mediane.documents.rules import ACCEPT
from mediane.kit import clock
from mediane.kit.french import at_time
from mediane.web.forms import refusals_on
from mediane.web.request import StaffRequest
from mediane.web.service.forms import Answer, Draft

FILES = "joined"


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: StaffRequest, public_id: UUID) -> HttpResponse:
    try:
        asked = _opened(request, public_id)
    except actions.NothingAsked:
        return _over(request)
    form = _form(request, asked)
    if form.is_bound:
        if _written(request, asked, form):
            return redirect("service:question", public_id)
        try:
            asked = _opened(request, public_id)
        except actions.NothingAsked:
            return _over(request)
    return render(request, "service/question.html", _page(request, asked, form))


@require_POST
def save(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the page saves by itself: answers with the sentence to show."""
    form = Draft(data=request.POST)
    try:
        asked = _opened(request, public_id)
    except actions.NothingAsked:
        return _said("Cette question n’est plus attendue. Votre texte reste sur cette page.", 409)
    if not form.is_valid():
        return _said("Pas encore enregistré\u00a0: ce texte est trop long.", 200)
    with refusals_on(form):
        _save(request, asked, form)
        local = clock.now().astimezone(ZoneInfo(request.organisation.time_zone))
        return _said(f"Brouillon enregistré à {at_time(local)}", 200)
    refusal = " ".join(map(str, form.non_field_errors()))
    return _said(f"{refusal} Votre texte reste sur cette page.", 409)


def _form(request: StaffRequest, asked: Question) -> Draft:
    kind = Answer if "send" in request.POST else Draft
    if request.method == "POST":
        return kind(data=request.POST, files=request.FILES)
    version = asked.draft.version if asked.draft else 0
    return kind(initial={"version": version, "page": uuid4(), "text": asked.drafted})


def _written(request: StaffRequest, asked: Question, form: Draft) -> bool:
    """Files join the draft first: refused afterwards, the text and they are still there."""
    form.full_clean()
    given, is_sent = form.cleaned_data, "send" in request.POST
    with refusals_on(form, FILES):
        for file in given.get(FILES, ()):
            actions.join_file(
                consultation=asked.consultation,
                name=file.name or "",
                data=file.read(),
                by=request.actor,
                at=clock.now(),
            )
    with refusals_on(form):
        if is_sent and form.is_valid():
            actions.answer(
                consultation=asked.consultation,
                text=given["text"],
                page=given["page"],
                seen_version=given["version"] or 0,
                by=request.actor,
                at=clock.now(),
            )
        elif "text" in given:
            # What was typed is kept, whatever becomes of the file.
            _save(request, asked, form)
            _remove(request, asked)
    return form.is_valid()


def _remove(request: StaffRequest, asked: Question) -> None:
    wanted = request.POST.get("remove", "")
    for mine in asked.joined:
        if str(mine.public_id) == wanted:
            actions.remove_file(consultation=asked.consultation, file_id=mine.public_id, by=request.actor)


def _save(request: StaffRequest, asked: Question, form: Draft) -> None:
    actions.save_draft(
        consultation=asked.consultation,
        text=form.cleaned_data["text"],
        page=form.cleaned_data.get("page"),
        seen_version=form.cleaned_data.get("version") or 0,
        by=request.actor,
        at=clock.now(),
    )


def _opened(request: StaffRequest, public_id: UUID) -> Question:
    today = clock.today(request.organisation.time_zone)
    return actions.open_question(public_id=public_id, today=today, by=request.actor, at=clock.now())


def _over(request: StaffRequest) -> HttpResponse:
    """Unknown, another’s, or withdrawn: the same words. What was being sent is shown, to be copied."""
    return render(request, "service/over.html", {"typed": request.POST.get("text", "").strip()}, status=404)


def _page(request: StaffRequest, asked: Question, form: Draft) -> dict[str, Any]:
    theirs = asked.draft if form.non_field_errors() else None
    if theirs is not None and isinstance(form.data, QueryDict):
        # The next try is made on the colleague’s text, that the page shows beside one’s own.
        form.data = form.data.copy()
        form.data["version"] = str(theirs.version)
    return {
        "asked": asked,
        "form": form,
        "theirs": theirs if theirs and asked.drafted != form.data.get("text", "") else None,
        "accept": ACCEPT,
        "save_href": reverse("service:save", args=[asked.consultation.public_id]),
    }


def _said(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
