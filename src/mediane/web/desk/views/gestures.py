"""Who follows a case, what was read, what is written on it."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.attendance.states import Doing
from mediane.casework import actions, rights
from mediane.casework.queries.reaching import reaching
from mediane.kit import clock
from mediane.organisations.queries import team_of
from mediane.web.desk import forms
from mediane.web.desk.away import away_today, hints, instead
from mediane.web.desk.finding import found
from mediane.web.desk.present import present
from mediane.web.desk.telling import told_by_notice
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


def bare(verb: Callable[..., object], template: str) -> Callable[[StaffRequest, str], HttpResponse]:
    """The page of a gesture that asks for nothing but to be confirmed."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def page(request: StaffRequest, reference: str) -> HttpResponse:
        case = found(request, reference)
        rights.require(rights.may_work_on(request.actor, case))
        form = submitted(forms.Gesture, request, initial={"version": case.version})
        if form.is_valid():
            with refusals_on(form):
                verb(
                    case=case,
                    seen_version=form.cleaned_data["version"],
                    by=request.actor,
                    at=clock.now(),
                )
                return redirect("desk:case", reference=reference)
            form.sees(case)
        return render(request, template, {"case": case, "form": form})

    return page


take_up = bare(actions.take_up, "desk/take_up.html")
read_news = bare(actions.read_news, "desk/read_news.html")


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    initial = {"version": case.version, "to": str(case.assignee_id or "")}
    form = submitted(forms.Assign, request, team=team_of(case.organisation_id), initial=initial)
    if form.is_valid():
        to = form.members[form.cleaned_data["to"]]
        if page := instead(request, to, back=request.path):
            return page
        with refusals_on(form):
            actions.assign(
                case=case,
                to=to,
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(
        request, "desk/assign.html", {"case": case, "form": form, "away": hints(away_today(request))}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    form = submitted(forms.Write, request, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.write_to_person(
                case=case,
                body=form.cleaned_data["body"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    words = {"case": case, "form": form, "told": told_by_notice(reaching(case))}
    return render(request, "desk/write.html", words | {"presence": present(request, case, Doing.MESSAGE)})


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: StaffRequest, reference: str) -> HttpResponse:
    """A note conflicts with nothing: two people may write one each."""
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    form = submitted(forms.WriteNote, request, initial={"version": case.version})
    if form.is_valid():
        with refusals_on(form):
            actions.note(case=case, text=form.cleaned_data["text"], by=request.actor, at=clock.now())
            return redirect("desk:case", reference=reference)
    presence = present(request, case, Doing.NOTE)
    return render(request, "desk/note.html", {"case": case, "form": form, "presence": presence})
