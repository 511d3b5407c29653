"""Many cases at once: what is asked, how far it went, what was left out and why, and the way back."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mediane.accounts.models import User
from mediane.casework.queries.whole_lists import pick_all
from mediane.casework.queries.workplan import Picked, Tab, picked
from mediane.kit import clock, long_sheets, references
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import team_of
from mediane.web.desk import filters as addresses
from mediane.web.desk.away import covering, instead
from mediane.web.desk.views.lists import list_address
from mediane.web.request import StaffRequest
from mediane.worklists import actions, rights, rules
from mediane.worklists.actions.operations import Wanted, is_undoable
from mediane.worklists.models import Operation
from mediane.worklists.queries import operations as queries
from mediane.worklists.queries.desks import operations_of
from mediane.worklists.states import GOING, Fate, Kind, State

# Nobody was shown a longer one.
LIKE_A_VERSION = re.compile(r"[0-9]{1,9}")
MOST_SHOWN = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def assign_many(request: StaffRequest) -> HttpResponse:
    """Give the cases ticked to one person; those that moved meanwhile stay as they are, and are named."""
    members = {str(member.user_id): member.user for member in team_of(request.organisation.pk)}
    to = members.get(request.POST.get("to", ""))
    if to is None:
        return redirect(list_address(request.POST))
    is_any = "whole" in request.POST or "case" in request.POST
    if is_any and (page := instead(request, to, back=list_address(request.POST))):
        return page
    return _begin(request, Kind.ASSIGN, to)


@require_POST
def remind_many(request: StaffRequest) -> HttpResponse:
    """What is written to people is asked twice: a letter does not come back."""
    if "sure" in request.POST:
        return _begin(request, Kind.REMIND)
    chosen = _chosen(request)
    if not 0 < len(chosen) <= rules.MOST_AT_ONCE:
        return _begin(request, Kind.REMIND)
    context = {
        "number": len(chosen),
        "sent": [
            (name, value)
            for name in ("here", "entry_key", "whole", "case")
            for value in request.POST.getlist(name)
        ],
        "back_href": list_address(request.POST),
    }
    return render(request, "desk/remind_many.html", context)


@require_POST
def export_many(request: StaffRequest) -> HttpResponse:
    return _begin(request, Kind.EXPORT)


def _begin(request: StaffRequest, kind: Kind, to: User | None = None) -> HttpResponse:
    """Ask, and do the first cases at once: what is small is done when the page comes back."""
    back = list_address(request.POST)
    try:
        operation = actions.ask(
            wanted=Wanted(kind, to),
            picked=_chosen(request),
            by=request.actor,
            at=clock.now(),
            entry_key=_key(request, kind, to),
        )
    except Refusal as refusal:
        return render(request, "desk/nothing_done.html", {"sentence": refusal.sentence, "back_href": back})
    actions.go_on(operation=operation, at=clock.now())
    fates = queries.fates(operation)
    is_all_done = fates == {Fate.DONE: operation.total}
    if is_all_done and kind != Kind.EXPORT:
        return redirect(back)
    return redirect("desk:operation", number=operation.number)


def _key(request: StaffRequest, kind: Kind, to: User | None) -> UUID | None:
    """Of the page and of what it asks: sent twice it is one; other cases of the same list are another."""
    try:
        page = UUID(request.POST.get("entry_key", ""))
    except ValueError:
        return None
    whole = request.POST.get("here", "") if "whole" in request.POST else ""
    asked = [kind, str(to.pk if to else ""), whole, *sorted(request.POST.getlist("case"))]
    return uuid5(page, "|".join(asked))


def _chosen(request: StaffRequest) -> list[Picked]:
    """The cases ticked, as they were on the page; or all those of the list it shows, as they are."""
    if "whole" in request.POST:
        return _whole(request)
    ticked = (value.partition(".") for value in request.POST.getlist("case"))
    seen = {reference: version for reference, _, version in ticked if references.is_valid(reference)}
    known = picked(organisation_id=request.organisation.pk, references=seen)
    return [(pk, reference, _version(seen[reference])) for pk, reference, _ in known]


def _version(text: str) -> int:
    return int(text) if LIKE_A_VERSION.fullmatch(text) else 0


def _whole(request: StaffRequest) -> list[Picked]:
    address = QueryDict(request.POST.get("here", "").removeprefix("?"))
    tab = addresses.read_tab(address)
    if tab == Tab.CLOSED:
        return []
    return pick_all(
        organisation_id=request.organisation.pk,
        user_id=request.actor.id,
        today=clock.today(request.organisation.time_zone),
        tab=tab,
        filters=addresses.read(address, team_of(request.organisation.pk)),
        most=rules.MOST_AT_ONCE,
        covering=tuple(one.member_id for one in covering(request)),
    )


@require_safe
def operations(request: StaffRequest) -> HttpResponse:
    found = operations_of(request.organisation.pk, request.actor.id, MOST_SHOWN)
    return render(request, "desk/operations.html", {"operations": found})


@require_safe
def operation(request: StaffRequest, number: str) -> HttpResponse:
    return _show(request, _found(request, number))


def _show(request: StaffRequest, one: Operation, refused: str = "") -> HttpResponse:
    at, fates = clock.now(), queries.fates(one)
    may_steer = rights.may_steer(request.actor, one)
    is_back = one.state in (State.UNDOING, State.UNDONE)
    context: dict[str, Any] = {
        "operation": one,
        "refused": refused,
        "going": one.state in GOING,
        "is_back": is_back,
        "done": fates[Fate.DONE] + fates[Fate.BACK] + fates[Fate.KEPT],
        "back": fates[Fate.BACK],
        "reached": fates[Fate.BACK] + fates[Fate.KEPT] if is_back else one.total - fates[Fate.TODO],
        "of": fates[Fate.DONE] + fates[Fate.BACK] + fates[Fate.KEPT] if is_back else one.total,
        "aside": queries.set_aside(one),
        "may_cancel": may_steer and one.state == State.RUNNING,
        "may_undo": may_steer and is_undoable(one, at) and fates[Fate.DONE],
        "undo_until": one.ended_at + rules.UNDONE_WITHIN if one.ended_at else None,
        "has_sheet": one.wrapped is not None and at <= one.asked_at + rules.SHEET_KEPT,
        "may_take": rights.may_take_away(request.actor, one),
        "sheet_until": one.asked_at + rules.SHEET_KEPT,
    }
    return render(request, "desk/operation.html", context)


@require_POST
def cancel(request: StaffRequest, number: str) -> HttpResponse:
    return _steer(request, number, actions.cancel)


@require_POST
def undo(request: StaffRequest, number: str) -> HttpResponse:
    return _steer(request, number, actions.undo)


def _steer(request: StaffRequest, number: str, verb: Any) -> HttpResponse:
    one = _found(request, number)
    try:
        verb(operation=one, by=request.actor, at=clock.now())
    except Refusal as refusal:
        return _show(request, _found(request, number), refusal.sentence)
    actions.go_on(operation=one, at=clock.now())
    return redirect("desk:operation", number=number)


@require_safe
def take_sheet(request: StaffRequest, number: str) -> HttpResponse:
    one = _found(request, number)
    if one.kind != Kind.EXPORT:
        raise Http404
    try:
        lines = actions.take_sheet(operation=one, by=request.actor, at=clock.now())
    except Refusal as refusal:
        return _show(request, _found(request, number), refusal.sentence)
    answer = HttpResponse(_workbook(one, lines), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="liste-{one.number}.xlsx"'
    return answer


def _workbook(one: Operation, lines: Iterator[list[str]]) -> bytes:
    told = [
        ("Extraction", one.number),
        ("Demandée par", one.asked_by),
        ("Usage", "Document de travail du service. Ne le transmettez pas\u00a0: supprimez-le après usage."),
    ]
    folder = Path(tempfile.mkdtemp(dir=settings.SCRATCH, prefix="mediane-liste-"))
    try:
        path = folder / "liste.xlsx"
        cells = ([_cell(*pair) for pair in zip(rules.HEADS, line, strict=True)] for line in lines)
        long_sheets.write(path, rules.HEADS, cells, told=told, foot=f"{one.number}, {one.asked_by}")
        return path.read_bytes()
    finally:
        shutil.rmtree(folder)


def _cell(head: str, text: str) -> str | date:
    return date.fromisoformat(text) if text and head in rules.DAYS else text


def _found(request: StaffRequest, number: str) -> Operation:
    one = queries.operation_numbered(request.organisation.pk, number)
    if one is None:
        raise Http404
    return one
