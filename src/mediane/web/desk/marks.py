"""The ruler of a case: its dates from receipt to reply, as places in hundredths."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mediane.casework.models import Deadline
from mediane.casework.queries.casefile import CaseFile
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.urgency import day_and_month, late_by
from mediane.casework.states import State
from mediane.kit import clock
from mediane.kit.french import count, long_date
from mediane.kit.workdays import Zone
from mediane.web.desk.rows import arrival

LABELS = {
    Kind.ACKNOWLEDGEMENT: "Accusé de réception",
    Kind.ADMISSIBILITY: "Recevabilité",
    Kind.REPLY: "Réponse",
}


@dataclass(frozen=True)
class Why:
    question: str
    because: str


@dataclass(frozen=True)
class Ruler:
    marks: list[dict[str, Any]]
    today_at: int | None
    aside: str
    reasons: list[Why]


def ruler(file: CaseFile, *, today: date, zone: Zone) -> Ruler:
    case = file.case
    closed_on = clock.day_of(case.closed_at, case.organisation.time_zone) if case.closed_at else None
    dated = [(case.received_on, {"label": "Reçue", "kind": "done"})]
    dated += [
        _deadline(deadline, today, zone)
        for deadline in file.deadlines
        if closed_on is None or deadline.met_on
    ]
    if file.documents_by and closed_on is None:
        dated.append(_coming(file.documents_by, "Pièces attendues", today, zone))
    if file.hold and closed_on is None:
        dated.append(_coming(file.hold.look_again_on, "À revoir", today, zone))
    if closed_on is not None and case.state != State.ANSWERED:
        dated.append((closed_on, {"label": "Close", "kind": "done"}))
    dated.sort(key=lambda pair: pair[0])
    start, end = dated[0][0], max(dated[-1][0], today if closed_on is None else dated[-1][0])

    def place(on: date) -> int:
        return round(100 * (on - start).days / max(1, (end - start).days))

    marks = [{"at": place(on), "date": arrival(on, today)} | mark for on, mark in dated]
    return Ruler(
        marks,
        place(today) if closed_on is None else None,
        _aside(file, today, closed_on),
        [] if closed_on else _reasons(file, today),
    )


def _deadline(deadline: Deadline, today: date, zone: Zone) -> tuple[date, dict[str, Any]]:
    label = LABELS[Kind(deadline.kind)]
    if deadline.met_on is not None:
        return deadline.met_on, {"label": label, "kind": "done"}
    on, mark = _coming(deadline.due_on, label, today, zone)
    if deadline.kind == Kind.REPLY and mark["kind"] == "coming":
        mark["kind"] = "target"
    return on, mark


def _coming(on: date, label: str, today: date, zone: Zone) -> tuple[date, dict[str, Any]]:
    if on >= today:
        return on, {"label": label, "kind": "coming"}
    late = count(late_by(on, today, zone), "jour", "jours")
    return on, {"label": label, "kind": "missed", "note": f"{late} de retard"}


def _aside(file: CaseFile, today: date, closed_on: date | None) -> str:
    if closed_on is not None:
        after = count((closed_on - file.case.received_on).days, "jour", "jours")
        return f"Close le {long_date(closed_on)}, {after} après la réception."
    reply = next((due for due in file.deadlines if due.kind == Kind.REPLY and not due.met_on), None)
    if reply is None:
        return ""
    if file.hold and file.hold.pauses and today <= file.hold.look_again_on:
        until = long_date(file.hold.look_again_on)
        return f"L’objectif de réponse est suspendu, jusqu’au {until} au plus tard."
    left = (reply.due_on - today).days
    if left < 0:
        return f"La réponse était à donner le {long_date(reply.due_on)}."
    return f"Réponse à donner dans {count(left, 'jour', 'jours')}, le {long_date(reply.due_on)}."


def _reasons(file: CaseFile, today: date) -> list[Why]:
    """Why each date still to come, the soonest first."""
    dated = [(due.due_on, LABELS[Kind(due.kind)], due.because) for due in file.deadlines if not due.met_on]
    if file.awaited:
        dated.append(_why_documents(file))
    if file.hold:
        chosen = (
            f"C’est le jour jusqu’auquel la décision est attendue, depuis le {long_date(file.hold.since)}"
        )
        dated.append((file.hold.look_again_on, "À revoir", f"{chosen}\u00a0: {file.hold.reason}."))
    dated.sort(key=lambda one: one[0])
    return [
        Why(_question(label, on, today, place), because) for place, (on, label, because) in enumerate(dated)
    ]


def _why_documents(file: CaseFile) -> tuple[date, str, str]:
    request = min((item.request for item in file.awaited), key=lambda request: request.due_on)
    asked_on = clock.day_of(request.asked_at, file.case.organisation.time_zone)
    return (
        request.due_on,
        "Pièces attendues",
        f"{request.asked_by} les a demandées le {long_date(asked_on)}, à envoyer avant ce jour.",
    )


def _question(label: str, on: date, today: date, place: int) -> str:
    """Two things may be due the same day: after the first, each question names its own."""
    day = day_and_month(on) if on.year == today.year else long_date(on)
    return f"{label}, pourquoi le {day}\u00a0?" if place else f"Pourquoi le {day}\u00a0?"
