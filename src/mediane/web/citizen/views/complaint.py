"""The earlier step with the Caf: chosen among those its register knows, or declared."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.complaints import actions as complaints
from mediane.complaints.models import PriorComplaint, Source
from mediane.complaints.queries import ask_register
from mediane.complaints.rules import KnownComplaint
from mediane.eligibility import actions as eligibility
from mediane.eligibility.queries import policy_on
from mediane.eligibility.rules import Answers, Question
from mediane.kit import clock
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral
from mediane.web.citizen import journey
from mediane.web.citizen.drafts import with_draft
from mediane.web.citizen.forms.complaint import NONE, OTHER, ComplaintForm, DeclareForm, chosen
from mediane.web.forms import submitted
from mediane.web.request import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def complaint(request: PersonRequest, draft: Referral) -> HttpResponse:
    answers = eligibility.from_json(draft.answers)
    # Asked before anything is locked; without an answer the person declares.
    inquiry = ask_register(request.beneficiary)
    kept = chosen(draft.complaint, answers.has_complained)
    form = submitted(ComplaintForm, request, known=list(inquiry.complaints), kept=kept)
    if form.is_bound and form.is_valid():
        choice = form.cleaned_data["complaint"]
        if choice == OTHER:
            return redirect("citizen:declare")
        if choice == NONE:
            return redirect(_without(request, draft, answers))
        return redirect(_with_known(request, draft, answers, form.known[choice]))
    words = {"form": form, "draft": draft, "standing": inquiry.standing, "has_known": bool(form.known)}
    return render(request, "citizen/complaint.html", words | _place(request))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def declare(request: PersonRequest, draft: Referral) -> HttpResponse:
    at = clock.now()
    form = submitted(
        DeclareForm, request, today=clock.day_of(at, request.organisation.time_zone), initial=_kept(draft)
    )
    if form.is_bound and form.is_valid():
        answers = eligibility.from_json(draft.answers)
        if form.has_changed() or not answers.has_complained:
            inquiry = ask_register(request.beneficiary)
            if known := inquiry.named(form.cleaned_data["reference"]):
                # Its reference tells the complaint: what the Caf knows of it is surer than memory.
                return redirect(_with_known(request, draft, answers, known))
            declared = complaints.declare(
                **form.cleaned_data, answered_on=None, inquiry=inquiry, of=request.beneficiary, at=at
            )
            answers = replace(answers, has_complained=True, complained_on=declared.made_on)
            answers = replace(answers, was_answered=None, answered_on=None)
            _rest_on(draft, declared)
        return redirect(journey.answer(draft=draft, answers=answers, by=request.actor, at=at))
    return render(request, "citizen/declare.html", {"form": form, "draft": draft, **_place(request)})


def _place(request: PersonRequest) -> dict[str, object]:
    _, policy = policy_on(clock.today(request.organisation.time_zone))
    back: dict[str, object] = {"back": journey.before(Question.COMPLAINT, policy)}
    return back | journey.place_of(Question.COMPLAINT, policy)


def _without(request: PersonRequest, draft: Referral, answers: Answers) -> str:
    given = replace(answers, has_complained=False, complained_on=None, was_answered=None, answered_on=None)
    _rest_on(draft, None)
    return journey.answer(draft=draft, answers=given, by=request.actor, at=clock.now())


def _with_known(request: PersonRequest, draft: Referral, answers: Answers, known: KnownComplaint) -> str:
    """Its answer is taken from the register; an unanswered one is asked about on the next page."""
    at, before = clock.now(), draft.complaint
    same = before is not None and before.source == Source.REGISTER and before.reference == known.reference
    if not same or known.answered_on is not None:
        _rest_on(draft, complaints.note_known(complaint=known, of=request.beneficiary, at=at))
        answers = replace(
            answers,
            has_complained=True,
            complained_on=known.made_on,
            was_answered=True if known.answered_on else None,
            answered_on=known.answered_on,
        )
    return journey.answer(draft=draft, answers=answers, by=request.actor, at=at)


def _rest_on(draft: Referral, complaint: PriorComplaint | None) -> None:
    """Put one complaint in the place of another; the former one has no use any more."""
    before = draft.complaint
    referrals.save(draft=draft, at=clock.now(), complaint=complaint)
    if before is not None:
        complaints.forget(complaint=before)


def _kept(draft: Referral) -> dict[str, object]:
    before = draft.complaint
    if before is None or before.source == Source.REGISTER:
        return {}
    return {"made_on": before.made_on, "channel": before.channel, "reference": before.reference}
