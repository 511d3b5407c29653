"""Who may go to the mediator now and, for the others, what stands in the way and until when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from mediane.kit.months import add_months


class Subject(StrEnum):
    INDIVIDUAL_BENEFIT = "individual_benefit"
    SERVICE_QUALITY = "service_quality"
    PARTNER_FUNDING = "partner_funding"
    FAMILY_CONFLICT = "family_conflict"
    PERSONAL_DATA = "personal_data"
    OTHER = "other"


class UrgencyReason(StrEnum):
    NO_INCOME = "no_income"
    EVICTION = "eviction"
    NO_FOOD = "no_food"

    @property
    def label(self) -> str:
        """How the desk says it, beside the flag."""
        return {"no_income": "Sans ressources", "eviction": "Expulsion", "no_food": "Rien à manger"}[
            self.value
        ]


class Obstacle(StrEnum):
    NOT_CAF = "not_caf"
    OUT_OF_COMPETENCE = "out_of_competence"
    NO_PRIOR_COMPLAINT = "no_prior_complaint"
    PREMATURE = "premature"
    LITIGATION = "litigation"
    CRA_PENDING = "cra_pending"  # met only under a policy that blocks it


class Flag(StrEnum):
    """What the mediator should know, and which never refuses anybody."""

    REPEAT_REFERRAL = "repeat_referral"
    URGENT = "urgent"
    CRA_PENDING = "cra_pending"


class Question(StrEnum):
    ABOUT_CAF = "about_caf"
    SUBJECT = "subject"
    COMPLAINT = "complaint"
    ANSWER = "answer"
    CRA = "cra"
    COURT = "court"
    ALREADY_ASKED = "already_asked"
    URGENCY = "urgency"


QUESTIONS = tuple(Question)
# The prior step is what the law asks for: its two questions are always put.
OPTIONAL = tuple(question for question in Question if question not in (Question.COMPLAINT, Question.ANSWER))
LONGEST_WAIT = 24  # months
NATIONAL_TIME = "Europe/Paris"  # by which the day of publication is told
FIELD_OF = {
    Question.ABOUT_CAF: "about_caf",
    Question.SUBJECT: "subject",
    Question.CRA: "cra_pending",
    Question.COURT: "before_a_court",
    Question.ALREADY_ASKED: "already_asked",
    Question.URGENCY: "is_urgent",
}
LIKE_ANSWERS = (
    "about_caf",
    "has_complained",
    "was_answered",
    "cra_pending",
    "before_a_court",
    "already_asked",
    "is_urgent",
)
ANY_DAY = date(2000, 1, 1)  # the first of a month: whole months before it are exact
COMPETENT_FOR = (Subject.INDIVIDUAL_BENEFIT, Subject.SERVICE_QUALITY)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What the person answered; None is a question not answered yet."""

    about_caf: bool | None = None
    subject: Subject | None = None
    has_complained: bool | None = None
    complained_on: date | None = None
    was_answered: bool | None = None
    answered_on: date | None = None
    cra_pending: bool | None = None
    before_a_court: bool | None = None
    already_asked: bool | None = None
    is_urgent: bool | None = None
    urgency_reasons: tuple[UrgencyReason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The dated choices of the branch or of one Caf."""

    version: str
    effective_from: date
    waiting_months: int = 2
    early_filing_allowed: bool = True
    cra_pending: Literal["warn", "block"] = "warn"
    skipped: frozenset[Question] = frozenset()

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for question in QUESTIONS if question not in self.skipped)


def policy_on(policies: Iterable[Policy], day: date) -> Policy | None:
    """The policy in force on a day: the latest to have begun; of two of one day, the last given."""
    begun = [policy for policy in policies if policy.effective_from <= day]
    return max(reversed(begun), key=lambda policy: policy.effective_from, default=None)


def heard(answers: Answers, policy: Policy) -> Answers:
    """The answers a policy listens to: one given to a question it does not put changes nothing."""
    if not policy.skipped:
        return answers
    unheard: dict[str, Any] = {FIELD_OF[question]: None for question in policy.skipped}
    if Question.URGENCY in policy.skipped:
        unheard["urgency_reasons"] = ()
    return replace(answers, **unheard)


def obstacles(answers: Answers, policy: Policy, *, today: date) -> list[Obstacle]:
    """Every obstacle met so far; an empty list after the last question means the way is open."""
    answers = heard(answers, policy)
    met = {
        Obstacle.NOT_CAF: answers.about_caf is False,
        Obstacle.OUT_OF_COMPETENCE: _is_out_of_competence(answers),
        Obstacle.NO_PRIOR_COMPLAINT: answers.has_complained is False,
        Obstacle.PREMATURE: _is_premature(answers, policy, today),
        Obstacle.LITIGATION: answers.before_a_court is True,
        Obstacle.CRA_PENDING: answers.cra_pending is True and policy.cra_pending == "block",
    }
    return [obstacle for obstacle, is_met in met.items() if is_met]


def blocks(obstacle: Obstacle, policy: Policy) -> bool:
    """Whether the obstacle refuses. « Too early » only advises, unless the policy says otherwise:
    the law asks for a prior step and sets no waiting time."""
    return obstacle != Obstacle.PREMATURE or not policy.early_filing_allowed


def flags(answers: Answers, policy: Policy) -> list[Flag]:
    answers = heard(answers, policy)
    raised = {
        Flag.REPEAT_REFERRAL: answers.already_asked,
        Flag.URGENT: answers.is_urgent,
        Flag.CRA_PENDING: answers.cra_pending,
    }
    return [flag for flag, is_raised in raised.items() if is_raised]


def possible_from(answers: Answers, policy: Policy) -> date | None:
    """The first day an unanswered complaint may go to the mediator; None with nothing to wait for."""
    if not answers.has_complained or answers.complained_on is None or answers.was_answered is not False:
        return None
    return add_months(answers.complained_on, policy.waiting_months)


def next_question(answers: Answers, policy: Policy) -> Question | None:
    """The first question without an answer; None at the end, or once no later answer can help."""
    answers = heard(answers, policy)
    if (
        answers.about_caf is False
        or _is_out_of_competence(answers)
        or answers.has_complained is False
        or answers.before_a_court
    ):
        return None
    return next((question for question in policy.questions if not _has_answer(answers, question)), None)


class Verdict(StrEnum):
    """How a run of the test ended."""

    OPEN = "open"
    EARLY = "early"  # advised to wait, free to go on
    STOPPED = "stopped"
    UNKNOWN = "unknown"  # a question would be put, whose answer nobody gave


Ending = tuple[Verdict, Obstacle | None]


def ending(met: Iterable[Obstacle], policy: Policy) -> Ending:
    """What the obstacles met amount to, and the one the person is told of."""
    met = list(met)
    told = next((obstacle for obstacle in met if blocks(obstacle, policy)), None)
    if told is not None:
        return Verdict.STOPPED, told
    return (Verdict.EARLY, met[0]) if met else (Verdict.OPEN, None)


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Answers without anything that tells one person from another: of a complaint, only its age."""

    about_caf: bool | None = None
    subject: str = ""
    has_complained: bool | None = None
    was_answered: bool | None = None
    months_waited: int | None = None
    cra_pending: bool | None = None
    before_a_court: bool | None = None
    already_asked: bool | None = None
    is_urgent: bool | None = None


def profile(answers: Answers, *, today: date) -> Profile:
    """Whole months count, no more of them than a policy could ask for."""
    waited = None
    if answers.has_complained and answers.complained_on is not None and answers.was_answered is False:
        ages = (age for age in range(LONGEST_WAIT, 0, -1) if add_months(answers.complained_on, age) <= today)
        waited = next(ages, 0)
    kept: dict[str, Any] = {name: getattr(answers, name) for name in LIKE_ANSWERS}
    return Profile(**kept, subject=answers.subject or "", months_waited=waited)


def replay(run: Profile, policy: Policy) -> Ending:
    """How the same answers would have ended under another policy."""
    complained_on = add_months(ANY_DAY, -(run.months_waited or 0)) if run.has_complained else None
    given: dict[str, Any] = {name: getattr(run, name) for name in LIKE_ANSWERS}
    subject = Subject(run.subject) if run.subject else None
    answers = Answers(**given, subject=subject, complained_on=complained_on)
    met = obstacles(answers, policy, today=ANY_DAY)
    end = ending(met, policy)
    is_over = end[0] is Verdict.STOPPED or next_question(answers, policy) is None
    return end if is_over else (Verdict.UNKNOWN, None)


def _is_out_of_competence(answers: Answers) -> bool:
    return answers.subject is not None and answers.subject not in COMPETENT_FOR


def _is_premature(answers: Answers, policy: Policy, today: date) -> bool:
    possible_on = possible_from(answers, policy)
    return possible_on is not None and today < possible_on


def _has_answer(answers: Answers, question: Question) -> bool:
    given = {
        Question.ABOUT_CAF: answers.about_caf,
        Question.SUBJECT: answers.subject,
        # A complaint is dated by the person or by the Caf's records.
        Question.COMPLAINT: answers.complained_on if answers.has_complained else answers.has_complained,
        Question.ANSWER: answers.was_answered,
        Question.CRA: answers.cra_pending,
        Question.COURT: answers.before_a_court,
        Question.ALREADY_ASKED: answers.already_asked,
        Question.URGENCY: answers.is_urgent,
    }
    return given[question] is not None
