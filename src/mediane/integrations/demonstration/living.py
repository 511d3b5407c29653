"""The cases that live: the cast's own, then a crowd in every state."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import count
from typing import Any

from mediane.casework.models import Case
from mediane.integrations.crm.store import Entry
from mediane.integrations.demonstration.cast import Guest, address, people, phone, read
from mediane.integrations.demonstration.crowd import invent
from mediane.integrations.demonstration.story import (
    Service,
    begin,
    complaint_reference,
    plots,
    tell,
    topics,
    try_too_early,
)
from mediane.kit import rowsecurity
from mediane.people.actions import Identity, recognise

DRAFTING, TOO_EARLY, READY = "7702981", "5590147", "8130452"
WAITING_FOR_US = {
    READY: "Trop-perçu d’APL",
    DRAFTING: "Changement d’adresse",
    TOO_EARLY: "Prime d’activité refusée",
}


def bring_to_life(service: Service) -> list[Case]:
    told = [
        tell(service, _who(plan), plan)
        for plan in read("living")["stories"]
        if plan["caf"] == service.caf.code
    ]
    strangers, kinds = invent(service.caf.code), sorted(topics())
    ranks = count()
    for plot, number in read("living")["crowd"].get(service.caf.code, {}).items():
        for _ in range(number):
            fitting = plots()[plot].get("topics", kinds)
            rank = next(ranks)
            # A file costs more than all the rest: one case in three has some.
            plan = {
                "plot": plot,
                "topic": fitting[rank % len(fitting)],
                "joins": rank % 3 == 0,
                "receipt": rank % 2 == 0,
            }
            told.append(tell(service, next(strangers), plan))
    return told


def greet(service: Service) -> None:
    """People of the cast whose story has not begun, or stopped half-way."""
    guests = [guest for guest in people() if guest.organisation == service.caf.code]
    for guest in guests:
        with rowsecurity.working_for(rowsecurity.signin()):
            person = recognise(identity=guest.identity(), at=service.now - timedelta(days=110))
        if guest.number == DRAFTING:
            topic, at = topics()["apl_move"], service.now - timedelta(days=2)
            begin(person, topic, made_on=service.today - timedelta(days=50), at=at)
        if guest.number == TOO_EARLY:
            made_on, at = service.today - timedelta(days=20), service.now - timedelta(days=1)
            told = next(one["told"] for one in read("tests")["stops"] if one["name"] == "early")
            try_too_early(person, made_on=made_on, told=told, at=at)


def known_complaints(cases: Iterable[Case], service: Service) -> list[Entry]:
    """What the register of the Caf knows of the cast: rows for the local register."""
    guests = {guest.number for guest in people() if guest.organisation == service.caf.code}
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        told = {case.beneficiary.number: case.referral.complaint for case in cases}
    known = [
        _entry(number, one.subject, one.made_on, one.answered_on, service)
        for number, one in told.items()
        if one is not None and one.subject and number in guests
    ]
    for number, subject in WAITING_FOR_US.items():
        if number in guests:
            made_on = service.today - timedelta(days=20 if number == TOO_EARLY else 50)
            answered_on = None if number == TOO_EARLY else made_on + timedelta(days=26)
            known.append(_entry(number, subject, made_on, answered_on, service))
    return known


def _entry(number: str, subject: str, made_on: date, answered_on: date | None, service: Service) -> Entry:
    return Entry(
        organisation_code=service.caf.code,
        number=number,
        reference=complaint_reference(number),
        subject=subject,
        channel="Espace caf.fr",
        made_on=made_on,
        answered_on=answered_on,
        id=f"connue-{number}",
    )


def _who(plan: dict[str, Any]) -> Identity:
    if "number" in plan:
        return _guest(plan["caf"], plan["number"]).identity()
    name = f"{plan['first_name']} {plan['last_name']}"
    number = str(9_000_000 + len(name) * 1_117)
    return Identity(
        organisation_code=plan["caf"],
        number=number,
        title=plan["title"],
        first_name=plan["first_name"],
        last_name=plan["last_name"],
        email=f"{address(name)}@courriel.invalid",
        phone=phone(int(number)),
        postal_address=f"1{len(name)} rue des Genêts-Blancs\n75010 Paris",
    )


def _guest(code: str, number: str) -> Guest:
    return next(guest for guest in people() if (guest.organisation, guest.number) == (code, number))
