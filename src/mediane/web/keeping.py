"""What is typed on a page with a long text is kept by itself, and given back: one mechanism for every room.

`submitted` begins it, the hidden fields beside the token of each form carry it, `forget_sent` ends it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.french import at_time
from mediane.kit.refusal import Refusal
from mediane.unsent import actions, queries
from mediane.unsent.rules import WRITERS

PAGE, VERSION, PLACE, DISCARD = "kept_page", "kept_version", "kept_place", "kept_discard"
ROOMS = ("citizen", "desk", "steering")
LONGEST_PLACE = 200
# Given back too: on what others changed since, the verb then says so instead of writing over them.
SEEN = ("version", "revision")


@dataclass
class Keeping:
    """What a page says of the text it keeps: when it was typed, if it is given back, or only offered."""

    place: str
    page: UUID
    version: int
    href: str
    given_back: datetime | None = None
    offered: datetime | None = None

    @property
    def fields(self) -> SafeString:
        hidden = (
            '<input type="hidden" name="kept_page" value="{}" data-keeps="{}">'
            '<input type="hidden" name="kept_version" value="{}">'
            '<input type="hidden" name="kept_place" value="{}">'
        )
        return format_html(hidden, self.page, self.href, self.version, self.place)


def resume(form: forms.Form, request: HttpRequest, *, only_if_asked: bool = False) -> None:
    """Keep what is typed in this form, and give back what was typed here before.

    `only_if_asked` for a page that serves again for something else: the text is offered, by a link.
    """
    by: Actor | None = getattr(request, "actor", None)
    room = request.resolver_match.namespace if request.resolver_match else ""
    if by is None or by.kind not in WRITERS or room not in ROOMS or not _is_long(form):
        return
    keeping = Keeping(request.path, uuid4(), 0, reverse(f"{room}:keep_text"))
    request.keeping = keeping  # type: ignore[attr-defined]
    if form.is_bound:
        keeping.page, keeping.version = _sent(request.POST)
        return
    kept = queries.kept_at(request.path, by)
    if kept is None:
        return
    if only_if_asked and "reprendre" not in request.GET:
        keeping.offered = kept.kept_at
        return
    keeping.version, words = kept.version, queries.opened(kept)
    if any(word.strip() for name in _long_fields(form) for word in words.get(name, ())):
        keeping.given_back = kept.kept_at
        _give_back(form, words)


def _is_long(form: forms.Form) -> bool:
    """Forms that keep themselves, or whose words are not to be shown again, say `is_kept = False`."""
    return getattr(form, "is_kept", True) and not form.prefix and bool(_long_fields(form))


def _long_fields(form: forms.Form) -> list[str]:
    return [name for name, field in form.fields.items() if isinstance(field.widget, forms.Textarea)]


def _give_back(form: forms.Form, words: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, values in words.items():
        data.setlist(name, values)
    typed: dict[str, Any] = {}
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, forms.FileInput) or (widget.is_hidden and name not in SEEN):
            continue
        if not widget.value_omitted_from_data(data, {}, name):
            typed[name] = widget.value_from_datadict(data, {}, name)
    form.initial = {**form.initial, **typed}


def forget_sent(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A page that led elsewhere was sent: what was kept of it goes in the same transaction."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code == 302 and PAGE in request.POST:
            by: Actor | None = request.actor  # type: ignore[attr-defined]
            place = request.POST.get(PLACE, "")
            # A small button of the same page, that asks for something else, sends nothing of it.
            is_sent = place == request.path or hasattr(request, "keeping")
            if by is not None and by.kind in WRITERS and is_sent:
                page, version = _sent(request.POST)
                actions.forget(place=place, page=page, seen_version=version, by=by)
        return response

    return middleware


@require_POST
def keep_text(request: HttpRequest) -> HttpResponse:
    """What a page keeps by itself: answers with the sentence to show; or the button that erases it."""
    by: Actor = request.actor  # type: ignore[attr-defined]
    place = _place(request)
    page, version = _sent(request.POST)
    if DISCARD in request.POST:
        actions.forget(place=place, page=page, seen_version=version, by=by)
        return redirect(place)
    now = clock.now()
    try:
        actions.keep(
            place=place, fields=dict(request.POST.lists()), page=page, seen_version=version, by=by, at=now
        )
    except Refusal as refusal:
        return HttpResponse(refusal.sentence, status=409, content_type="text/plain")
    local = now.astimezone(ZoneInfo(request.organisation.time_zone))  # type: ignore[attr-defined]
    return HttpResponse(f"Enregistré à {at_time(local)}, pas encore envoyé", content_type="text/plain")


def _place(request: HttpRequest) -> str:
    """A page of the same room."""
    place = request.POST.get(PLACE, "")
    try:
        found = resolve(place)
    except Resolver404 as nowhere:
        raise Http404 from nowhere
    if len(place) > LONGEST_PLACE or found.namespace != request.resolver_match.namespace:  # type: ignore[union-attr]
        raise Http404
    return place


def _sent(posted: QueryDict) -> tuple[UUID, int]:
    """Which page, and the version it was shown; a page that says neither is a new one."""
    try:
        return UUID(posted.get(PAGE, "")), int(posted.get(VERSION, ""))
    except ValueError:
        return uuid4(), 0
