"""A year of cases as a file: asked for, decided by the mediator, made piece by piece, then removed."""

import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from mediane.casework.rights import require
from mediane.documents.queries import keyring
from mediane.exports import queries, rights, rules
from mediane.exports.models import Export, Piece
from mediane.exports.states import Format, Stage, State
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, jobs, long_sheets, references, rows, sealing
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.kit.spreadsheet import BOM, csv_lines
from mediane.organisations.queries import by_id

KEPT = timedelta(hours=24)
LINES_A_PIECE = 2_000
BYTES_A_PIECE = 1024 * 1024


class NotExported(Refusal):
    """Nothing changed."""


@transaction.atomic
def ask(
    *,
    year: int,
    made_as: Format,
    because: str,
    by: Actor,
    at: datetime,
    entry_key: UUID | None = None,
) -> Export:
    """Ask for the cases received in a year.

    :raises NotExported: if the year has not begun, or the same file is already on its way to the same person.
    :raises AlreadySent: if the page asked for another one.
    """
    require(rights.may_ask(by))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": by.organisation_id}
    said: dict[str, Any] = {"year": year, "format": made_as, "because": because, "asked_by_id": by.id}
    if first := written_by_page(Export, **page, **said):
        return first
    this_year = clock.day_of(at, by_id(by.organisation_id).time_zone).year
    if not queries.FIRST_YEAR <= year <= this_year:
        raise NotExported(f"Choisissez une année entre {queries.FIRST_YEAR} et {this_year}.")
    export = Export(**page, **said, number=references.make(), asked_at=at, asked_by=by.name)
    try:
        with transaction.atomic():
            rows.add(export)
    except IntegrityError as twice:
        raise NotExported("Vous avez déjà demandé ce fichier\u00a0: il est dans la liste.") from twice
    _note("ask_export", export, by, at)
    return export


@transaction.atomic
def approve(*, export: Export, words: str, by: Actor, at: datetime) -> None:
    """Let it be made, by a job. A mediator alone in the Caf approves her own, and says why.

    :raises NotExported: if somebody has decided already, or another mediator is to decide.
    """
    require(rights.may_decide(by, export))
    _hold_asked(export)
    if export.asked_by_id == by.id:
        if queries.has_another_mediator(by.organisation_id, by.id):
            raise NotExported(
                "Vous l’avez demandé\u00a0: c’est à un autre médiateur de la Caf de l’approuver."
            )
        if not words:
            raise NotExported(
                "Vous approuvez votre propre demande\u00a0: dites pourquoi, cela reste au journal."
            )
    export.state, export.decided_at, export.decided_by, export.words = State.MAKING, at, by.name, words
    export.moved_at, export.lines = at, queries.cases_of(export).count()
    export.wrapped = sealing.wrap(sealing.new_key(), keyring())
    rows.change(export, ("state", "decided_at", "decided_by", "words", "moved_at", "lines", "wrapped"))
    _note("approve_export", export, by, at)
    have_made(export=export)


@transaction.atomic
def refuse(*, export: Export, words: str, by: Actor, at: datetime) -> None:
    """:raises NotExported: if somebody has decided already."""
    require(rights.may_decide(by, export))
    _hold_asked(export)
    if not words:
        raise NotExported("Dites pourquoi\u00a0: la personne qui a demandé ce fichier le lira.")
    export.state, export.decided_at, export.decided_by, export.words = State.REFUSED, at, by.name, words
    rows.change(export, ("state", "decided_at", "decided_by", "words"))
    _note("refuse_export", export, by, at)


def _hold_asked(export: Export) -> None:
    rows.hold(export)
    if export.state != State.ASKED:
        done = "refusé" if export.state == State.REFUSED else "approuvé"
        raise NotExported(f"{export.decided_by} a déjà {done} cette demande.")


def have_made(*, export: Export) -> None:
    """One at a time in the house, after what people wait for.

    :raises AlreadyEnqueued: if a job waits already, which is enough.
    """
    job = jobs.job(
        "make_export",
        once=f"export:{export.number}",
        organisation_id=export.organisation_id,
        export_id=export.pk,
    )
    jobs.defer_all(job.evolve(lock="exports", priority=-5))


@transaction.atomic
def go_on(*, export: Export, at: datetime) -> bool:
    """Read the lines that follow and seal them; whether more remain. What was sealed is never read again."""
    rows.hold(export)
    if export.state != State.MAKING:
        return False
    told, last = queries.next_cases(export, LINES_A_PIECE)
    if not told:
        return False
    mark = _mark(export)
    data = json.dumps([rules.stored(one, mark) for one in told], ensure_ascii=False).encode()
    _seal(export, Stage.LINES, export.pieces.filter(stage=Stage.LINES).count(), data)
    export.done, export.last, export.moved_at = export.done + len(told), last, at
    rows.change(export, ("done", "last", "moved_at"))
    return True


@transaction.atomic
def finish(*, export: Export, at: datetime) -> None:
    """Make the file of the lines, sealed, for a day; done twice, it is done once."""
    rows.hold(export)
    if export.state != State.MAKING:
        return
    parts = _as_csv(export) if export.format == Format.CSV else _as_workbook(export)
    for rank, part in enumerate(parts):
        _seal(export, Stage.FILE, rank, part)
        export.size += len(part)
    _remove(export, Stage.LINES)
    export.state, export.ready_at, export.expires_at, export.lines = State.READY, at, at + KEPT, export.done
    rows.change(export, ("state", "size", "ready_at", "expires_at", "lines"))


def _as_csv(export: Export) -> Iterator[bytes]:
    yield BOM + csv_lines([rules.HEADS])
    kept: list[list[str]] = []
    for line in queries.lines_of(export):
        kept.append(rules.words(line))
        if len(kept) == LINES_A_PIECE:
            yield csv_lines(kept)
            kept = []
    yield csv_lines(kept)


def _as_workbook(export: Export) -> Iterator[bytes]:
    """Written in memory that is no disk’s, where a worker killed before leaves nothing once it is back."""
    folder = Path(settings.SCRATCH) / f"mediane-export-{export.number}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        path = folder / "export.xlsx"
        lines = (rules.cells(line) for line in queries.lines_of(export))
        long_sheets.write(path, rules.HEADS, lines, told=_about(export), foot=_mark(export))
        with path.open("rb") as file:
            while part := file.read(BYTES_A_PIECE):
                yield part
    finally:
        shutil.rmtree(folder)


def _about(export: Export) -> list[tuple[str, str]]:
    return [
        ("Export", export.number),
        ("Contenu", f"Dossiers reçus en {export.year}, {by_id(export.organisation_id).name}"),
        ("Demandé par", export.asked_by),
        ("Pour", export.because),
        ("Approuvé par", export.decided_by),
        ("Dossiers", str(export.done)),
        (
            "Usage",
            "Document de travail du service. Ne le transmettez pas\u00a0: supprimez-le après usage.",
        ),
    ]


def _mark(export: Export) -> str:
    on = clock.day_of(export.asked_at, by_id(export.organisation_id).time_zone)
    return rules.mark(export.number, export.asked_by, export.decided_by, on)


def _seal(export: Export, stage: Stage, rank: int, data: bytes) -> None:
    key = queries.opener(export).key
    blob = queries.blobs().write(
        sealing.seal(data, key, context=queries.context_of(export.number, stage, rank))
    )
    rows.add(Piece(organisation_id=export.organisation_id, export=export, stage=stage, rank=rank, blob=blob))


def _remove(export: Export, *stages: Stage) -> None:
    pieces = export.pieces.filter(stage__in=stages)
    names = list(pieces.values_list("blob", flat=True))
    pieces.delete()
    transaction.on_commit(lambda: forget_strays(names=set(names)))


@transaction.atomic
def take_away(*, export: Export, by: Actor, at: datetime) -> Iterator[bytes]:
    """The file, piece by piece, once the journal says who took it.

    :raises NotExported: if it is not ready, or no more.
    """
    require(rights.may_take_away(by, export))
    rows.hold(export)
    if export.state == State.EXPIRED or queries.is_past(export, at):
        raise NotExported(
            "Ce fichier est effacé\u00a0: un export se garde 24\u00a0heures. Demandez-le de nouveau."
        )
    if export.state != State.READY:
        raise NotExported("Ce fichier n’est pas encore prêt.")
    _note("take_export", export, by, at)
    return queries.content(export)


@transaction.atomic
def expire(*, export: Export) -> None:
    """Remove the file and forget its key; who asked, decided and took it stays written."""
    rows.hold(export)
    if export.state != State.READY:
        return
    _remove(export, *Stage)
    export.state, export.wrapped = State.EXPIRED, None
    rows.change(export, ("state", "wrapped"))


def forget_strays(*, names: set[str]) -> None:
    """Delete sealed pieces that no row names any more."""
    for name in names:
        queries.blobs().delete(name)


def _note(verb: str, export: Export, by: Actor, at: datetime) -> None:
    record(verb=verb, subject=("export", export.number), by=by, at=at, year=str(export.year))
