"""Appointments and shared calls, as the person reads them in the follow-up space."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mediane.casework.queries.own_case import OwnCase
from mediane.casework.queries.spoken import OpenedCall, ShownAppointment
from mediane.casework.states import AppointmentState, CallKind
from mediane.journal.rules import Actor
from mediane.web.citizen.space_case import moment, signature

WORDS = {
    CallKind.RECEIVED: "Votre appel",
    CallKind.MADE: "Appel",
    CallKind.TRIED: "Appel sans réponse",
}
# The label of the service says « la personne »: here she reads it, or whoever acts for her.
AT_ONES_REQUEST = "Annulé à votre demande"
NO_WORDS = "Nous avons essayé de vous appeler."


@dataclass(frozen=True)
class Said:
    """A message, or the account of a call."""

    at: datetime
    body: str
    meta: str
    is_from_person: bool = False


def conversation(own: OwnCase, actor: Actor, zone: str) -> list[Said]:
    """What was written and what was said, newest first."""
    written = [
        Said(one.sent_at, one.body, signature(one, actor, zone), one.is_from_person) for one in own.messages
    ]
    spoken = [_said(one, zone) for one in own.calls]
    return sorted(written + spoken, key=lambda one: one.at, reverse=True)


def _said(one: OpenedCall, zone: str) -> Said:
    call = one.call
    parts = f"{WORDS[CallKind(call.kind)]}, {moment(call.called_at, zone)}, noté par {call.noted_by}"
    return Said(call.called_at, one.text or NO_WORDS, parts)


def meetings(appointments: list[ShownAppointment], now: datetime) -> dict[str, Any]:
    """Those to come apart from those of the past; whatever nobody ended is past once its hour is."""
    to_come = [one for one in appointments if one.is_planned and one.appointment.starts_at > now]
    others = [one for one in appointments if one not in to_come]
    return {
        "to_come": to_come,
        "past": [(one.when, _came_of(one)) for one in others],
    }


def _came_of(one: ShownAppointment) -> str:
    if one.is_planned:
        return ""
    is_own = one.appointment.state == AppointmentState.CANCELLED_BY_PERSON
    return AT_ONES_REQUEST if is_own else one.label
