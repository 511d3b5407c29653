"""One living case, told by the product's own verbs at moments of the past."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.complaints.actions import declare, note_known
from mediane.complaints.models import PriorComplaint
from mediane.complaints.rules import Inquiry, KnownComplaint, Standing
from mediane.eligibility import actions as eligibility
from mediane.eligibility.rules import Answers, Subject, UrgencyReason
from mediane.integrations.demonstration.acts import ACTS, Scene
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.entered import enter
from mediane.integrations.demonstration.moments import Moments, days_ago, received_to_be_due, workday
from mediane.integrations.demonstration.papers import sheet
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation
from mediane.organisations.queries import holiday_zone_of
from mediane.people.actions import Identity, recognise
from mediane.people.models import Beneficiary
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral


@dataclass(frozen=True)
class Service:
    """The mediation service of a Caf, at the moment the stories are told."""

    caf: Organisation
    team: Sequence[Actor]
    now: datetime
    chance: Random = field(default_factory=lambda: Random("médiane"))  # noqa: S311 — nothing secret is drawn

    @property
    def today(self) -> date:
        return clock.day_of(self.now, self.caf.time_zone)

    @property
    def mediator(self) -> Actor:
        return next(member for member in self.team if member.role == "MEDIATOR")


@cache
def topics() -> dict[str, dict[str, Any]]:
    return read("topics")


@cache
def plots() -> dict[str, dict[str, Any]]:
    return read("plots")


def tell(service: Service, identity: Identity, plan: dict[str, Any]) -> Case:
    """File a referral as `plan` says, then do what it says was done."""
    plan = plots().get(plan.get("plot", ""), {}) | plan
    topic = topics()[plan["topic"]]
    moments = Moments(
        _received_on(service, plan),
        caf=service.caf,
        now=service.now,
        lag=timedelta(minutes=service.chance.randrange(5, 480)),
    )
    with rowsecurity.working_for(rowsecurity.signin()):
        person = recognise(identity=identity, at=moments.last)
    if plan.get("channel", "ONLINE") == "ONLINE":
        case = _file(person, topic, plan, at=moments.last)
    else:
        case = enter(person, topic, plan, team=service.team, at=moments.last)
    regular = service.chance.choice(service.team)
    members = {member.name: member for member in service.team}
    for act in plan["acts"]:
        scene = Scene(
            case=case,
            person=person.as_actor(),
            staff=members.get(act.get("by", ""), case_worker(case, service) or regular),
            mediator=service.mediator,
            at=moments.ago(act["ago"]) if "ago" in act else moments.on(act["day"]),
            today=service.today,
            topic=topic,
            is_of_the_cast="number" in plan,
            holidays=holiday_zone_of(service.caf),
        )
        ACTS[act["verb"]](scene, act)
    return case


def case_worker(case: Case, service: Service) -> Actor | None:
    """Whoever took the case up goes on with it."""
    return next((member for member in service.team if member.id == case.assignee_id), None)


def begin(person: Beneficiary, topic: dict[str, Any], *, made_on: date, at: datetime) -> Referral:
    """A request begun and not finished."""
    with rowsecurity.working_for(rowsecurity.person(person.pk)):
        draft = referrals.start_or_resume(of=person, at=at)
        complaint = _complaint(person, topic, made_on, made_on + timedelta(days=21), at)
        answers = _answers(complaint, ())
        check = eligibility.keep(
            answers=answers, of=person, told="", by=person.as_actor(), at=at, run_began_at=at
        )
        referrals.save(
            draft=draft,
            at=at,
            complaint=complaint,
            check_passed=check,
            answers=eligibility.as_json(answers),
            benefits=topic["benefits"],
            grounds=topic["grounds"],
        )
    return draft


def complaint_reference(number: str) -> str:
    """The register’s own, invented like the rest."""
    return f"26-{int(number) % 900_000 + 100_000}"


def try_too_early(person: Beneficiary, *, made_on: date, told: str, at: datetime) -> None:
    """A run of the test before the Caf has had its two months."""
    answers = Answers(
        about_caf=True,
        subject=Subject.INDIVIDUAL_BENEFIT,
        has_complained=True,
        complained_on=made_on,
        was_answered=False,
        cra_pending=False,
        before_a_court=False,
        already_asked=False,
        is_urgent=False,
    )
    with rowsecurity.working_for(rowsecurity.person(person.pk)):
        draft = referrals.start_or_resume(of=person, at=at)
        complaint = declare(
            made_on=made_on, channel="Espace caf.fr", reference="", answered_on=None, of=person, at=at
        )
        eligibility.keep(answers=answers, of=person, told=told, by=person.as_actor(), at=at, run_began_at=at)
        referrals.save(draft=draft, at=at, complaint=complaint, answers=eligibility.as_json(answers))


def _received_on(service: Service, plan: dict[str, Any]) -> date:
    zone = holiday_zone_of(service.caf)
    if "due" in plan:
        kind, offset = plan["due"]
        return received_to_be_due(kind, workday(service.today, offset, zone), caf=service.caf)
    age = plan["age"] if isinstance(plan["age"], int) else service.chance.randint(*plan["age"])
    return days_ago(age, today=service.today, working=plan.get("channel", "ONLINE") != "ONLINE", zone=zone)


def _file(person: Beneficiary, topic: dict[str, Any], plan: dict[str, Any], *, at: datetime) -> Case:
    actor, urgency = person.as_actor(), tuple(plan.get("urgency", ()))
    made_on = at.date() - timedelta(days=40)
    with rowsecurity.working_for(rowsecurity.person(person.pk)):
        draft = referrals.start_or_resume(of=person, at=at)
        answered_on = made_on + timedelta(days=26)
        told = _on_her_word if plan.get("register") == "silent" else _complaint
        complaint = told(person, topic, made_on, answered_on, at)
        typed = _typed(topic) | {
            "complaint": complaint,
            "urgency": list(urgency),
            "helper": plan.get("helper", ""),
            "receipt_by_email": plan.get("receipt", False),
            "notice_by_email": "no_email" not in plan,
        }
        answers = _answers(complaint, urgency)
        typed["check_passed"] = eligibility.keep(
            answers=answers, of=person, told="", by=actor, at=at, run_began_at=at
        )
        typed["answers"] = eligibility.as_json(answers)
        contact = {"email": person.email, "phone": person.phone} | plan.get("safe", {})
        referrals.save(draft=draft, at=at, safe_contact=contact, **typed)
        for name in topic["files"] if plan.get("joins", True) else ():
            referrals.join(draft=draft, name=name, data=sheet(name), by=actor, at=at)
        referrals.file(draft=draft, by=actor, at=at)
        return casework.open_case(referral=draft, by=actor, at=at)


def _typed(topic: dict[str, Any]) -> dict[str, Any]:
    names = ("benefits", "grounds", "asked", "explanation")
    return {name: topic[name] for name in names} | {"decision_contested": topic["decision"]}


def _complaint(
    person: Beneficiary, topic: dict[str, Any], made_on: date, answered_on: date, at: datetime
) -> PriorComplaint:
    known = KnownComplaint(
        reference=complaint_reference(person.number),
        subject=topic["complaint"],
        channel="Espace caf.fr",
        made_on=made_on,
        answered_on=answered_on,
    )
    return note_known(complaint=known, of=person, at=at)


def _on_her_word(
    person: Beneficiary, topic: dict[str, Any], made_on: date, answered_on: date, at: datetime
) -> PriorComplaint:
    """That day, the register did not answer."""
    return declare(
        made_on=made_on,
        channel="Accueil de la Caf",
        reference="",
        answered_on=answered_on,
        inquiry=Inquiry(Standing.SILENT),
        of=person,
        at=at,
    )


def _answers(complaint: PriorComplaint, urgency: tuple[str, ...]) -> Answers:
    return Answers(
        about_caf=True,
        subject=Subject.INDIVIDUAL_BENEFIT,
        has_complained=True,
        complained_on=complaint.made_on,
        was_answered=True,
        answered_on=complaint.answered_on,
        cra_pending=False,
        before_a_court=False,
        already_asked=False,
        is_urgent=bool(urgency),
        urgency_reasons=tuple(UrgencyReason(reason) for reason in urgency),
    )
