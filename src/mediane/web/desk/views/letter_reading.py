"""The second reading of a reply: what waits for one, reading it over, and whether the service wants it."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.models import Case
from mediane.casework.rights import require
from mediane.correspondence import actions as correspondence
from mediane.correspondence.models import Letter, ReadingPolicy
from mediane.correspondence.queries import draft_reply_of
from mediane.correspondence.queries.enclosures import enclosures_of
from mediane.correspondence.queries.readings import (
    chosen_readings,
    is_reading_wanted,
    readings_of,
    to_read,
)
from mediane.correspondence.rights import may_choose_reading
from mediane.correspondence.rules import readers
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_reading import READ_OVER, ReadingPolicyForm, ReadOverForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD", "POST"])
def read_reply(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    letter = _draft(case)
    if letter is None:
        return redirect("desk:reply", reference=reference)
    form = submitted(ReadOverForm, request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with refusals_on(form):
            correspondence.read_over(
                letter=letter,
                seen_version=given["version"],
                approves=given["verdict"] == READ_OVER,
                remarks=given["remarks"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:reply", reference=reference)
        letter = _draft(case)
    if letter is None:
        return redirect("desk:reply", reference=reference)
    context = {
        "case": case,
        "letter": letter,
        "form": form,
        "enclosures": enclosures_of(letter),
        "may_read": readers.may_be_read_by(letter.unread_by, request.actor.id),
        "authors": readers.authors(letter.unread_by),
        "readings": readings_of(letter),
    }
    return render(request, "desk/letter_read.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def readings(request: StaffRequest) -> HttpResponse:
    caf = request.organisation
    today, may = clock.today(caf.time_zone), may_choose_reading(request.actor, caf.pk)
    is_wanted = is_reading_wanted(caf.pk, today)
    initial = {"is_wanted": "yes" if is_wanted else "no", "effective_from": today}
    form = submitted(ReadingPolicyForm, request, today=today, initial=initial)
    if form.is_bound:
        require(may)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            correspondence.choose_reading(
                organisation=caf,
                is_wanted=form.cleaned_data["is_wanted"] == "yes",
                effective_from=form.cleaned_data["effective_from"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:readings")
    chosen = chosen_readings(caf.pk)
    context = {
        "form": form,
        "may": may,
        "is_wanted": is_wanted,
        "rows": to_read(caf.pk),
        "chosen": [(one, _standing(one, chosen, today)) for one in chosen],
    }
    return render(request, "desk/readings.html", context)


def _standing(one: ReadingPolicy, chosen: list[ReadingPolicy], today: date) -> str:
    if one.effective_from > today:
        return "À venir"
    in_force = next(other for other in chosen if other.effective_from <= today)
    return "En vigueur" if one == in_force else "Remplacé"


def _draft(case: Case) -> Letter | None:
    letter = draft_reply_of(case)
    if letter is not None:
        letter.case = case
    return letter
