"""Documents asked of the person, and no longer needed."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.models import Case
from mediane.casework.rules.documents import useful_documents
from mediane.casework.rules.waits import Awaited, ladder_in_words, rules_in_words
from mediane.kit import clock
from mediane.kit.french import long_date
from mediane.kit.workdays import add_working_days
from mediane.organisations.queries import holiday_zone_of
from mediane.web.desk import forms
from mediane.web.desk.finding import found
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

WORKING_DAYS_TO_ANSWER = 10


@require_http_methods(["GET", "HEAD", "POST"])
def ask_documents(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    due_on = add_working_days(today, WORKING_DAYS_TO_ANSWER, holiday_zone_of(case.organisation))
    form = submitted(
        forms.AskDocuments,
        request,
        suggestions=useful_documents(case.benefits),
        today=today,
        initial={"version": case.version, "due_on": due_on},
    )
    if form.is_valid():
        with refusals_on(form):
            actions.ask_documents(
                case=case,
                labels=form.labels,
                due_on=form.cleaned_data["due_on"],
                words=form.cleaned_data["words"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    rules = rules_in_words(Awaited.DOCUMENTS, today)
    context = {"case": case, "form": form, "rules": rules, "reminders": ladder_in_words(today)}
    return render(request, "desk/ask_documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    form = submitted(
        forms.LiftRequest, request, choices=_open_requests(case), initial={"version": case.version}
    )
    if form.is_valid():
        with refusals_on(form):
            actions.lift_request(
                case=case,
                request=case.document_requests.get(pk=form.cleaned_data["request"]),
                because=form.cleaned_data["because"],
                seen_version=form.cleaned_data["version"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:case", reference=reference)
        form.sees(case)
    return render(request, "desk/lift.html", {"case": case, "form": form})


def _open_requests(case: Case) -> list[tuple[str, str]]:
    rows = case.document_requests.filter(closed_at=None).prefetch_related("items").order_by("due_on", "pk")
    return [
        (
            str(row.pk),
            f"{', '.join(item.label for item in row.items.all())} (avant le {long_date(row.due_on)})",
        )
        for row in rows
    ]
