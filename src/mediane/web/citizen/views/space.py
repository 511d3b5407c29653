"""The follow-up space: one’s requests, and where each of them stands."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.appeals.queries import own_clock
from mediane.casework.models import Case
from mediane.casework.queries.own_case import OwnCase, awaited_on, cases_of, may_see, own_case
from mediane.casework.queries.spoken import next_appointments_of
from mediane.casework.rules.meetings import moment as meeting_moment
from mediane.casework.rules.public_words import ANOTHER_CAF, STUDIED, Situation, headline, lead, status
from mediane.casework.states import State
from mediane.correspondence.queries import signed_letters_of, unread_of
from mediane.eligibility.models import EligibilityCheck
from mediane.eligibility.queries import attempts_to_resume
from mediane.kit import clock, rowsecurity
from mediane.kit.french import long_date
from mediane.people.models import Beneficiary
from mediane.referrals.models import Referral
from mediane.referrals.queries import draft_of
from mediane.web.citizen.accounts import other_accounts
from mediane.web.citizen.space_case import (
    awaited_by,
    day,
    found,
    page_of,
    papers,
    requested,
    stages,
)
from mediane.web.citizen.space_meetings import conversation, meetings
from mediane.web.citizen.space_moved import moved
from mediane.web.citizen.space_waits import awaited
from mediane.web.request import PersonRequest

SHOWN_PAPERS = 4


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    beneficiary = request.beneficiary
    today = clock.today(request.organisation.time_zone)
    drafts, (cases, lines) = [draft_of(beneficiary)], _lines(beneficiary.pk, today)
    for alias in other_accounts(request):
        with rowsecurity.working_for(rowsecurity.person(alias.pk)):
            others, more = _lines(alias.pk, today)
            drafts.append(draft_of(alias))
        cases, lines = [*cases, *others], [*lines, *more]
    # One at a time, wherever each was begun.
    begun = [one for one in drafts if one is not None]
    draft = begun[0] if begun else None
    called = f"{beneficiary.title} {beneficiary.last_name}" if beneficiary.title else beneficiary.full_name
    context = {
        "salutation": called,
        "draft": draft,
        "later": begun[1:],
        "may_file": request.mandate is None or request.mandate.is_whole,
        "attempts": _attempts(beneficiary, draft, cases),
        "requests": lines,
    }
    return render(request, "citizen/space.html", context)


def _lines(account: int, today: date) -> tuple[list[Case], list[dict[str, Any]]]:
    """The requests of one account, newest first."""
    cases, awaited, unread = cases_of(account), awaited_on(account), unread_of(account)
    met = next_appointments_of(account, now=clock.now())
    lines = [_line(case, today, awaited.get(case.pk), case.pk in unread) for case in cases]
    for case, line in zip(cases, lines, strict=True):
        if case.pk in met:
            words = f"Rendez-vous le {meeting_moment(met[case.pk], case.organisation.time_zone)}"
            line["todo"].insert(0, ("clock", words))
    return cases, lines


@require_safe
def follow(request: PersonRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    own = own_case(case)
    if case.state == State.TRANSFERRED and request.mandate is not None:
        # Where she lives now is hers to tell whoever speaks for her.
        own = replace(own, situation=replace(own.situation, body=ANOTHER_CAF))
    return render(request, "citizen/space_follow.html", _page(request, own))


def _attempts(beneficiary: Beneficiary, draft: Referral | None, cases: list[Case]) -> list[EligibilityCheck]:
    """Attempts made too early that nothing followed."""
    if draft is not None and draft.check_passed_id:
        return []
    since = max((case.received_at for case in cases), default=None)
    return [check for check in attempts_to_resume(beneficiary) if since is None or check.taken_at > since]


def _page(request: PersonRequest, own: OwnCase) -> dict[str, Any]:
    case, zone = own.case, own.case.organisation.time_zone
    today = clock.today(zone)
    letters = signed_letters_of(case)
    elsewhere = moved(case, request.actor)
    shown = list(filter(may_see(request.actor, case), own.documents))
    lines = [*papers(case, letters, shown), *elsewhere.papers]
    first = own.missing[0].request if own.missing else None
    return {
        "case": case,
        "moved": elsewhere,
        "headline": headline(own.situation),
        "lead": lead(own.situation, today),
        "answered_with": own.situation.body if case.state == State.MERGED else "",
        "why": own.reply_deadline if case.is_open and not own.situation.is_paused_on(today) else None,
        "reply": next((letter for letter in letters if letter.kind == "REPLY"), None),
        "stages": stages(own.situation, case, letters),
        "missing": _missing(own),
        "awaited": awaited_by(first.due_on, today) if first else "",
        "request_words": first.words if first else "",
        "waits": awaited(own, today),
        "messages": conversation(own, request.actor, zone),
        "meetings": meetings(own.appointments, clock.now()),
        "appeal": own_clock(case, today),
        "papers": lines[:SHOWN_PAPERS],
        "total_papers": len(lines),
    }


def _missing(own: OwnCase) -> list[dict[str, Any]]:
    if not own.missing:
        return []
    places = {item.pk: place for place, item in enumerate(requested(own.case), 1)}
    return [{"label": item.label, "place": places[item.pk]} for item in own.missing]


def _title(case: Case, state: State) -> str:
    """The words of its own page, but where those need to know which body."""
    who = case.organisation.mediator_title
    if state not in STUDIED:
        return status(state, who)
    situation = Situation(
        state=state, who=who, received_on=case.received_on, admissible_on=case.admissible_on
    )
    return headline(situation)


def _line(case: Case, today: date, awaited: date | None, has_letter: bool) -> dict[str, Any]:
    zone = case.organisation.time_zone
    state = State(case.state)
    note = f"Demande {case.reference}, reçue le {long_date(case.received_on)}"
    if case.closed_at is not None:
        note += f", terminée le {day(case.closed_at, zone)}"
    todo = [("clock", f"Document {awaited_by(awaited, today)}")] if awaited else []
    if has_letter:
        todo.append(("letter", "Lettre à lire"))
    return {
        "title": _title(case, state),
        "note": note,
        "href": page_of(case),
        "todo": todo,
    }
