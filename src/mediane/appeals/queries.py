"""The clock of one case, from the case, its steps and the days noted; and what an organisation signed off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from mediane.appeals.models import AppealEvent, SignOff
from mediane.appeals.rules.carried import CarriedDay
from mediane.appeals.rules.clock import Clock, Decision, Ending, Known, Story, read_clock
from mediane.appeals.rules.law import PATH
from mediane.appeals.states import Evidence, Home, Remedies, What
from mediane.casework.models import Case, Step
from mediane.casework.states import Act, Move, State
from mediane.documents.queries import opened
from mediane.kit import clock as time
from mediane.kit import sealing
from mediane.kit.prepared import prepared
from mediane.organisations.queries import by_id, holiday_zone_of, the_national_mediation

# The context under which the precision is sealed; the verb that notes a day seals with the same.
PRECISION = b"appeals.event"

# By its state alone, whatever was decided before.
BY_STATE: dict[str, Ending] = {
    State.MERGED: Ending.ELSEWHERE,
    State.TRANSFERRED: Ending.ELSEWHERE,
    State.ENDED_BY_LITIGATION: Ending.COURT,
    State.INADMISSIBLE: Ending.INADMISSIBLE,
}
ENDS: dict[str, Ending] = {
    Move.ANSWER: Ending.ANSWERED,
    Move.WITHDRAW: Ending.WITHDRAWN,
    Move.REDIRECT: Ending.REDIRECTED,
}
AGAIN = (Move.REOPEN, Move.RECLASSIFY)


@dataclass(frozen=True)
class Noted:
    """One thing said, newest first; `precision` is opened."""

    event: AppealEvent
    precision: str


@prepared
def events_of(case: int) -> QuerySet[AppealEvent]:
    """Everything noted, the last first."""
    return AppealEvent.objects.filter(case_id=case).order_by("-rank")


def standing(events: Iterable[AppealEvent], what: What) -> AppealEvent | None:
    """The last said of something, taken back or not."""
    return next((event for event in events if event.what == what), None)


def opened_events(case: Case, events: Sequence[AppealEvent]) -> list[Noted]:
    key = opened(case.key)
    return [Noted(event, precision_of(event, key)) for event in sorted(events, key=_when, reverse=True)]


def precision_of(event: AppealEvent, key: bytes) -> str:
    sealed = bytes(event.sealed)
    return sealing.unseal(sealed, key, context=PRECISION).decode() if sealed else ""


def clock_of(case: Case, steps: Sequence[Step], events: Sequence[AppealEvent], today: date) -> Clock:
    return read_clock(story_of(case, steps, events), today)


def story_of(case: Case, steps: Sequence[Step], events: Sequence[AppealEvent]) -> Story:
    """`steps` in any order; those a person may read are enough."""
    ending, ended_on, is_reopened = _ending(case, sorted(steps, key=lambda step: (step.at, step.pk)))
    if case.state not in BY_STATE and (first_end := _ended_elsewhere(events)):
        # Answered there, then reopened: the first end stands, as if the case had never moved.
        ending, ended_on, is_reopened = Ending.ANSWERED, first_end, True
    engaged = case.admissible_on
    return Story(
        asked_on=case.received_on,
        zone=holiday_zone_of(by_id(case.organisation_id)),
        decision=_decision(standing(events, What.DECISION)),
        admissible=_known(standing(events, What.ADMISSIBILITY), engaged) if engaged else None,
        ended=_known(standing(events, What.END), ended_on) if ended_on else None,
        ending=ending,
        is_reopened=is_reopened,
    )


def _ending(case: Case, steps: list[Step]) -> tuple[Ending, date | None, bool]:
    """The first end after the last admission: what follows it is a doubt, not another end."""
    return (BY_STATE[case.state], None, False) if case.state in BY_STATE else _ending_by(case, steps)


def _ending_by(case: Case, steps: list[Step]) -> tuple[Ending, date | None, bool]:
    admitted = max((place for place, step in enumerate(steps) if step.act == Act.ADMIT), default=-1)
    after = steps[admitted + 1 :]
    ends = next((place for place, step in enumerate(after) if step.act in ENDS), None)
    if ends is None:
        return Ending.NONE, None, False
    end, since = after[ends], after[ends + 1 :]
    is_again = any(step.act in AGAIN for step in since)
    if case.admissible_on is None:
        return (Ending.NONE if is_again else ENDS[end.act]), None, False
    on = time.day_of(end.at, by_id(case.organisation_id).time_zone)
    return ENDS[end.act], on, is_again


def _ended_elsewhere(events: Sequence[AppealEvent]) -> date | None:
    return next((event.on for event in events if event.what == What.END and event.noted_in), None)


def days_to_carry(case: Case) -> list[CarriedDay]:
    """What stands of each day, for the Caf the case goes to; the first end too, when it was reopened."""
    events = events_of(case.pk)
    noted = {what: standing(events, what) for what in What}
    key = opened(case.key)
    carried = [_carried(event, case, key) for event in noted.values() if event is not None and event.on]
    steps = sorted(case.steps.all(), key=lambda step: (step.at, step.pk))
    _, ended_on, _ = _ending_by(case, steps)
    end = noted[What.END]
    if ended_on is not None and (end is None or end.on is None):
        carried.append(_end_by_the_case(ended_on, case, steps))
    return carried


def _carried(event: AppealEvent, case: Case, key: bytes) -> CarriedDay:
    if event.on is None:
        raise ValueError("what was taken back is not carried")
    caf = case.organisation.name
    return CarriedDay(
        what=What(event.what),
        on=event.on,
        evidence=Evidence(event.evidence),
        precision=precision_of(event, key),
        path=event.path,
        remedies=event.remedies,
        home=event.home,
        noted_at=event.noted_at,
        noted_by=event.noted_by if event.noted_in else f"{event.noted_by}, {caf}"[:120],
        noted_in=event.noted_in or caf,
    )


def _end_by_the_case(on: date, case: Case, steps: list[Step]) -> CarriedDay:
    """The case said so there; where it goes, nothing else would."""
    end = next(step for step in steps if step.act in ENDS)
    caf = case.organisation.name
    return CarriedDay(
        what=What.END,
        on=on,
        evidence=Evidence.SENT,
        precision="",
        path="",
        remedies="",
        home="",
        noted_at=end.at,
        noted_by=f"{end.by_name}, {caf}"[:120],
        noted_in=caf,
    )


def _decision(event: AppealEvent | None) -> Decision | None:
    if event is None or event.on is None:
        return None
    known = Known(event.on, Evidence(event.evidence), event.noted_in)
    return Decision(known, PATH[event.path], Remedies(event.remedies), Home(event.home))


def _known(event: AppealEvent | None, by_the_case: date) -> Known:
    if event is None or event.on is None:
        return Known(by_the_case)
    return Known(event.on, Evidence(event.evidence), event.noted_in)


def _when(event: AppealEvent) -> tuple[datetime, int]:
    return event.noted_at, event.pk


def sign_off_of(organisation_id: int) -> SignOff | None:
    """What stands for a Caf: its own last word, else that of the national mediation."""
    national = the_national_mediation().pk
    last = {one.organisation_id: one for one in reversed(_decided((organisation_id, national)))}
    return last.get(organisation_id) or last.get(national)


def is_shown_to_people(organisation_id: int) -> bool:
    signed = sign_off_of(organisation_id)
    return signed is not None and signed.stands


def sign_offs_of(organisation_id: int) -> list[SignOff]:
    """Everything an organisation decided, the last first."""
    return _decided((organisation_id,))


def _decided(organisations: tuple[int, ...]) -> list[SignOff]:
    return list(SignOff.objects.filter(organisation__in=organisations).order_by("-rank"))


def own_clock(case: Case, today: date) -> Clock | None:
    """What the person is shown of her own case: nothing that is not signed off, or that leaves a doubt."""
    if not is_shown_to_people(case.organisation_id):
        return None
    clock = clock_of(case, list(case.steps.all()), events_of(case.pk), today)
    return clock if clock.may_be_shown else None
