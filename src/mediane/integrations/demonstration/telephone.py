"""Calls, appointments and call-backs asked: what the telephone of a lively Caf has to show."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from mediane.callbacks import actions as callbacks
from mediane.callbacks.rules import Caller, Wish
from mediane.callbacks.states import Moment, Move
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.rules.meetings import Meeting, Spoken
from mediane.casework.states import AppointmentState, CallKind, Way
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.moments import after_the_rest, workday
from mediane.integrations.demonstration.story import Service
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.organisations.queries import holiday_zone_of


def ring(service: Service) -> None:
    """After the stories: their cases are called about; and people nobody knows ask to be called."""
    words = read("telephone")[service.caf.code]
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        for said in words["calls"]:
            if case := _case(service, said["number"]):
                _call(service, case, said)
        for said in words["appointments"]:
            if case := _case(service, said["number"]):
                _meet(service, case, said)
    for said in words["callbacks"]:
        _ask(service, said)


def _case(service: Service, number: str) -> Case | None:
    """The latest of that person that is still open."""
    cases = Case.objects.select_related("key", "beneficiary").open().of(service.caf.pk)
    return cases.filter(beneficiary__number=number).order_by("-received_at").first()


def _call(service: Service, case: Case, said: dict[str, Any]) -> None:
    at = after_the_rest(case, service.now - timedelta(hours=said["hours"]), now=service.now)
    called_at = max(at - timedelta(minutes=15), case.received_at)
    spoken = Spoken(
        kind=CallKind(said["kind"]),
        called_at=called_at.replace(second=0, microsecond=0),
        spoke_to=said["with"],
        minutes=said.get("minutes"),
        text=said["text"],
        is_shared=said.get("shared", False),
    )
    casework.note_call(case=case, spoken=spoken, by=_of_the_team(service, said["by"]), at=at)


def _meet(service: Service, case: Case, said: dict[str, Any]) -> None:
    day = workday(service.today, said["in"], holiday_zone_of(service.caf)) if said["in"] else service.today
    hour, minute = said["at"]
    starts_at = datetime.combine(day, time(hour, minute), ZoneInfo(service.caf.time_zone))
    by = _of_the_team(service, said["by"])
    set_at = after_the_rest(case, min(service.now, starts_at) - timedelta(days=2), now=service.now)
    if set_at >= starts_at:
        return
    meeting = Meeting(
        way=Way(said["way"]), starts_at=starts_at, place=said["place"], words=said.get("words", "")
    )
    appointment = casework.set_appointment(case=case, meeting=meeting, by=by, at=set_at)
    if "ended" in said and starts_at < service.now:
        ended_at = min(starts_at + timedelta(minutes=40), service.now)
        state = AppointmentState(said["ended"])
        casework.end_appointment(appointment=appointment, state=state, by=by, at=ended_at)


def _ask(service: Service, said: dict[str, Any]) -> None:
    at = service.now - timedelta(hours=said["hours"])
    page = uuid5(NAMESPACE_URL, f"{service.caf.code} {said['phone']}")
    caller = Caller(**{name: said.get(name, "") for name in ("first_name", "last_name", "phone", "number")})
    wish = Wish(caller=caller, moment=Moment(said["moment"]), voicemail=said.get("voicemail", False))
    with rowsecurity.working_for(rowsecurity.public()):
        key = callbacks.ask(page=page, wish=wish, organisation=service.caf, connection_from="", at=at)
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        for rank, move in enumerate(said.get("moves", ()), start=1):
            done_at = min(at + timedelta(minutes=35 * rank), service.now)
            by = _of_the_team(service, said["by"])
            callbacks.handle(pk=key, move=Move(move), by=by, at=done_at)


def _of_the_team(service: Service, name: str) -> Actor:
    return next(member for member in service.team if member.name == name)
