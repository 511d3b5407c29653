"""The period for appeal of a case: what is computed, why, and the days it rests on."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.appeals import actions
from mediane.appeals.models import AppealEvent
from mediane.appeals.queries import clock_of, events_of, opened_events, sign_off_of, standing
from mediane.appeals.rules.law import PATH
from mediane.appeals.states import What
from mediane.casework.models import Case
from mediane.casework.rights import may_work_on, require
from mediane.correspondence.queries import signed_letters_of
from mediane.kit import clock
from mediane.web.desk.appeals import SLUG, SLUGS, as_shown, known_of, rank_of
from mediane.web.desk.finding import found
from mediane.web.desk.forms_appeals import AppealEventForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_safe
def appeal_clock(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    events = events_of(case.pk)
    today = clock.today(request.organisation.time_zone)
    shown = as_shown(clock_of(case, list(case.steps.all()), events, today))
    signed = sign_off_of(case.organisation_id)
    context = {
        "case": case,
        "shown": shown,
        "days": [(what, SLUG[what], _standing(events, what), _may_date(case, what)) for what in What],
        "by_the_case": {What.ADMISSIBILITY: case.admissible_on, What.END: None},
        "story": opened_events(case, events),
        "paths": PATH,
        "signed": signed,
        "is_shown": signed is not None and signed.stands and shown.clock.may_be_shown,
    }
    return render(request, "desk/appeal_clock.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note_appeal_event(request: StaffRequest, reference: str, slug: str) -> HttpResponse:
    case = found(request, reference)
    require(may_work_on(request.actor, case))
    if slug not in SLUGS:
        raise Http404
    what, events = SLUGS[slug], events_of(case.pk)
    today = clock.today(request.organisation.time_zone)
    last = _standing(events, what)
    initial = known_of(last) | {"version": case.version, "rank": rank_of(events, what)}
    form = submitted(
        AppealEventForm, request, what=what, benefits=case.benefits, today=today, initial=initial
    )
    if form.is_valid():
        with refusals_on(form):
            actions.note_appeal_event(
                case=case,
                dated=form.dated(),
                precision=form.cleaned_data["precision"],
                seen_rank=form.cleaned_data["rank"],
                by=request.actor,
                at=clock.now(),
                entry_key=form.cleaned_data["entry_key"],
            )
            return redirect("desk:appeal_clock", reference=reference)
        _see(form, case, what)
        last = _standing(events_of(case.pk), what)
    context = {"case": case, "form": form, "what": what, "last": last} | _hints(case, what)
    return render(request, "desk/appeal_event.html", context)


def _hints(case: Case, what: What) -> dict[str, Any]:
    """What the case already knows of that day."""
    letters = signed_letters_of(case) if what != What.DECISION else []
    return {"letters": letters, "decided_on": case.referral.decision_on if what == What.DECISION else None}


def _standing(events: list[AppealEvent], what: What) -> AppealEvent | None:
    """What stands, if it was not taken back."""
    last = standing(events, what)
    return last if last is not None and last.on is not None else None


def _may_date(case: Case, what: What) -> bool:
    if what == What.DECISION:
        return True
    return case.admissible_on is not None and (what == What.ADMISSIBILITY or not case.is_open)


def _see(form: AppealEventForm, case: Case, what: What) -> None:
    """After a refusal: what was typed stays, and the next try is made on what now stands."""
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data["rank"] = str(rank_of(events_of(case.pk), what))
