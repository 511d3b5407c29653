"""One thing asked for many cases at once: begun, interrupted, put back; its sheet, for a day."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from mediane.accounts.models import User
from mediane.casework.queries.workplan import Picked
from mediane.casework.rights import require
from mediane.documents.queries import keyring
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import bulk, jobs, references, rows, sealing
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.worklists import rights, rules
from mediane.worklists.models import Operation, Pick
from mediane.worklists.queries import operations as queries
from mediane.worklists.states import ENDED, Fate, Kind, State

FIELDS = ("state", "why", "moved_at", "ended_at")


class NotDone(Refusal):
    """Nothing changed."""


@dataclass(frozen=True)
class Wanted:
    """What is to be done; `to` is who cases are given to, for an assignment."""

    kind: Kind
    to: User | None = None


@transaction.atomic
def ask(
    *, wanted: Wanted, picked: Sequence[Picked], by: Actor, at: datetime, entry_key: UUID | None = None
) -> Operation:
    """Begin something on many cases, as they were seen. `go_on` carries it out.

    :raises NotDone: if there is no case, or too many at once.
    :raises AlreadySent: if the page began something else.
    """
    require(rights.may_ask(by))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": by.organisation_id}
    said: dict[str, Any] = {
        "kind": wanted.kind,
        "to_id": wanted.to.pk if wanted.to else None,
        "asked_by_id": by.id,
    }
    if first := written_by_page(Operation, **page, **said):
        return first
    _require_some(picked)
    operation = Operation(
        **page,
        **said,
        number=references.make(),
        asked_at=at,
        moved_at=at,
        asked_by=by.name,
        total=len(picked),
        wrapped=sealing.wrap(sealing.new_key(), keyring()) if wanted.kind == Kind.EXPORT else None,
    )
    rows.add(operation)
    bulk.add([_pick(operation, rank, *one) for rank, one in enumerate(picked)])
    _note(f"ask_{wanted.kind}_many", operation, by, at)
    have_carried_out(operation=operation)
    return operation


def _require_some(picked: Sequence[Picked]) -> None:
    if not picked:
        raise NotDone("Aucun dossier n’est coché\u00a0: cochez-en au moins un.")
    if len(picked) > rules.MOST_AT_ONCE:
        raise NotDone(
            f"Cette liste compte plus de {rules.MOST_AT_ONCE}\u00a0dossiers, le plus que l’on traite "
            "à la fois\u00a0: filtrez-la."
        )


def _pick(operation: Operation, rank: int, case_id: int, reference: str, version: int) -> Pick:
    return Pick(
        organisation_id=operation.organisation_id,
        operation_id=operation.pk,
        case_id=case_id,
        reference=reference,
        rank=rank,
        seen_version=version,
    )


def have_carried_out(*, operation: Operation) -> None:
    """By a job. One that waits already is enough: it reads what is to be done when it begins."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        jobs.defer(
            "carry_out",
            once=f"operation:{operation.number}",
            organisation_id=operation.organisation_id,
            operation_id=operation.pk,
        )


@transaction.atomic
def cancel(*, operation: Operation, by: Actor, at: datetime) -> None:
    """Leave the cases not yet reached as they are.

    :raises NotDone: if it ended meanwhile.
    """
    require(rights.may_steer(by, operation))
    rows.hold(operation)
    if operation.state == State.CANCELLED:
        return
    if operation.state != State.RUNNING:
        raise NotDone("C’est déjà terminé\u00a0: il n’y a plus rien à interrompre.")
    left = "Pas atteint\u00a0: l’opération a été interrompue avant."
    operation.picks.filter(fate=Fate.TODO).update(fate=Fate.LEFT, why=left)
    operation.state, operation.ended_at, operation.moved_at = State.CANCELLED, at, at
    operation.why = f"{by.name} l’a interrompue."
    rows.change(operation, FIELDS)
    _note("cancel_many", operation, by, at)


@transaction.atomic
def undo(*, operation: Operation, by: Actor, at: datetime) -> None:
    """Begin to put back the cases that were given, but those somebody touched since; asked twice, done once.

    :raises NotDone: if it is not an assignment, still runs, or ended too long ago.
    """
    require(rights.may_steer(by, operation))
    rows.hold(operation)
    if operation.state in (State.UNDOING, State.UNDONE):
        return
    if not is_undoable(operation, at):
        raise NotDone(_why_not_undone(operation))
    operation.state, operation.moved_at = State.UNDOING, at
    rows.change(operation, FIELDS)
    _note("undo_many", operation, by, at)
    have_carried_out(operation=operation)


def is_undoable(operation: Operation, at: datetime) -> bool:
    ended = operation.ended_at
    is_of_kind = operation.kind == Kind.ASSIGN and operation.state in ENDED
    return is_of_kind and ended is not None and at <= ended + rules.UNDONE_WITHIN


def _why_not_undone(operation: Operation) -> str:
    if operation.kind != Kind.ASSIGN:
        return "Ce qui est parti ne revient pas\u00a0: seule une attribution s’annule."
    if operation.state == State.RUNNING:
        return "L’attribution est en cours\u00a0: interrompez-la d’abord."
    return "Une attribution s’annule pendant 10\u00a0minutes\u00a0: ce délai est passé."


@transaction.atomic
def take_sheet(*, operation: Operation, by: Actor, at: datetime) -> Iterator[list[str]]:
    """The lines of a sheet, once the journal says who took it.

    :raises NotDone: if it is not ready, or no more.
    """
    require(rights.may_take_away(by, operation))
    rows.hold(operation)
    if operation.wrapped is None or at > operation.asked_at + rules.SHEET_KEPT:
        raise NotDone(
            "Cette feuille est effacée\u00a0: elle se garde 24\u00a0heures. Demandez-la de nouveau."
        )
    if operation.state not in ENDED:
        raise NotDone("Cette feuille n’est pas encore prête.")
    _note("take_sheet", operation, by, at)
    return queries.lines_of(operation)


@transaction.atomic
def forget_sheet(*, operation: Operation) -> None:
    """Remove the lines and forget their key; who asked and who took it stays written."""
    rows.hold(operation)
    operation.picks.update(line=None)
    operation.wrapped = None
    rows.change(operation, ("wrapped",))


def _note(verb: str, operation: Operation, by: Actor, at: datetime) -> None:
    subject = ("operation", operation.number)
    record(verb=verb, subject=subject, by=by, at=at, cases=str(operation.total))
