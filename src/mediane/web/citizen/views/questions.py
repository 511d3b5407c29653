"""The test before the form: one question a page, and a page for each obstacle."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mediane.complaints import actions as complaints
from mediane.eligibility import actions as eligibility
from mediane.eligibility import rules
from mediane.eligibility.queries import last_check, policy_on
from mediane.eligibility.rules import Obstacle, Question
from mediane.kit import clock
from mediane.notifications.queries import wishes_of
from mediane.organisations.queries import is_online
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral
from mediane.web.citizen import journey
from mediane.web.citizen.accounts import draft_under_way
from mediane.web.citizen.drafts import with_draft
from mediane.web.citizen.forms.questions import FORMS
from mediane.web.citizen.told import BY_SLUG, told_under
from mediane.web.forms import submitted
from mediane.web.request import PersonRequest

BY_PAGE = {slug: question for question, slug in journey.SLUGS.items() if question in FORMS}


@require_safe
def begin(request: PersonRequest) -> HttpResponse:
    """Start a request, or go on with the one under way where it stopped."""
    organisation, at = request.organisation, clock.now()
    if not is_online(organisation, clock.day_of(at, organisation.time_zone)):
        return redirect("citizen:caf", code=organisation.code)
    if request.mandate is not None and not request.mandate.is_whole:
        # Of one request: to follow it, not to make another.
        raise PermissionDenied
    draft = draft_under_way(request) or referrals.start_or_resume(
        of=request.beneficiary, at=at, under=request.mandate
    )
    draft.organisation, draft.beneficiary = organisation, request.beneficiary
    return redirect(journey.proceed(draft=draft, by=request.actor, at=at))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def question(request: PersonRequest, draft: Referral, slug: str) -> HttpResponse:
    if slug not in BY_PAGE:
        raise Http404
    asked, at = BY_PAGE[slug], clock.now()
    answers = eligibility.from_json(draft.answers)
    if asked is Question.ANSWER and not answers.has_complained:
        return redirect("citizen:complaint")
    today = clock.day_of(at, request.organisation.time_zone)
    _, policy = policy_on(today)
    if asked in policy.skipped:
        return redirect(journey.before(asked, policy))
    form = submitted(FORMS[asked], request, answers=answers, today=today)
    if form.is_bound and form.is_valid():
        given = form.given()
        if asked is Question.ANSWER and draft.complaint is not None:
            complaints.note_answer(
                complaint=draft.complaint,
                was_answered=bool(given.was_answered),
                answered_on=given.answered_on,
            )
        return redirect(journey.answer(draft=draft, answers=given, by=request.actor, at=at))
    if asked is Question.CRA and policy.cra_pending == "block":
        # Its answer may end the test: nobody is told the contrary.
        form.question.help_text = ""
    place = {"back": journey.before(asked, policy)} | journey.place_of(asked, policy)
    return render(request, "citizen/question.html", {"form": form, "draft": draft, **place})


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def obstacle(request: PersonRequest, draft: Referral, slug: str) -> HttpResponse:
    """Why not now, what to do, where to go. Posting goes on all the same, where the rules let it."""
    if slug not in BY_SLUG:
        raise Http404
    shown, at = BY_SLUG[slug], clock.now()
    answers = eligibility.from_json(draft.answers)
    today = clock.day_of(at, request.organisation.time_zone)
    _, policy = policy_on(today)
    if shown not in rules.obstacles(answers, policy, today=today):
        return redirect("citizen:begin")
    may_go_on = not rules.blocks(shown, policy) and rules.next_question(answers, policy) is None
    if request.method == "POST":
        if may_go_on:
            check = last_check(request.beneficiary, since=draft.started_at)
            referrals.save(draft=draft, at=at, check_passed=check)
        return redirect("citizen:begin")
    words = {
        "told": told_under(policy, shown),
        "asks_urgency": Question.URGENCY not in policy.skipped,
        "back": _back_from(shown),
        "may_go_on": may_go_on,
        "draft": draft,
        "answers": answers,
    }
    words |= {"number": request.beneficiary.number, "masked_email": _masked(_written_to(request, draft))}
    return render(request, f"citizen/obstacles/{shown}.html", words | _waiting(answers, policy, today))


def _back_from(shown: Obstacle) -> str:
    """The question that met the obstacle."""
    asked = {
        Obstacle.NOT_CAF: Question.ABOUT_CAF,
        Obstacle.OUT_OF_COMPETENCE: Question.SUBJECT,
        Obstacle.NO_PRIOR_COMPLAINT: Question.COMPLAINT,
        Obstacle.PREMATURE: Question.URGENCY,
        Obstacle.LITIGATION: Question.COURT,
        Obstacle.CRA_PENDING: Question.CRA,
    }
    return journey.page_of(asked[shown])


def _written_to(request: PersonRequest, draft: Referral | None) -> str:
    """Where a notice would go; of whoever acts for the person, it is not to be known."""
    if request.actor.kind != "person":
        return ""
    wishes = wishes_of(request.beneficiary, draft)
    return wishes.address if wishes.notice_by_email else ""


def _masked(email: str) -> str:
    """« s•••@exemple.fr »: enough to recognise one’s own, on a screen somebody else may see."""
    name, _, host = email.partition("@")
    return f"{name[:1]}•••@{host}" if host else ""


def _waiting(answers: rules.Answers, policy: rules.Policy, today: date) -> dict[str, object]:
    """The small ruler of a wait: from the complaint to the day it may go on."""
    possible_on = rules.possible_from(answers, policy)
    if possible_on is None or answers.complained_on is None:
        return {}
    span = max((possible_on - answers.complained_on).days, 1)
    elapsed = (today - answers.complained_on).days
    return {
        "possible_on": possible_on,
        "days_left": (possible_on - today).days,
        "today_at": min(max(round(100 * elapsed / span), 4), 96),
    }
