"""A file of earlier years: read, then taken whole or not at all; what was taken can be undone."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from mediane.casework.rights import require
from mediane.imports import queries, rights
from mediane.imports.models import Import, PastCase, PastTotal
from mediane.imports.rules import Fault, identity, read_sheet
from mediane.imports.states import Kind, State
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows, spreadsheet
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id

MOST_LINES = 20_000
MOST_FAULTS = 500  # beyond, the file is not what it was taken for
A_LOT = 2_000


class NotTaken(Refusal):
    """Nothing was written."""


@transaction.atomic
def read_file(*, name: str, data: bytes, by: Actor, at: datetime) -> Import:
    """Read a file without importing it; the same file again is the same reading.

    :raises Unreadable: if it is no sheet.
    """
    require(rights.may_import(by))
    sha256 = hashlib.sha256(data).hexdigest()
    known = queries.same_file(by.organisation_id, sha256)
    if known is not None and not known.faults:
        return known
    if known is not None:
        # What was wrong may have been another file's doing, taken back since.
        known.delete()
    today = clock.day_of(at, by_id(by.organisation_id).time_zone)
    sheet = read_sheet(spreadsheet.read(data, most=MOST_LINES), queries.lists(), today=today)
    read = Import(
        organisation_id=by.organisation_id,
        kind=sheet.kind,
        shown_name=name[-120:],
        sha256=sha256,
        rows=sheet.rows,
        left_out=[column[:120] for column in sheet.left_out],
        lines=len(sheet.rows) + len({fault.line for fault in sheet.faults}),
        read_at=at,
        read_by=by.name,
    )
    known_faults = [*_known_already(read), *queries.contradicted(read)]
    faults = sorted([*sheet.faults, *known_faults], key=lambda fault: fault.line)
    if not sheet.rows and not faults:
        faults = [Fault(2, "", "Aucune ligne ne suit les titres.")]
    read.faults = [[fault.line, fault.column, fault.sentence] for fault in faults[:MOST_FAULTS]]
    read.rows = [] if faults else sheet.rows
    return _kept(read, by, at)


def _kept(read: Import, by: Actor, at: datetime) -> Import:
    try:
        with transaction.atomic():
            rows.add(read)
    except IntegrityError as twice:
        # Sent twice at once: both read the same.
        first = queries.same_file(read.organisation_id, read.sha256)
        if first is None:
            raise NotTaken("Rien n’est lu\u00a0: déposez de nouveau le fichier.") from twice
        return first
    _note("read_import", read, by, at)
    return read


def _known_already(read: Import) -> Iterable[Fault]:
    column = "Référence" if read.kind == Kind.CASES else "Valeur"
    known = queries.taken_before(read)
    for row in read.rows:
        before = known.get(identity(Kind(read.kind), row))
        if before is not None:
            yield Fault(row["line"], column, f"Déjà reprise du fichier «\u00a0{before}\u00a0».")


@transaction.atomic
def take(*, read: Import, by: Actor, at: datetime) -> None:
    """Write all that a file holds; a second time writes nothing.

    :raises NotTaken: if lines are to be corrected, or were brought by another file meanwhile.
    """
    require(rights.may_import(by))
    _hold(read)
    if read.state == State.TAKEN:
        return
    if read.faults or read.state != State.READ:
        raise NotTaken(
            "Rien n’est repris\u00a0: corrigez les lignes signalées, puis déposez de nouveau le fichier."
        )
    contradiction = next(iter(queries.contradicted(read)), None)
    if contradiction is not None:
        raise NotTaken(f"Rien n’est repris, ligne {contradiction.line}. {contradiction.sentence}")
    try:
        with transaction.atomic():
            _write(read)
    except IntegrityError as clash:
        raise NotTaken(
            "Rien n’est repris\u00a0: une partie de ces lignes vient d’être reprise d’un autre fichier. "
            "Abandonnez cette lecture et déposez de nouveau le fichier."
        ) from clash
    read.state, read.rows, read.taken_at, read.taken_by = State.TAKEN, [], at, by.name
    rows.change(read, ("state", "rows", "taken_at", "taken_by"))
    _note("take_import", read, by, at)


def _hold(one: Import) -> None:
    try:
        rows.hold(one)
    except Import.DoesNotExist as gone:
        raise NotTaken("Cette lecture vient d’être abandonnée. Déposez de nouveau le fichier.") from gone


def _write(read: Import) -> None:
    of = {"organisation_id": read.organisation_id, "source": read}
    if read.kind == Kind.TOTALS:
        PastTotal.objects.bulk_create((PastTotal(**of, **row) for row in read.rows), A_LOT)
    else:
        PastCase.objects.bulk_create((PastCase(**of, **_with_dates(row)) for row in read.rows), A_LOT)


def _with_dates(row: dict[str, Any]) -> dict[str, Any]:
    return row | {key: date.fromisoformat(row[key]) for key in ("received_on", "answered_on") if key in row}


@transaction.atomic
def undo(*, taken: Import, by: Actor, at: datetime) -> None:
    """Take out all that a file brought; it may then be given again.

    :raises NotTaken: if it was not taken, or is undone already.
    """
    require(rights.may_import(by))
    _hold(taken)
    if taken.state == State.UNDONE and taken.undone_at:
        raise NotTaken(
            f"{taken.undone_by} a déjà annulé cette reprise le {long_date(taken.undone_at.date())}."
        )
    if taken.state != State.TAKEN:
        raise NotTaken("Ce fichier n’a pas été repris\u00a0: il n’y a rien à annuler.")
    taken.cases.all().delete()
    taken.totals.all().delete()
    taken.state, taken.undone_at, taken.undone_by = State.UNDONE, at, by.name
    rows.change(taken, ("state", "undone_at", "undone_by"))
    _note("undo_import", taken, by, at)


@transaction.atomic
def discard(*, read: Import, by: Actor, at: datetime) -> None:
    """Forget a reading that nobody confirmed.

    :raises NotTaken: if it was taken meanwhile.
    """
    require(rights.may_import(by))
    _hold(read)
    if read.state != State.READ:
        raise NotTaken("Ce fichier a été repris entre-temps\u00a0: il ne s’abandonne plus, il s’annule.")
    _note("discard_import", read, by, at)
    read.delete()


def _note(verb: str, one: Import, by: Actor, at: datetime) -> None:
    record(verb=verb, subject=("import", one.sha256[:16]), by=by, at=at)
