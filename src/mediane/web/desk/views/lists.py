"""One’s own work plan: views kept under a name, columns, keys, what is seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mediane.casework.queries.workplan import Tab
from mediane.kit import clock
from mediane.organisations.models import Membership
from mediane.organisations.queries import team_of
from mediane.web.desk import filters as addresses
from mediane.web.desk import worklist
from mediane.web.desk.away import covering
from mediane.web.desk.forms_lists import ChangeForm, ViewForm
from mediane.web.desk.views.workplan import TABS
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.worklists import actions, rights, rules
from mediane.worklists.actions.views import NotKept, Said
from mediane.worklists.models import SavedView
from mediane.worklists.queries.desks import (
    Asked,
    KeptView,
    OwnDesk,
    counted,
    desk_of,
    read_asked,
    stored,
    view_numbered,
)


def desk(request: StaffRequest) -> OwnDesk:
    return desk_of(organisation_id=request.organisation.pk, user_id=request.actor.id, at=clock.now())


def list_address(sent: Mapping[str, str]) -> str:
    """The list a page came from: an address of the work plan, and of nothing else."""
    here = sent.get("here", "")
    return f"/bureau/{here}" if here.startswith("?") else "/bureau/"


def asked_by(address: QueryDict, request: StaffRequest) -> dict[str, Any]:
    """What an address of the work plan shows, as a view keeps it."""
    team = team_of(request.organisation.pk)
    place = addresses.read_place(address)
    return stored(place.tab, place.sort, addresses.read(address, team))


@require_safe
def views(request: StaffRequest) -> HttpResponse:
    return _show(request, desk(request))


def _show(request: StaffRequest, own: OwnDesk, refused: str = "") -> HttpResponse:
    team = team_of(request.organisation.pk)
    asked = [read_asked(one.asked, [member.user_id for member in team]) for one in own.views]
    numbers = counted(
        asked,
        organisation_id=request.organisation.pk,
        user_id=request.actor.id,
        today=clock.today(request.organisation.time_zone),
        covering=tuple(one.member_id for one in covering(request)),
    )
    names = {member.user_id: member.user.full_name for member in team}
    shown = [
        {
            "view": view,
            "href": worklist.address_of(view, team),
            "count": number,
            "told": _told(one, team),
            "by": names.get(view.owner_id, "une personne qui a quitté le service"),
            "is_mine": view.owner_id == request.actor.id,
            "may_change": rights.may_change(request.actor, _as_view(view, request)),
        }
        for view, one, number in zip(own.views, asked, numbers, strict=True)
    ]
    context = {"rows": shown, "begins_with": own.view(own.begins_with), "refused": refused}
    return render(request, "desk/views.html", context)


def _told(asked: Asked, team: Sequence[Membership]) -> str:
    """« En retard, canal : En ligne »: what a view shows, in words."""
    place = addresses.Place(asked.tab, asked.sort)
    narrowed = [
        f"{one.label.lower()}\u00a0: {one.value}" for one in addresses.bar(asked.filters, team, place).active
    ]
    order = [] if asked.tab == Tab.CLOSED else [worklist.SORTS[asked.sort].lower()]
    return ", ".join([TABS[asked.tab], *narrowed, *order])


def _as_view(view: KeptView, request: StaffRequest) -> SavedView:
    return SavedView(
        organisation_id=request.organisation.pk, owner_id=view.owner_id, is_shared=view.is_shared
    )


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: StaffRequest) -> HttpResponse:
    """The list is that of the address: what is typed to correct a name never changes it."""
    form = submitted(ViewForm, request)
    own, team = desk(request), team_of(request.organisation.pk)
    asked = asked_by(request.GET, request)
    current = own.view(request.GET.get(addresses.SAVED, ""))
    if form.is_bound and form.is_valid():
        with refusals_on(form, "name"):
            view = actions.keep(
                said=_said(form),
                asked=asked,
                columns=current.columns if current else own.columns,
                by=request.actor,
                at=clock.now(),
                entry_key=form.cleaned_data["entry_key"],
            )
            return redirect(f"/bureau/{_address(view, request)}")
    told = _told(read_asked(asked, [member.user_id for member in team]), team)
    here = f"?{request.GET.urlencode()}" if request.GET else "?vue=tous"
    return render(request, "desk/view_keep.html", {"form": form, "told": told, "here": here})


def _said(form: ViewForm) -> Said:
    return Said(form.cleaned_data["name"], form.cleaned_data["audience"] == "service")


def _address(view: SavedView, request: StaffRequest) -> str:
    team = team_of(request.organisation.pk)
    asked = read_asked(view.asked, [member.user_id for member in team])
    return addresses.query(asked.filters, team, addresses.Place(asked.tab, asked.sort, view.number))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, number: str) -> HttpResponse:
    view = _found(request, number)
    if not rights.may_change(request.actor, view):
        raise Http404
    initial = {
        "name": view.name,
        "audience": "service" if view.is_shared else "moi",
        "version": view.version,
    }
    form = submitted(ChangeForm, request, initial=initial)
    if form.is_bound and form.is_valid():
        with refusals_on(form, "name"):
            seen = form.cleaned_data["version"]
            actions.change(view=view, said=_said(form), seen_version=seen, by=request.actor, at=clock.now())
            return redirect("desk:views")
    return render(request, "desk/view_change.html", {"form": form, "view": view})


@require_POST
def replace(request: StaffRequest, number: str) -> HttpResponse:
    view, own = _found(request, number), desk(request)
    here = request.POST.get("here", "")
    address = QueryDict(here.removeprefix("?"))
    seen = request.POST.get("version", "")
    try:
        actions.replace(
            view=view,
            asked=asked_by(address, request),
            columns=view.columns or own.columns,
            seen_version=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0,
            by=request.actor,
            at=clock.now(),
        )
    except NotKept as refusal:
        return _show(request, own, refusal.sentence)
    return redirect(f"/bureau/{_address(view, request)}")


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: StaffRequest, number: str) -> HttpResponse:
    """Removed twice, it is removed: the list of views says so."""
    view = view_numbered(request.organisation.pk, number, request.actor.id)
    if view is not None and request.method == "POST":
        actions.remove(view=view, by=request.actor, at=clock.now())
    return redirect("desk:views")


@require_POST
def begin_with(request: StaffRequest) -> HttpResponse:
    number = request.POST.get("number", "")
    actions.begin_with(view=_found(request, number) if number else None, by=request.actor, at=clock.now())
    return redirect("desk:views")


@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: StaffRequest) -> HttpResponse:
    """« Monter » shows the order it makes, « Enregistrer » alone keeps it: the page holds what was chosen."""
    own, error = desk(request).columns, ""
    order, ticked = _completed(own), list(own)
    if request.method == "POST":
        order, ticked = _arranged(request.POST)
        if "usual" in request.POST:
            order, ticked = _completed(rules.USUAL), list(rules.USUAL)
        elif "keep" in request.POST and ticked:
            actions.choose_columns(columns=ticked, by=request.actor, at=clock.now())
            return redirect("desk:workplan")
        elif "keep" in request.POST:
            error = "Choisissez au moins une colonne"
    shown = [(name, rules.COLUMNS[name], name in ticked) for name in order]
    return render(request, "desk/columns.html", {"columns": shown, "error": error})


def _completed(order: Sequence[str]) -> list[str]:
    return [*order, *(name for name in rules.COLUMNS if name not in order)]


def _arranged(sent: QueryDict) -> tuple[list[str], list[str]]:
    """All columns in the order of the page, one of them moved by its button; those that are ticked."""
    order = _completed([name for name in dict.fromkeys(sent.getlist("order")) if name in rules.COLUMNS])
    for button, step in (("up", -1), ("down", 1)):
        order = rules.moved(order, sent.get(button, ""), step)
    return order, [name for name in order if name in sent.getlist("column")]


@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        actions.choose_shortcuts(is_on="on" in request.POST, by=request.actor, at=clock.now())
        return redirect("desk:shortcuts")
    return render(request, "desk/shortcuts.html", {"shortcuts": desk(request).has_shortcuts})


@require_POST
def see_all(request: StaffRequest) -> HttpResponse:
    actions.see_all(by=request.actor, at=clock.now())
    return redirect(list_address(request.POST))


def _found(request: StaffRequest, number: str) -> SavedView:
    view = view_numbered(request.organisation.pk, number, request.actor.id)
    if view is None:
        raise Http404
    return view
