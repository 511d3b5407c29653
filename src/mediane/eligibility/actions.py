from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mediane.eligibility import rights, rules
from mediane.eligibility.models import AnonymousAttempt, EligibilityCheck, EligibilityPolicy
from mediane.eligibility.queries import as_rule, attempts_of, policy_on, published
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.organisations.rules import TIME_ZONES
from mediane.people.models import Beneficiary


@transaction.atomic
def keep(
    *, answers: rules.Answers, of: Beneficiary, told: str, by: Actor, at: datetime, run_began_at: datetime
) -> EligibilityCheck:
    """Keep one run of the test, passed or not, with the rules it was asked under and what was told.

    The same answers given again in the same run (a refresh, the back button) are the same attempt.
    """
    today = clock.day_of(at, of.organisation.time_zone)
    row, policy = policy_on(today)
    met = rules.obstacles(answers, policy, today=today)
    before = attempts_of(of.pk)
    if before and before[0].taken_at >= run_began_at and _says_the_same(before[0], answers, met):
        return before[0]
    check = EligibilityCheck.objects.create(
        organisation_id=of.organisation_id,
        beneficiary=of,
        policy=row,
        answers=as_json(answers),
        obstacles=[str(obstacle) for obstacle in met],
        flags=[str(flag) for flag in rules.flags(answers, policy)],
        told=told,
        possible_from=rules.possible_from(answers, policy) if rules.Obstacle.PREMATURE in met else None,
        taken_at=at,
    )
    stops = list(takewhile(lambda run: _may_have_waited_since(run, run_began_at), before))
    counted(check=check, first_stop=stops[-1] if stops else None, today=today).save(force_insert=True)
    record(verb="eligibility", subject=("check", str(check.pk)), by=by, at=at, beneficiary_id=of.pk)
    return check


def counted(*, check: EligibilityCheck, first_stop: EligibilityCheck | None, today: date) -> AnonymousAttempt:
    """What is counted of a run, to be saved beside it; `first_stop` is since when the person waits."""
    verdict, obstacle = _ending(check)
    attempt = AnonymousAttempt(
        organisation_id=check.organisation_id,
        policy_id=check.policy_id,
        month=today.replace(day=1),
        profile=asdict(rules.profile(from_json(check.answers), today=today)),
        verdict=verdict,
        obstacle=obstacle or "",
        told=check.told[:300],
    )
    if verdict is rules.Verdict.OPEN and first_stop is not None:
        attempt.returned_from = _ending(first_stop)[1] or ""
        attempt.returned_after = max((check.taken_at - first_stop.taken_at).days, 0)
    return attempt


def _ending(check: EligibilityCheck) -> rules.Ending:
    return rules.ending(map(rules.Obstacle, check.obstacles), as_rule(check.policy))


def _may_have_waited_since(run: EligibilityCheck, run_began_at: datetime) -> bool:
    """Whoever was only advised to wait, in an earlier request, may have sent that one all the same."""
    verdict, _ = _ending(run)
    is_of_this_request = run.taken_at >= run_began_at
    return verdict is rules.Verdict.STOPPED or (verdict is rules.Verdict.EARLY and is_of_this_request)


def note_announced(*, check: EligibilityCheck, at: datetime) -> None:
    """Note that the person was told that the day has come, or needed not to be."""
    EligibilityCheck.objects.filter(pk=check.pk, announced_at=None).update(announced_at=at)


def as_json(answers: rules.Answers) -> dict[str, Any]:
    given = asdict(answers) | {"urgency_reasons": list(answers.urgency_reasons)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in given.items()}


def from_json(kept: dict[str, Any]) -> rules.Answers:
    """The answers of a draft, as the rules read them."""
    values = dict(kept)
    for name in ("complained_on", "answered_on"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    if values.get("subject"):
        values["subject"] = rules.Subject(values["subject"])
    values["urgency_reasons"] = tuple(map(rules.UrgencyReason, values.get("urgency_reasons", ())))
    return rules.Answers(**values)


def _says_the_same(last: EligibilityCheck, answers: rules.Answers, met: list[rules.Obstacle]) -> bool:
    return last.answers == as_json(answers) and last.obstacles == [str(obstacle) for obstacle in met]


class PolicyRefused(Refusal):
    """Rules that contradict themselves, that come too late, or that somebody else has just changed."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a policy decides."""

    waiting_months: int
    early_filing_allowed: bool
    cra_pending_blocks: bool
    skipped: tuple[rules.Question, ...] = ()
    source: str = ""


@transaction.atomic
def draft_policy(*, choices: Choices, by: Actor, at: datetime) -> EligibilityPolicy:
    """Begin a draft: nobody is asked anything under it before it is published."""
    _require_consistent(choices, by)
    draft = EligibilityPolicy.objects.create(**_values(choices), saved_at=at, saved_by=by.name)
    record(verb="draft_policy", subject=("policy", f"projet {draft.pk}"), by=by, at=at)
    return draft


@transaction.atomic
def change_policy(
    *, draft: EligibilityPolicy, choices: Choices, seen_revision: int, by: Actor, at: datetime
) -> None:
    _require_consistent(choices, by)
    _lock(draft, seen_revision)
    for name, value in _values(choices).items():
        setattr(draft, name, value)
    draft.saved_at, draft.saved_by, draft.revision = at, by.name, draft.revision + 1
    draft.save()
    record(verb="change_policy", subject=("policy", f"projet {draft.pk}"), by=by, at=at)


@transaction.atomic
def discard_policy(*, draft: EligibilityPolicy, by: Actor, at: datetime) -> None:
    """Throw a draft away. Somebody else has done so already: nothing is left to do."""
    _require(by)
    still = EligibilityPolicy.objects.select_for_update().filter(pk=draft.pk, version=None).first()
    if still is not None:
        still.delete()
        record(verb="discard_policy", subject=("policy", f"projet {draft.pk}"), by=by, at=at)


@transaction.atomic
def publish_policy(
    *, draft: EligibilityPolicy, effective_from: date, seen_revision: int, by: Actor, at: datetime
) -> None:
    """Give a draft its version and its day. From then on it never changes: the next one replaces it.

    :raises PolicyRefused: if the day is not to come, precedes rules already published, or if the draft is
        not the one that was simulated.
    """
    _require(by)
    # One publication at a time: the next number is read after whoever came first is done.
    EligibilityPolicy.objects.select_for_update().filter(version=1).get()
    _lock(draft, seen_revision)
    latest = max(map(as_rule, published()), key=lambda one: (one.effective_from, int(one.version)))
    today = clock.day_of(at, rules.NATIONAL_TIME)
    # Somewhere the day has already begun.
    if effective_from <= max(clock.day_of(at, zone) for zone in (rules.NATIONAL_TIME, *TIME_ZONES.values())):
        raise PolicyRefused("Choisissez un jour à venir\u00a0: des tests ont déjà été passés aujourd’hui.")
    if effective_from < latest.effective_from:
        begins = f"La version {latest.version} prend effet le {long_date(latest.effective_from)}"
        raise PolicyRefused(f"{begins}\u00a0: choisissez ce jour, ou un autre après.")
    draft.version = max(row.version or 0 for row in published()) + 1
    draft.effective_from = effective_from
    draft.published_on, draft.published_by = today, by.name
    draft.save()
    record(verb="publish_policy", subject=("policy", f"version {draft.version}"), by=by, at=at)


def _values(choices: Choices) -> dict[str, Any]:
    return asdict(choices) | {"skipped": [str(question) for question in choices.skipped]}


def _require(by: Actor) -> None:
    if not rights.may_set_policies(by):
        raise PermissionDenied


def _require_consistent(choices: Choices, by: Actor) -> None:
    _require(by)
    if choices.cra_pending_blocks and rules.Question.CRA in choices.skipped:
        raise PolicyRefused(
            "La commission ne peut arrêter le test que si la question est posée\u00a0:"
            " posez-la, ou laissez passer."
        )


def _lock(draft: EligibilityPolicy, seen_revision: int) -> None:
    """Hold the draft as it now is, if it is still what was on the screen."""
    now = EligibilityPolicy.objects.select_for_update().filter(pk=draft.pk).first()
    if now is None:
        raise PolicyRefused("Ce projet a été abandonné entre-temps.")
    if not now.is_draft:
        raise PolicyRefused(f"Ce projet est déjà publié\u00a0: c’est la version {now.version}.")
    if now.revision != seen_revision and now.saved_at is not None:
        when = now.saved_at.astimezone(ZoneInfo(rules.NATIONAL_TIME))
        moment = f"le {long_date(when.date())} à {at_time(when)}"
        raise PolicyRefused(f"{now.saved_by} a changé ce projet {moment}\u00a0: relisez-le.")
    draft.refresh_from_db()
