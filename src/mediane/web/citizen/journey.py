"""In which order the pages come, and which one is next."""

from datetime import datetime

from django.urls import reverse

from mediane.eligibility import actions as eligibility
from mediane.eligibility import rules
from mediane.eligibility.queries import policy_on
from mediane.eligibility.rules import QUESTIONS, Question
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral
from mediane.web.citizen.told import TOLD, told_under

SLUGS = {
    Question.ABOUT_CAF: "organisme",
    Question.SUBJECT: "sujet",
    Question.COMPLAINT: "reclamation",
    Question.ANSWER: "reponse",
    Question.CRA: "commission",
    Question.COURT: "tribunal",
    Question.ALREADY_ASKED: "deja-demande",
    Question.URGENCY: "urgence",
}
STEPS = ("prestations-et-motifs", "explication", "documents", "vous-joindre")


def page_of(question: Question) -> str:
    if question is Question.COMPLAINT:
        return reverse("citizen:complaint")
    return reverse("citizen:question", kwargs={"slug": SLUGS[question]})


def step_page(slug: str) -> str:
    return reverse("citizen:request_step", kwargs={"slug": slug})


def obstacle_page(obstacle: rules.Obstacle) -> str:
    return reverse("citizen:obstacle", kwargs={"slug": TOLD[obstacle].slug})


def before(question: Question, policy: rules.Policy) -> str:
    """The page one comes back to: that of the question put before this one."""
    earlier = [one for one in policy.questions if QUESTIONS.index(one) < QUESTIONS.index(question)]
    return page_of(earlier[-1]) if earlier else reverse("citizen:start")


def place_of(question: Question, policy: rules.Policy) -> dict[str, int]:
    """« Question 3 sur 8 »."""
    put = [one for one in policy.questions if QUESTIONS.index(one) <= QUESTIONS.index(question)]
    return {"number": max(len(put), 1), "total": len(policy.questions)}


def before_step(slug: str) -> str:
    place = STEPS.index(slug)
    return step_page(STEPS[place - 1]) if place else page_of(QUESTIONS[-1])


def after_step(slug: str) -> str:
    place = STEPS.index(slug) + 1
    return step_page(STEPS[place]) if place < len(STEPS) else reverse("citizen:check")


def first_gap(draft: Referral) -> str:
    """The first page of the request still to be filled; the check once there is none."""
    if not (draft.benefits and draft.grounds):
        return step_page("prestations-et-motifs")
    if not (draft.asked and draft.explanation):
        return step_page("explication")
    if draft.safe_contact is None:
        return step_page("documents")
    return reverse("citizen:check")


def is_complete(draft: Referral) -> bool:
    return draft.check_passed_id is not None and first_gap(draft) == reverse("citizen:check")


def proceed(*, draft: Referral, by: Actor, at: datetime) -> str:
    """Where the answers lead now. The end of the test, open or closed, is kept."""
    answers = eligibility.from_json(draft.answers)
    today = clock.day_of(at, draft.organisation.time_zone)
    _, policy = policy_on(today)
    met = rules.obstacles(answers, policy, today=today)
    blocked = [obstacle for obstacle in met if rules.blocks(obstacle, policy)]
    question = rules.next_question(answers, policy)
    if not blocked and question is not None:
        return page_of(question)
    if draft.check_passed_id is not None:
        return first_gap(draft)
    obstacle = next(iter(blocked or met), None)
    check = eligibility.keep(
        answers=answers,
        of=draft.beneficiary,
        told=str(told_under(policy, obstacle)) if obstacle else "",
        by=by,
        at=at,
        run_began_at=draft.started_at,
    )
    if obstacle is not None:
        return obstacle_page(obstacle)
    referrals.save(draft=draft, at=at, check_passed=check)
    return first_gap(draft)


def answer(*, draft: Referral, answers: rules.Answers, by: Actor, at: datetime) -> str:
    """Keep the answers; what was passed with other answers is to be passed again."""
    given = eligibility.as_json(answers)
    if given != draft.answers:
        urgency = [str(reason) for reason in answers.urgency_reasons]
        referrals.save(draft=draft, at=at, answers=given, urgency=urgency, check_passed=None)
    return proceed(draft=draft, by=by, at=at)
