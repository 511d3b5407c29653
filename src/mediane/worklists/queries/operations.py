"""What is being done to many cases, and what is left to do."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from mediane.casework.models import Case, Note, RequestedDocument
from mediane.casework.rules.shown_state import shown_state
from mediane.catalogue.models import Benefit, Channel, Dated, Ground, Origin
from mediane.catalogue.queries import every
from mediane.documents.queries import keyring
from mediane.kit import sealing
from mediane.worklists.models import Operation, Pick
from mediane.worklists.rules import BETWEEN_REMINDERS, SHEET_KEPT
from mediane.worklists.states import GOING, NEXT, Fate, Kind, State

AT_A_TIME = 20
MOST_SHOWN = 50


def operation_numbered(organisation_id: int, number: str) -> Operation | None:
    found = Operation.objects.select_related("to").filter(organisation_id=organisation_id, number=number)
    return found.first()


def next_picks(operation: Operation) -> list[Pick]:
    """In the order of references, in which rows are taken everywhere: no two operations lock each other."""
    waiting = operation.picks.filter(fate=NEXT[State(operation.state)])
    return list(waiting.order_by("rank")[:AT_A_TIME])


def has_more(operation: Operation) -> bool:
    return operation.picks.filter(fate=NEXT[State(operation.state)]).exists()


def fates(operation: Operation) -> Counter[str]:
    return Counter(operation.picks.values_list("fate", flat=True))


def set_aside(operation: Operation) -> list[Pick]:
    """What was not done, or not put back, with the reason."""
    aside = operation.picks.filter(fate__in=(Fate.LEFT, Fate.KEPT)).exclude(why="")
    return list(aside.order_by("rank"))


def case_of(pick: Pick) -> Case:
    return Case.objects.select_related("beneficiary", "referral", "key", "assignee").get(pk=pick.case_id)


def awaited_of(case: Case) -> list[RequestedDocument]:
    """What was asked of the person, not lifted, and has not come."""
    waiting = RequestedDocument.objects.select_related("request").filter(
        request__case=case, request__closed_at=None, answered_at=None
    )
    return list(waiting.order_by("request__due_on", "pk"))


def reminded_lately(case: Case, at: datetime) -> Pick | None:
    done = Pick.objects.filter(case=case, operation__kind=Kind.REMIND, fate=Fate.DONE)
    return done.filter(done_at__gt=at - BETWEEN_REMINDERS).order_by("-done_at").first()


def noted_since(pick: Pick) -> bool:
    """A private note moves no version."""
    return Note.objects.filter(case=pick.case_id, written_at__gt=pick.done_at).exists()


def stopped(organisation_id: int, *, since: datetime) -> QuerySet[Operation]:
    """Going, and no further for a while: its worker died, or its job was parked."""
    return Operation.objects.filter(organisation_id=organisation_id, state__in=GOING, moved_at__lt=since)


def past_sheets(organisation_id: int, at: datetime) -> QuerySet[Operation]:
    return Operation.objects.filter(
        organisation_id=organisation_id, wrapped__isnull=False, asked_at__lte=at - SHEET_KEPT
    )


def line_of(case: Case, mark: str) -> list[str]:
    """What a sheet tells of a case: nobody is named but who follows it and who asked."""
    return [
        case.reference,
        case.received_on.isoformat(),
        _label(Channel, case.channel),
        _label(Origin, case.origin),
        ", ".join(_label(Benefit, code) for code in case.benefits),
        ", ".join(_label(Ground, code) for code in case.grounds),
        "oui" if case.is_urgent else "",
        shown_state(case)[1],
        case.due_on.isoformat() if case.is_open else "",
        case.due_what if case.is_open else "",
        case.assignee.full_name if case.assignee else "",
        mark,
    ]


def _label(model: type[Dated], code: str) -> str:
    known = every(model).get(code)
    return known.label if known else code


def key_of(operation: Operation) -> bytes:
    return sealing.unwrap(bytes(operation.wrapped or b""), keyring())


def context_of(operation: Operation, rank: int) -> bytes:
    return f"worklists.line:{operation.number}:{rank}".encode()


def lines_of(operation: Operation) -> Iterator[list[str]]:
    key = key_of(operation)
    for pick in operation.picks.filter(fate=Fate.DONE).order_by("rank"):
        opened = sealing.unseal(bytes(pick.line or b""), key, context=context_of(operation, pick.rank))
        yield json.loads(opened)
