"""The waits of a case, past and running, each with what was changed of it and why."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Max, Prefetch

from mediane.casework.models import Case, DocumentRequest, Hold, RequestedDocument, WaitChange
from mediane.casework.rules.deadlines import Pause
from mediane.casework.rules.waits import Awaited, Change, Wait, does_pause, reminders, spans
from mediane.casework.states import WAITING
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.kit import clock
from mediane.kit.french import contracted
from mediane.organisations.models import Organisation
from mediane.organisations.queries import by_id

Changes = dict[int | None, list[Change]]


@dataclass(frozen=True)
class Kept:
    """A wait and its row: a hold, or a list of documents."""

    wait: Wait
    row: Hold | DocumentRequest

    @property
    def key(self) -> str:
        """Of a choice on a page."""
        return f"{self.wait.awaited}-{self.row.pk}"


def waits_of(case: Case) -> list[Kept]:
    """Every wait of a case, newest first."""
    of_holds, of_requests = _changes(case)
    items = Prefetch("items", RequestedDocument.objects.order_by("pk"))
    requests = case.document_requests.prefetch_related(items)
    zone = by_id(case.organisation_id).time_zone
    found = [Kept(wait_of_hold(row, of_holds[row.pk]), row) for row in case.holds.all()]
    found += [Kept(wait_of_request(row, row.items.all(), zone, of_requests[row.pk]), row) for row in requests]
    return sorted(found, key=lambda kept: (kept.wait.since, kept.row.pk), reverse=True)


def pauses_of(case: Case) -> list[Pause]:
    """The days its waits take out of the target of the service."""
    return [
        Pause(
            since=since, until=until, reason=_reason(kept.wait), is_running=is_last and kept.wait.is_running
        )
        for kept in waits_of(case)
        if kept.wait.pauses
        for is_last, (since, until) in _last_told(list(spans(kept.wait)))
    ]


def wait_of_hold(hold: Hold, changes: Sequence[Change] = ()) -> Wait:
    return Wait(
        awaited=Awaited.DECISION,
        what=hold.reason,
        body=hold.body,
        whom=every(Body)[hold.body].with_article,
        since=hold.since,
        until=hold.look_again_on,
        pauses=hold.pauses,
        ended_on=hold.ended_on,
        ending=hold.get_ending_display(),
        changes=tuple(changes),
    )


def wait_of_request(
    request: DocumentRequest, items: Iterable[RequestedDocument], zone: str, changes: Sequence[Change] = ()
) -> Wait:
    since = clock.day_of(request.asked_at, zone)
    return Wait(
        awaited=Awaited.DOCUMENTS,
        what=", ".join(item.label for item in items),
        since=since,
        until=request.due_on,
        pauses=does_pause(Awaited.DOCUMENTS, "", since),
        ended_on=clock.day_of(request.closed_at, zone) if request.closed_at else None,
        ending=request.get_ending_display(),
        changes=tuple(changes),
    )


def reminder_days(wait: Wait) -> list[date]:
    """When the person is reminded of documents; nobody else is written to."""
    if wait.awaited != Awaited.DOCUMENTS or not wait.is_running:
        return []
    moved = [change.on for change in wait.changes if change.until is not None]
    return reminders(asked_on=wait.since, told_on=max([wait.since, *moved]), until=wait.until)


def running_hold(case: Case) -> Wait | None:
    hold = case.holds.filter(ended_on=None).first()
    return wait_of_hold(hold) if hold else None


def open_requests(caf: Organisation) -> list[tuple[DocumentRequest, Wait]]:
    """Of a Caf, what its people are still asked for, in cases that go on."""
    requests = list(
        DocumentRequest.objects.filter(
            organisation=caf, closed_at=None, case__closed_at=None
        ).prefetch_related("items")
    )
    changes: Changes = defaultdict(list)
    for row in WaitChange.objects.filter(request__in=requests).order_by("pk"):
        changes[row.request_id].append(_change(row))
    return [(row, wait_of_request(row, row.items.all(), caf.time_zone, changes[row.pk])) for row in requests]


def still_asked(request_id: int) -> tuple[DocumentRequest, Wait] | None:
    """The same of one list; nothing once it is complete, lifted, or its case closed."""
    found = DocumentRequest.objects.select_related(
        "organisation", "case__organisation", "case__beneficiary", "case__referral__key"
    ).filter(pk=request_id, closed_at=None, case__closed_at=None)
    row = found.first()
    if row is None:
        return None
    changes = [_change(one) for one in WaitChange.objects.filter(request=row).order_by("pk")]
    return row, wait_of_request(row, row.items.order_by("pk"), row.organisation.time_zone, changes)


def listed_waits(caf: Organisation, references: Sequence[str]) -> dict[str, tuple[Wait, list[date]]]:
    """Of the cases of a list that wait: what each looks at next, and its reminders; in two statements."""
    if not references:
        return {}
    # References are looked up by Caf: without it on the case, every Caf’s are tried.
    of: dict[str, Any] = {
        "organisation": caf,
        "case__organisation": caf,
        "case__reference__in": references,
        "case__state__in": WAITING,
    }
    holds = Hold.objects.filter(ended_on=None, **of).annotate(reference=F("case__reference"))
    asked = DocumentRequest.objects.filter(closed_at=None, **of)
    asked = asked.annotate(reference=F("case__reference"), told_on=Max("waitchange__changed_on"))
    found: list[tuple[str, Wait, list[date]]] = []
    found += [(hold.reference, wait_of_hold(hold), []) for hold in holds]
    for row in asked:
        wait = wait_of_request(row, (), caf.time_zone)
        told_on = row.told_on or wait.since
        found.append((row.reference, wait, reminders(asked_on=wait.since, told_on=told_on, until=wait.until)))
    found.sort(key=lambda one: one[1].until, reverse=True)
    return {reference: (wait, days) for reference, wait, days in found}


def _changes(case: Case) -> tuple[Changes, Changes]:
    of_holds: Changes = defaultdict(list)
    of_requests: Changes = defaultdict(list)
    for row in case.wait_changes.order_by("pk"):
        if row.hold_id is not None:
            of_holds[row.hold_id].append(_change(row))
        else:
            of_requests[row.request_id].append(_change(row))
    return of_holds, of_requests


def _change(row: WaitChange) -> Change:
    return Change(
        on=row.changed_on, before=row.before, until=row.until, because=row.because, by=row.changed_by
    )


def _reason(wait: Wait) -> str:
    return (
        "pièces demandées" if wait.awaited == Awaited.DOCUMENTS else f"attente {contracted('de', wait.whom)}"
    )


def _last_told(found: list[tuple[date, date]]) -> list[tuple[bool, tuple[date, date]]]:
    return [(place == len(found), span) for place, span in enumerate(found, 1)]
