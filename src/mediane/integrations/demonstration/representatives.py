"""Who speaks for whom: an association, a guardian, and a brother who does not any more."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.integrations.demonstration.cast import address, read
from mediane.integrations.demonstration.moments import after_the_rest
from mediane.integrations.demonstration.papers import sheet
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity
from mediane.mandates import actions
from mediane.mandates.actions import Speaker, Terms
from mediane.mandates.models import Mandate, Scope
from mediane.people.models import Beneficiary


@dataclass(frozen=True, kw_only=True)
class Voice:
    """Somebody of the cast who speaks for others."""

    name: str
    kind: str
    structure: str
    phone: str
    shows: str
    mandates: list[dict[str, Any]] = field(default_factory=list)

    @property
    def email(self) -> str:
        return f"{address(self.name)}@courriel.invalid"

    def as_speaker(self) -> Speaker:
        return Speaker(
            kind=self.kind, name=self.name, email=self.email, structure=self.structure, phone=self.phone
        )


@cache
def voices() -> tuple[Voice, ...]:
    return tuple(
        Voice(**{name: value for name, value in row.items() if name != "for"}, mandates=row["for"])
        for row in read("representatives")
    )


def introduce(service: Service) -> None:
    """After the stories: what is given, registered, done under it, and taken back."""
    for voice in voices():
        for plan in voice.mandates:
            with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
                person = Beneficiary.objects.filter(organisation=service.caf, number=plan["number"]).first()
            if person is not None:
                _tell(service, voice, plan, person)


def _tell(service: Service, voice: Voice, plan: dict[str, Any], person: Beneficiary) -> None:
    mandate = _agreed(service, voice, plan, person)
    if "writes" in plan:
        with rowsecurity.working_for(rowsecurity.acting(mandate.pk)):
            case = _case(person)
            at = after_the_rest(case, _ago(service, 1), now=service.now)
            casework.write_to_service(case=case, body=plan["writes"], by=mandate.as_actor(), at=at)
    if "revoked" in plan:
        with rowsecurity.working_for(rowsecurity.person(person.pk)):
            actions.revoke(mandate=mandate, by=person.as_actor(), at=_ago(service, plan["revoked"]))


def _agreed(service: Service, voice: Voice, plan: dict[str, Any], person: Beneficiary) -> Mandate:
    day = service.today - timedelta(days=plan["since"])
    terms: dict[str, Any] = {
        "to": voice.as_speaker(),
        "scope": plan["scope"],
        "starts_on": day,
        "ends_on": service.today + timedelta(days=plan["until"]) if "until" in plan else None,
    }
    if plan["scope"] == Scope.PROTECTION:
        terms |= {"judged_on": service.today - timedelta(days=plan["judged"]), "court": plan["court"]}
        with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
            return actions.register(
                of=person,
                terms=Terms(**terms),
                proof=(plan["proof"], sheet(plan["proof"])),
                by=service.team[-1],
                at=_ago(service, plan["registered"]),
            )
    with rowsecurity.working_for(rowsecurity.person(person.pk)):
        if plan["scope"] == Scope.FILE:
            case = _case(person)
            terms["file"] = (case.key, case.reference)
        return actions.give(
            of=person, terms=Terms(**terms), by=person.as_actor(), at=_ago(service, plan["since"])
        )


def _case(person: Beneficiary) -> Case:
    cases = Case.objects.select_related("key", "beneficiary").filter(beneficiary=person)
    return cases.latest("received_at")


def _ago(service: Service, days: int) -> datetime:
    """In the morning of that day."""
    return (service.now - timedelta(days=days)).replace(hour=9, minute=20)
