"""Tests that went nowhere at first, and the national mediation that follows them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from mediane.eligibility import rules
from mediane.eligibility.actions import Choices, as_json, counted, draft_policy, from_json
from mediane.eligibility.models import AnonymousAttempt, EligibilityCheck
from mediane.eligibility.queries import as_rule, policy_on
from mediane.integrations.demonstration import cast
from mediane.integrations.demonstration.crowd import invent
from mediane.integrations.demonstration.story import Service
from mediane.journal.models import Entry
from mediane.kit import clock, rowsecurity
from mediane.kit.text import fold
from mediane.organisations.actions import add_member
from mediane.organisations.models import Organisation, Role
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary

NATIONAL = "CNAF"
DAYS = 360
CLEAR = {
    "about_caf": True,
    "subject": "individual_benefit",
    "has_complained": True,
    "was_answered": True,
    "cra_pending": False,
    "before_a_court": False,
    "already_asked": False,
    "is_urgent": False,
}


def appoint(now: datetime) -> None:
    """The national mediator, with a draft of rules to try."""
    cnaf = Organisation.objects.get(code=NATIONAL)
    for one in cast.staff():
        if one.organisation == NATIONAL:
            membership = add_member(
                organisation=cnaf,
                email=one.email,
                full_name=one.name,
                role=Role(one.role),
                title=one.title,
                at=now,
            )
            if not one.is_in_stories:
                continue
            choices = Choices(**cast.read("tests")["draft"])
            with rowsecurity.working_for(cnaf.context()):
                draft_policy(choices=choices, by=membership.as_actor(), at=now)


def take(service: Service, *, number: int, besides: set[str]) -> None:
    """Tests of `number` people over the past year; those of the crowd met already, by number, have theirs."""
    chance = Random(f"tests {service.caf.code}")  # noqa: S311 — nothing secret is drawn
    crowd = invent(service.caf.code, is_past=True)
    identities = islice((one for one in crowd if one.number not in besides), number)
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        people = Beneficiary.objects.bulk_create([_person(service, one) for one in identities])
        runs = [run for person in people for run in _runs(service, person, chance)]
        checks = EligibilityCheck.objects.bulk_create([check for check, _ in runs])
        AnonymousAttempt.objects.bulk_create(
            counted(check=check, first_stop=stop, today=_day(service, check)) for check, stop in runs
        )
        Entry.objects.bulk_create(_entry(check) for check in checks)


def _person(service: Service, identity: Identity) -> Beneficiary:
    names = ("number", "title", "first_name", "last_name", "email", "phone", "postal_address")
    person = Beneficiary(organisation=service.caf, **{name: getattr(identity, name) for name in names})
    person.name_key = fold(f"{identity.last_name} {identity.first_name}")
    return person


def _runs(
    service: Service, person: Beneficiary, chance: Random
) -> Iterator[tuple[EligibilityCheck, EligibilityCheck | None]]:
    """A stop, and perhaps the test of the day she came back."""
    stops = cast.read("tests")["stops"]
    plan = chance.choices(stops, [stop["weight"] for stop in stops])[0]
    at = service.now - timedelta(days=chance.randrange(1, DAYS), minutes=chance.randrange(600))
    stop = _check(service, person, at, plan["answers"], chance.randint(*plan.get("waited", (30, 90))))
    stop.told = plan["told"]
    # Told in its time. With short months, two of them may be over: nothing stops her then.
    stop.announced_at = at if stop.possible_from else None
    if not stop.obstacles:
        stop.told = ""
    yield stop, None
    back = at + timedelta(days=chance.randint(*plan["after"]), minutes=chance.randrange(10, 90))
    if stop.obstacles and chance.random() < plan["comes_back"] and back < service.now:
        answers = CLEAR | {"cra_pending": chance.random() < 0.25}
        yield _check(service, person, back, answers, chance.randint(30, 90)), stop


def _check(
    service: Service, person: Beneficiary, at: datetime, answers: dict[str, Any], waited: int
) -> EligibilityCheck:
    today = clock.day_of(at, service.caf.time_zone)
    row, policy = policy_on(today)
    given = from_json(answers)
    if given.has_complained:
        given = replace(given, complained_on=today - timedelta(days=waited))
    met = rules.obstacles(given, policy, today=today)
    is_early = rules.Obstacle.PREMATURE in met
    return EligibilityCheck(
        organisation=service.caf,
        beneficiary=person,
        policy=row,
        answers=as_json(given),
        obstacles=[str(obstacle) for obstacle in met],
        flags=[str(flag) for flag in rules.flags(given, as_rule(row))],
        possible_from=rules.possible_from(given, policy) if is_early else None,
        taken_at=at,
    )


def _day(service: Service, check: EligibilityCheck) -> date:
    return clock.day_of(check.taken_at, service.caf.time_zone)


def _entry(check: EligibilityCheck) -> Entry:
    person = check.beneficiary.as_actor()
    return Entry(
        at=check.taken_at,
        organisation_id=check.organisation_id,
        beneficiary_id=person.id,
        actor_kind=person.kind,
        actor_id=person.id,
        actor_name=person.name,
        verb="eligibility",
        subject_kind="check",
        subject=str(check.pk),
    )
