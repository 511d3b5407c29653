"""Who follows a case, what was read, what is written on it."""

import re
from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.attendance.states import Doing
from mediane.casework import actions, rights
from mediane.casework.queries import workplan as queries
from mediane.casework.queries.reaching import reaching
from mediane.kit import clock, references
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import team_of
from mediane.web.desk import forms
from mediane.web.desk.away import away_today, hints, instead
from mediane.web.desk.finding import found
from mediane.web.desk.present import present
from mediane.web.desk.telling import told_by_notice
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

# Nobody was shown a longer one.
LIKE_A_VERSION = re.compile(r"[0-9]{1,9}")


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


@require_http_methods(["POST"])
def assign_many(request: StaffRequest) -> HttpResponse:
    """Give the cases ticked to one person; those that moved meanwhile stay as they are, and are named."""
    members = {str(member.user_id): member.user for member in team_of(request.organisation.pk)}
    to = members.get(request.POST.get("to", ""))
    here = request.POST.get("here", "")
    back = f"/bureau/{here}" if here.startswith("?") else "/bureau/"
    ticked = (value.partition(".") for value in request.POST.getlist("case"))
    seen = {reference: version for reference, _, version in ticked if references.is_valid(reference)}
    if to is None:
        return redirect(back)
    if seen and (page := instead(request, to, back=back)):
        return page
    at, done, refused = clock.now(), [], []
    for reference in queries.picked(organisation_id=request.organisation.pk, references=seen):
        case = found(request, reference)
        rights.require(rights.may_work_on(request.actor, case))
        try:
            version = int(seen[reference]) if LIKE_A_VERSION.fullmatch(seen[reference]) else 0
            actions.assign(case=case, to=to, seen_version=version, by=request.actor, at=at)
            done.append(case)
        except Refusal as refusal:
            refused.append((case, refusal.sentence))
    if request.POST.getlist("case") and not refused:
        return redirect(back)
    return render(
        request, "desk/assigned.html", {"to": to, "done": done, "refused": refused, "back_href": back}
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
