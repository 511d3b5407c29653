"""The library of templates: what is in force, what waits, what a letter may take from elsewhere."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.correspondence import rights
from mediane.correspondence.models import Kind
from mediane.correspondence.queries.facts import known_criteria
from mediane.correspondence.queries.library import Shelved, library
from mediane.correspondence.rules.fields import MERGE_FIELDS
from mediane.correspondence.states import TemplateState
from mediane.kit import clock
from mediane.kit.french import join
from mediane.web.request import StaffRequest
from mediane.web.steering.library_found import require_reader, standing, whom


@dataclass(frozen=True)
class Row:
    """A template of the list; `tag` and `open` are a look and its words."""

    one: Shelved
    tag: tuple[str, str]
    open: tuple[str, str] | None
    whom: str


@require_safe
def templates(request: StaffRequest) -> HttpResponse:
    require_reader(request)
    today = clock.today(request.organisation.time_zone)
    shelves = library(today)
    rows = [
        Row(
            one=one,
            tag=standing(one.shown, one.shown if one.is_in_force else None, today),
            open=standing(one.open, None, today) if one.open and one.open != one.shown else None,
            whom=whom(one.shown),
        )
        for one in shelves
    ]
    context = {
        "waiting": [one.open for one in shelves if _waits_for(request, one)],
        "local": [row for row in rows if not row.one.shown.is_national],
        "national": [row for row in rows if row.one.shown.is_national],
        "may_write": rights.may_write_templates(request.actor),
        "is_national": request.actor.kind == "national",
    }
    return render(request, "steering/templates.html", context)


@require_safe
def fields(request: StaffRequest) -> HttpResponse:
    require_reader(request)
    labels = dict(Kind.choices)
    context = {
        "fields": [
            (one, join([labels[kind] for kind in one.kinds]) or "Toutes les lettres") for one in MERGE_FIELDS
        ],
        "criteria": known_criteria(),
    }
    return render(request, "steering/template_fields.html", context)


def _waits_for(request: StaffRequest, one: Shelved) -> bool:
    """Submitted, and this person may approve it."""
    is_submitted = one.open is not None and one.open.state == TemplateState.SUBMITTED
    return is_submitted and one.open is not None and rights.may_approve(request.actor, one.open)
