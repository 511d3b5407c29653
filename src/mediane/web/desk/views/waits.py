"""The waits of a case: their history, another date for one, what came otherwise than online."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.casework import actions, rights
from mediane.casework.actions.step import lock
from mediane.casework.models import Case, Hold, RequestedDocument
from mediane.casework.queries.waits import Kept, waits_of
from mediane.documents.rules import ACCEPT
from mediane.kit import clock
from mediane.kit.french import long_date
from mediane.web.deposits import deposited
from mediane.web.desk.finding import found
from mediane.web.desk.forms_waits import ChangeWait, NoteArrival
from mediane.web.desk.waits import past, shown, title_of
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_safe
def waits(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    today = clock.today(case.organisation.time_zone)
    kept = waits_of(case)
    running = [shown(one.wait, today) for one in kept if one.wait.is_running]
    return render(request, "desk/waits.html", {"case": case, "running": running, "past": past(kept, today)})


@require_http_methods(["GET", "HEAD", "POST"])
def change_wait(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today, kept = clock.today(case.organisation.time_zone), _running(case)
    form = submitted(ChangeWait, request, waits=_named(kept), today=today, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.change_wait(
                case=case,
                wait=kept[form.cleaned_data["wait"]].row,
                until=form.cleaned_data["until"],
                because=form.cleaned_data["because"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    running = [shown(one.wait, today) for one in kept.values()]
    return render(request, "desk/change_wait.html", {"case": case, "form": form, "running": running})


@require_http_methods(["GET", "HEAD", "POST"])
def note_arrival(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    awaited = _awaited(case)
    choices = [(key, name) for key, (name, _) in awaited.items()]
    form = submitted(NoteArrival, request, awaited=choices, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form), transaction.atomic():
            _note(request, case, awaited[form.cleaned_data["of"]][1], form.cleaned_data)
            return redirect("desk:case", reference=reference)
        form.sees(case)
    context = {"case": case, "form": form, "accept": ACCEPT, "is_awaited": bool(awaited)}
    return render(request, "desk/note_arrival.html", context)


def _note(request: StaffRequest, case: Case, of: Hold | RequestedDocument, said: dict[str, Any]) -> None:
    """The file and what is said of it hold together: both or neither."""
    lock(case, seen_version=said["version"])
    document = deposited(case, said["file"], by=request.actor) if said["file"] else None
    arrived = actions.Arrived(of=of, words=said["words"], document=document)
    actions.note_arrival(
        case=case, arrived=arrived, seen_version=said["version"], by=request.actor, at=clock.now()
    )


def _running(case: Case) -> dict[str, Kept]:
    if not case.is_open:
        return {}
    return {one.key: one for one in waits_of(case) if one.wait.is_running}


def _named(kept: dict[str, Kept]) -> list[tuple[str, str]]:
    return [
        (key, f"{title_of(one.wait)}\u00a0: {one.wait.what}, jusqu’au {long_date(one.wait.until)}")
        for key, one in kept.items()
    ]


def _awaited(case: Case) -> dict[str, tuple[str, Hold | RequestedDocument]]:
    """What may arrive: the decision, then each document."""
    found: dict[str, tuple[str, Hold | RequestedDocument]] = {}
    for key, one in _running(case).items():
        if isinstance(one.row, Hold):
            found[key] = (f"{title_of(one.wait)}\u00a0: {one.wait.what}", one.row)
            continue
        items = [item for item in one.row.items.all() if item.answered_at is None]
        found |= {f"piece-{item.pk}": (item.label, item) for item in items}
    return found
