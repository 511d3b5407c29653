"""What was asked for, and what its pieces hold."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from mediane.casework.models import Case, Closing, FinancialEffect
from mediane.casework.rules.money import totals
from mediane.catalogue.models import (
    Benefit,
    Cause,
    CauseReason,
    Channel,
    Dated,
    ErrorType,
    Ground,
    Origin,
    Service,
)
from mediane.catalogue.queries import every
from mediane.documents.queries import keyring
from mediane.exports.models import Export, Piece
from mediane.exports.rules import Stored, Told
from mediane.exports.states import Stage, State
from mediane.kit import clock, sealing
from mediane.kit.blobs import Blobs
from mediane.organisations.models import Role
from mediane.organisations.queries import by_id, team_of

AT_A_TIME = 500
FIRST_YEAR = 2000


def blobs() -> Blobs:
    return Blobs(Path(settings.DATA) / "exports")


def exports_of(organisation_id: int) -> QuerySet[Export]:
    """The latest first."""
    return Export.objects.filter(organisation_id=organisation_id).order_by("-asked_at")


def export_numbered(organisation_id: int, number: str) -> Export | None:
    return Export.objects.filter(organisation_id=organisation_id, number=number).first()


def has_another_mediator(organisation_id: int, user_id: int) -> bool:
    return any(one.role == Role.MEDIATOR and one.user_id != user_id for one in team_of(organisation_id))


def cases_of(export: Export) -> QuerySet[Case]:
    """Received in the year, in the order they were written."""
    began, after = date(export.year, 1, 1), date(export.year + 1, 1, 1)
    return Case.objects.filter(
        organisation_id=export.organisation_id, received_on__gte=began, received_on__lt=after
    ).order_by("pk")


def next_cases(export: Export, most: int) -> tuple[list[Told], int]:
    """Those that follow the last one written, and the number of the last of them."""
    # By a cursor of the server: rows come as they are asked for.
    rows = cases_of(export).filter(pk__gt=export.last)[:most].iterator(chunk_size=AT_A_TIME)
    cases = list(rows)
    around = _Around(export.organisation_id, [case.pk for case in cases])
    return [around.told(case) for case in cases], cases[-1].pk if cases else export.last


class _Around:
    """What stands beside some cases: three statements, whatever their number."""

    def __init__(self, organisation_id: int, cases: Sequence[int]) -> None:
        self.time_zone = by_id(organisation_id).time_zone
        closings = Closing.objects.standing().filter(organisation_id=organisation_id, case__in=cases)
        self.closings = {row.case_id: row for row in closings}
        self.effects: dict[int, list[FinancialEffect]] = {}
        for line in FinancialEffect.objects.filter(organisation_id=organisation_id, case__in=cases):
            self.effects.setdefault(line.case_id, []).append(line)

    def told(self, case: Case) -> Told:
        closing = self.closings.get(case.pk)
        return Told(
            reference=case.reference,
            received_on=case.received_on,
            channel=_label(Channel, case.channel),
            origin=_label(Origin, case.origin),
            benefits=[_label(Benefit, code) for code in case.benefits],
            grounds=[_label(Ground, code) for code in case.grounds],
            is_urgent=case.is_urgent,
            state=case.get_state_display(),
            admissible_on=case.admissible_on,
            closed_on=clock.day_of(case.closed_at, self.time_zone) if case.closed_at else None,
            outcome=closing.get_outcome_display() if closing else "",
            cause=_label(Cause, closing.cause) if closing else "",
            reason=_label(CauseReason, closing.reason) if closing else "",
            service=_label(Service, closing.service) if closing else "",
            error=_label(ErrorType, closing.error_type) if closing else "",
            money=totals(self.effects.get(case.pk, ())),
        )


def _label(model: type[Dated], code: str) -> str:
    known = every(model).get(code)
    return known.label if known else code


@dataclass(frozen=True)
class Opener:
    """Reads the pieces of an export without the database: a file is sent long after its page is made."""

    number: str
    key: bytes
    blobs: Blobs

    def read(self, stage: Stage, rank: int, blob: str) -> bytes:
        """:raises sealing.Broken: if the piece was altered, or is another’s."""
        return sealing.unseal(self.blobs.read(blob), self.key, context=context_of(self.number, stage, rank))


def opener(export: Export) -> Opener:
    return Opener(export.number, sealing.unwrap(bytes(export.wrapped or b""), keyring()), blobs())


def context_of(number: str, stage: Stage, rank: int) -> bytes:
    return f"exports.piece:{number}:{stage}:{rank}".encode()


def pieces_of(export: Export, stage: Stage) -> list[tuple[int, str]]:
    return list(export.pieces.filter(stage=stage).order_by("rank").values_list("rank", "blob"))


def lines_of(export: Export) -> Iterator[Stored]:
    """Every line read so far, one piece in memory at a time."""
    opened = opener(export)
    for rank, blob in pieces_of(export, Stage.LINES):
        yield from json.loads(opened.read(Stage.LINES, rank, blob))


def content(export: Export) -> Iterator[bytes]:
    """The finished file, piece by piece. What the database knows is read at once."""
    opened, pieces = opener(export), pieces_of(export, Stage.FILE)
    return (opened.read(Stage.FILE, rank, blob) for rank, blob in pieces)


def expired(organisation_id: int, at: datetime) -> QuerySet[Export]:
    return Export.objects.filter(organisation_id=organisation_id, state=State.READY, expires_at__lte=at)


def stopped(organisation_id: int, *, since: datetime) -> QuerySet[Export]:
    """In preparation, and no further for a while: its worker died, or its job was parked."""
    return Export.objects.filter(organisation_id=organisation_id, state=State.MAKING, moved_at__lt=since)


def named_by_rows(organisation_id: int) -> set[str]:
    """The sealed files that pieces of a Caf name."""
    return set(Piece.objects.filter(organisation_id=organisation_id).values_list("blob", flat=True))


def is_past(export: Export, at: datetime) -> bool:
    return export.expires_at is not None and export.expires_at <= at
