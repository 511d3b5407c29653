from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max

from mediane.debts import rights
from mediane.debts.models import DeductionScale
from mediane.debts.rules.scale import Scale, faults, slices_as_kept
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit.french import long_date
from mediane.kit.once import require_same
from mediane.kit.refusal import Refusal

# One at a time: the number of the next, and what it overlaps, are read after whoever came first is done.
ENTERING = 553_001


class ScaleRefused(Refusal):
    """A scale that contradicts itself, or one that is already entered."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """What the order says; `corrects` is the scale in which something was mistyped."""

    scale: Scale
    source: str
    corrects: DeductionScale | None = None


@transaction.atomic
def enter_scale(*, text: Text, by: Actor, at: datetime, entry_key: UUID | None = None) -> DeductionScale:
    """Enter the scale of an order. It holds from now on, and never changes.

    :raises PermissionDenied: to anybody but the national mediation.
    :raises AlreadySent: if the page entered something else.
    :raises ScaleRefused: if it contradicts itself, or if another scale holds for some of its days.
    """
    if not rights.may_enter_scales(by):
        raise PermissionDenied
    if wrong := faults(text.scale):
        raise ScaleRefused(" ".join(wrong))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ENTERING])
    if first := _first(text, entry_key):
        return first
    _refuse_overlap(text)
    last = DeductionScale.objects.aggregate(last=Max("number"))["last"] or 0
    entered = DeductionScale.objects.create(
        number=last + 1,
        valid_from=text.scale.valid_from,
        valid_until=text.scale.valid_until,
        flat=text.scale.flat,
        slices=slices_as_kept(text.scale.slices),
        deemed=text.scale.deemed,
        source=text.source,
        corrects=text.corrects,
        entry_key=entry_key,
        entered_at=at,
        entered_by=by.name,
    )
    record(verb="enter_scale", subject=("scale", str(entered.number)), by=by, at=at)
    return entered


def _first(text: Text, entry_key: UUID | None) -> DeductionScale | None:
    """What the same page entered the first time."""
    first = DeductionScale.objects.filter(entry_key=entry_key).first() if entry_key else None
    if first is not None:
        require_same((first.rule, first.source, first.corrects) == (text.scale, text.source, text.corrects))
    return first


def _refuse_overlap(text: Text) -> None:
    if text.corrects is not None and DeductionScale.objects.filter(corrects=text.corrects).exists():
        raise ScaleRefused(
            f"Le barème {text.corrects.number} est déjà corrigé par un autre. Corrigez le plus récent."
        )
    others = DeductionScale.objects.standing().filter(
        valid_from__lte=text.scale.valid_until, valid_until__gte=text.scale.valid_from
    )
    if text.corrects is not None:
        others = others.exclude(pk=text.corrects.pk)
    if other := others.first():
        who = f", saisi par {other.entered_by}," if other.entered_by else ""
        raise ScaleRefused(
            f"Le barème {other.number}{who} vaut déjà du {long_date(other.valid_from)}"
            f" au {long_date(other.valid_until)}. S’il est faux, corrigez-le."
        )
