"""What a lively Caf asked of its services and of other bodies, and what came back: told by the verbs."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Max

from mediane.casework.actions import read_news
from mediane.casework.models import Case
from mediane.casework.states import State as CaseState
from mediane.consultations import actions
from mediane.consultations.models import Consultation
from mediane.consultations.queries.desk import files_to_share
from mediane.consultations.queries.policy import due_proposed
from mediane.consultations.states import Heard
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.moments import after_the_rest
from mediane.integrations.demonstration.moved import LEAVING
from mediane.integrations.demonstration.papers import sheet
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import Actor, system
from mediane.kit import clock, rowsecurity
from mediane.organisations.queries import contacts_of

MORNING = time(10)
ONE_DAY = timedelta(days=1)


def consult(service: Service) -> None:
    """After the stories, about cases under study of which nothing was written since the question’s day."""
    told = read("consultations").get(service.caf.code, [])
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        quiet = _quiet_cases(service)
        for plan in sorted(told, key=lambda plan: -plan["asked"]):
            since = service.now - plan["asked"] * ONE_DAY
            case = next((one for one in quiet if one.last < since), None)  # type: ignore[attr-defined]
            if case is not None:
                quiet.remove(case)
                _live(service, case, plan, since)
    # The past was told to services in its time.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'tell_service' AND status = 'todo'")


def _quiet_cases(service: Service) -> list[Case]:
    """Those silent for the shortest time first: a question of yesterday leaves old ones to old questions."""
    cases = Case.objects.of(service.caf.pk).filter(state=CaseState.UNDER_STUDY, has_news=False)
    cases = cases.exclude(beneficiary__last_name__in=LEAVING)
    around = cases.select_related("beneficiary", "key", "referral").annotate(last=Max("steps__at"))
    return list(around.order_by("-last", "pk"))


def _live(service: Service, case: Case, plan: dict[str, Any], at: datetime) -> None:
    asked = actions.Asked(
        service=plan.get("to", ""),
        body=plan.get("body", ""),
        question=plan["question"],
        due_on=due_proposed(service.caf, clock.day_of(at, service.caf.time_zone), of_body="body" in plan),
        is_named=plan.get("named", False),
        shared=[file.public_id for file in files_to_share(case)[:2]] if plan.get("shared") else (),
    )
    by = next((one for one in service.team if one.id == case.assignee_id), service.team[-1])
    one = actions.ask(case=case, asked=asked, by=by, at=at)
    ends = plan.get("answered", plan.get("called_off"))
    until = service.now - ends * ONE_DAY if ends is not None else service.now
    for morning in _mornings(service, at, until):
        actions.chase(consultation=one, by=system(service.caf.pk), at=morning)
    if "answer" in plan:
        _answer(service, one, plan, until)
    elif "called_off" in plan:
        when = after_the_rest(one.case, until, now=service.now)
        actions.call_off(consultation=one, by=service.team[-1], at=when)
    elif "draft" in plan:
        _draft(service, one, plan["draft"])


def _answer(service: Service, one: Consultation, plan: dict[str, Any], wished: datetime) -> None:
    at = after_the_rest(one.case, wished, now=service.now)
    contact = _contact(one)
    if contact is None or "heard" in plan:
        said = actions.NotedAnswer(heard=Heard(plan.get("heard", Heard.EMAIL)), text=plan["answer"])
        actions.note_answer(consultation=one, said=said, by=service.team[-1], at=at)
        return
    if "file" in plan:
        data = sheet(plan["file"])
        actions.join_file(consultation=one, name=plan["file"], data=data, by=contact, at=at)
    actions.answer(consultation=one, text=plan["answer"], by=contact, at=at)
    if plan.get("read"):
        _read(service, one, at + ONE_DAY)


def _read(service: Service, one: Consultation, at: datetime) -> None:
    actions.read_answer(consultation=one, by=service.team[-1], at=at)
    read_news(case=one.case, by=service.team[-1], at=at)


def _draft(service: Service, one: Consultation, text: str) -> None:
    contact = _contact(one)
    if contact is not None:
        when = service.now - timedelta(hours=2)
        actions.save_draft(consultation=one, text=text, page=None, seen_version=0, by=contact, at=when)


def _contact(one: Consultation) -> Actor | None:
    return next((member.as_actor() for member in contacts_of(one.organisation_id, one.service)), None)


def _mornings(service: Service, since: datetime, until: datetime) -> Iterator[datetime]:
    zone = ZoneInfo(service.caf.time_zone)
    day = since.astimezone(zone).date() + ONE_DAY
    while (moment := datetime.combine(day, MORNING, zone)) < until:
        if day.weekday() < 5:
            yield moment
        day += ONE_DAY
