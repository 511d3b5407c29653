from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from mediane.eligibility import rules
from mediane.eligibility.models import EligibilityCheck
from mediane.eligibility.queries import last_check, policy_on
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock
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
    last = last_check(of, since=run_began_at)
    if last is not None and _says_the_same(last, answers, met):
        return last
    check = EligibilityCheck.objects.create(
        organisation_id=of.organisation_id,
        beneficiary=of,
        policy=row,
        answers=as_json(answers),
        obstacles=[str(obstacle) for obstacle in met],
        flags=[str(flag) for flag in rules.flags(answers)],
        told=told,
        possible_from=rules.possible_from(answers, policy) if rules.Obstacle.PREMATURE in met else None,
        taken_at=at,
    )
    record(verb="eligibility", subject=("check", str(check.pk)), by=by, at=at, beneficiary_id=of.pk)
    return check


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
