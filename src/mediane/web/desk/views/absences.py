"""Who is away, who stands in, who comes back when: one page for the service, two gestures."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.attendance import rights
from mediane.attendance.actions import absences as actions
from mediane.attendance.actions.absences import CoverAwayToo
from mediane.attendance.models import Absence
from mediane.attendance.queries.absences import Shown, board, days_to_come
from mediane.casework.rights import require
from mediane.kit import clock
from mediane.organisations.models import Membership
from mediane.organisations.queries import team_of
from mediane.web.desk.forms_attendance import AbsenceForm, EndAbsenceForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_safe
def absences(request: StaffRequest) -> HttpResponse:
    today, team = _today(request), team_of(request.organisation.pk)
    known = board(request.organisation.pk, today)

    def rows(shown: list[Shown]) -> list[tuple[Shown, bool]]:
        return [(one, rights.may_change(request.actor, one.absence, team)) for one in shown]

    context = {
        "groups": [("Aujourd’hui", rows(known.now)), ("À venir", rows(known.to_come))],
        "over": known.over,
        "here": len(team) - len({one.absence.member_id for one in known.now}),
        "team": len(team),
    }
    return render(request, "desk/absences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: StaffRequest) -> HttpResponse:
    form = _form(request, initial={"member": str(request.actor.id)})
    if form.is_valid():
        with refusals_on(form):
            try:
                key = form.cleaned_data["entry_key"]
                actions.declare(said=form.said(), by=request.actor, at=clock.now(), entry_key=key)
            except CoverAwayToo:
                form.asks_to_confirm = True
                raise
            return redirect("desk:absences")
    return render(request, "desk/absence.html", {"form": form, "absence": None})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: StaffRequest, number: int) -> HttpResponse:
    absence = _found(request, number)
    form = _form(request, of=absence, initial=AbsenceForm.known(absence))
    if form.is_valid():
        with refusals_on(form):
            seen = form.cleaned_data["version"] or 0
            try:
                actions.change(
                    absence=absence, said=form.said(), seen_version=seen, by=request.actor, at=clock.now()
                )
            except CoverAwayToo:
                form.asks_to_confirm = True
                raise
            return redirect("desk:absences")
    return render(request, "desk/absence.html", _seen_again(request, absence, form))


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, number: int) -> HttpResponse:
    absence = _found(request, number)
    form = submitted(EndAbsenceForm, request, initial={"version": absence.version})
    if form.is_valid():
        with refusals_on(form):
            seen = form.cleaned_data["version"]
            actions.end(absence=absence, seen_version=seen, by=request.actor, at=clock.now())
            return redirect("desk:absences")
    return render(request, "desk/absence_end.html", _seen_again(request, absence, form))


def _today(request: StaffRequest) -> date:
    return clock.today(request.organisation.time_zone)


def _form(request: StaffRequest, *, initial: dict[str, Any], of: Absence | None = None) -> AbsenceForm:
    team = team_of(request.organisation.pk)
    return submitted(
        AbsenceForm,
        request,
        members=_members(request, team, of),
        team=team,
        away=days_to_come(request.organisation.pk, _today(request)),
        initial=initial,
    )


def _members(request: StaffRequest, team: list[Membership], of: Absence | None) -> list[Membership]:
    """Whose absence one may declare, oneself first; the one concerned, when it is known."""
    if of is not None:
        return [member for member in team if member.user_id == of.member_id]
    mine = [member for member in team if rights.may_declare(request.actor, member)]
    return sorted(mine, key=lambda member: member.user_id != request.actor.id)


def _found(request: StaffRequest, number: int) -> Absence:
    """Unknown and foreign are the same; a colleague’s is not opened to be changed."""
    known = Absence.objects.of(request.organisation.pk).select_related("member", "cover")
    absence = known.filter(pk=number).first()
    if absence is None:
        raise Http404
    require(rights.may_change(request.actor, absence, team_of(request.organisation.pk)))
    return absence


def _seen_again(
    request: StaffRequest, absence: Absence, form: AbsenceForm | EndAbsenceForm
) -> dict[str, Any]:
    """After a refusal, what was typed stays, and the next try is made on the absence as it now is."""
    if form.non_field_errors() and isinstance(form.data, QueryDict):
        now = Absence.objects.filter(pk=absence.pk).values_list("version", flat=True).first()
        form.data = form.data.copy()
        form.data["version"] = str(now or "")
    today = _today(request)
    return {
        "form": form,
        "absence": absence,
        "has_begun": absence.first_on < today,
        "is_over": absence.last_on < today,
    }
