"""Calls and appointments as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from mediane.casework.models import Appointment, Call, Case
from mediane.casework.rules.meetings import PLACE_LABELS, meeting_in_words
from mediane.casework.states import AppointmentState, CallKind, Way
from mediane.kit import sealing
from mediane.kit.prepared import prepared

# The context under which what was said is sealed; the verb that notes calls seals with the same.
CALL = b"casework.call"
MOMENTS = ("called_at", "noted_at", "starts_at", "told_at", "ended_at")
OF_A_CALL = (
    *("kind", "called_at", "minutes", "spoke_to", "sealed", "body", "is_shared"),
    *("noted_at", "noted_by"),
)
OF_AN_APPOINTMENT = (
    *("rank", "way", "starts_at", "place", "words", "state"),
    *("told_at", "told_by", "ended_at", "ended_by"),
)
MOST_SHOWN = 6


@dataclass(frozen=True)
class OpenedCall:
    text: str
    call: Call

    @property
    def was_answered(self) -> bool:
        return self.call.kind != CallKind.TRIED


@dataclass(frozen=True)
class ShownAppointment:
    appointment: Appointment
    when: str

    @property
    def label(self) -> str:
        return AppointmentState(self.appointment.state).label

    @property
    def place_label(self) -> str:
        return PLACE_LABELS[Way(self.appointment.way)]

    @property
    def is_planned(self) -> bool:
        return self.appointment.is_planned


def spoken_around() -> dict[str, ArraySubquery]:
    """For a statement that reads a case: its calls and its appointments, at no further statement."""
    calls = Call.objects.filter(case=OuterRef("pk")).order_by("-called_at", "-pk")
    appointments = Appointment.objects.filter(case=OuterRef("pk")).order_by("-starts_at", "-pk")
    return {
        "spoken": ArraySubquery(calls.values_list(JSONObject(**_same(OF_A_CALL)))),
        "met": ArraySubquery(appointments.values_list(JSONObject(**_same(OF_AN_APPOINTMENT)))),
    }


def calls_read(values: Iterable[dict[str, Any]], key: bytes) -> list[OpenedCall]:
    """Newest first. Bytes come out of JSON in hexadecimal, after a prefix of two signs."""
    read = [
        Call(**_with_moments(one) | {"sealed": bytes.fromhex(one["sealed"].removeprefix("\\x"))})
        for one in values
    ]
    return [OpenedCall(text_of(call, key), call) for call in read]


def appointments_read(values: Iterable[dict[str, Any]], time_zone: str) -> list[ShownAppointment]:
    return shown([Appointment(**_with_moments(one)) for one in values], time_zone)


def shown(appointments: Iterable[Appointment], time_zone: str) -> list[ShownAppointment]:
    """Those to come, the soonest first, then the others, the latest first."""
    latest_first = sorted(appointments, key=lambda one: one.starts_at, reverse=True)
    ordered = [one for one in reversed(latest_first) if one.is_planned]
    ordered += [one for one in latest_first if not one.is_planned]
    return [
        ShownAppointment(one, meeting_in_words(Way(one.way), one.starts_at, time_zone)) for one in ordered
    ]


def text_of(call: Call, key: bytes) -> str:
    return call.body if call.is_shared else sealing.unseal(bytes(call.sealed), key, context=CALL).decode()


def own_calls(case: Case) -> list[OpenedCall]:
    """Those the person may read."""
    calls = Call.objects.filter(case=case, is_shared=True).order_by("-called_at", "-pk")
    return [OpenedCall(call.body, call) for call in calls]


def own_appointments(case: Case) -> list[ShownAppointment]:
    return shown(Appointment.objects.filter(case=case), case.organisation.time_zone)


def next_appointments_of(beneficiary_id: int, *, now: datetime) -> dict[int, datetime]:
    """One’s soonest appointment to come, by case; in one statement."""
    return dict(_to_come(beneficiary_id, now))


@prepared
def _to_come(beneficiary_id: int, now: datetime) -> QuerySet[Appointment, tuple[int, datetime]]:
    planned = Appointment.objects.filter(state=AppointmentState.PLANNED, starts_at__gt=now)
    mine = planned.filter(case__beneficiary_id=beneficiary_id).order_by("-starts_at")
    return mine.values_list("case_id", "starts_at")


@prepared
def planned_between(*, organisation: int, since: datetime, until: datetime) -> QuerySet[Appointment]:
    """Of a Caf, the soonest first."""
    planned = Appointment.objects.filter(organisation_id=organisation, state=AppointmentState.PLANNED)
    dated = planned.filter(starts_at__gte=since, starts_at__lt=until).select_related("case__beneficiary")
    return dated.order_by("starts_at", "pk")[:MOST_SHOWN]


def appointment_of(case: Case, rank: int) -> Appointment | None:
    found = Appointment.objects.filter(case=case, rank=rank).first()
    if found is not None:
        found.case = case
    return found


def _same(names: tuple[str, ...]) -> dict[str, str]:
    return {name: name for name in names}


def _with_moments(values: dict[str, Any]) -> dict[str, Any]:
    instants = {
        name: datetime.fromisoformat(text) for name in MOMENTS if isinstance(text := values.get(name), str)
    }
    return values | instants
