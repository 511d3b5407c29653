"""Requests and people that look alike: a repeat, a duplicate joined, one to decide, one person twice."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.models import Case, Step
from mediane.integrations.demonstration.cast import people, read
from mediane.integrations.demonstration.story import Service, tell
from mediane.kit import rowsecurity
from mediane.people.actions import Identity, recognise
from mediane.people.models import Beneficiary

SAID: dict[str, Callable[..., object]] = {
    "repeat": casework.link_as_repeat,
    "duplicate": casework.merge_cases,
}


def live_elsewhere(service: Service) -> None:
    """How some of the cast were reached before."""
    guests = {one.number: one for one in people() if one.organisation == service.caf.code}
    for former in read("alike")["formerly"]:
        if guest := guests.get(former["number"]):
            was = {way: former[way] for way in ("postal_address", "phone")}
            at = service.now - timedelta(days=former["days"])
            with rowsecurity.working_for(rowsecurity.signin()):
                recognise(identity=replace(guest.identity(), **was), at=at)


def come_again(service: Service, told: Sequence[Case]) -> list[Case]:
    """Some of those whose story was told write once more; `said` is what the service made of it."""
    plans = [plan for plan in read("alike")["again"] if plan["caf"] == service.caf.code]
    return [_once_more(service, told, plan) for plan in plans]


def _once_more(service: Service, told: Sequence[Case], plan: dict[str, Any]) -> Case:
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        first = next(case for case in told if case.beneficiary.full_name == plan["of"])
    case = tell(service, _who(service, first.beneficiary, plan), plan)
    if "said" in plan:
        with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
            last = Step.objects.filter(case__in=(first, case)).latest("at").at
            said_at = min(last + timedelta(hours=2), service.now)
            by = next(member for member in service.team if member.name == plan["by"])
            SAID[plan["said"]](case=first, other=case, seen_rank=0, by=by, at=said_at)
    return case


def _who(service: Service, known: Beneficiary, plan: dict[str, Any]) -> Identity:
    """The same account, or one somebody opened under a name and a number slightly wrong."""
    guest = next((one for one in people() if one.number == known.number), None)
    if guest is not None and "number" not in plan:
        return guest.identity()
    return Identity(
        organisation_code=service.caf.code,
        number=plan.get("number", known.number),
        title=known.title,
        first_name=plan.get("first_name", known.first_name),
        last_name=known.last_name,
        email=plan.get("email", known.email),
        phone=known.phone,
        postal_address=known.postal_address,
    )
