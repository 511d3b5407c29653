"""A page being written is kept by itself, given back to whoever wrote it, and forgotten once sent.

No line of journal: nothing was read or done, and nobody else can tell that somebody hesitates.
"""

import json
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from mediane.documents.queries import keyring
from mediane.journal.rules import Actor
from mediane.kit import rows, sealing
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id
from mediane.unsent.models import KeptText
from mediane.unsent.queries import context_of, kept_at, of_writer
from mediane.unsent.rules import LONGEST, MOST, WRITERS, typed

CHANGED = ("page", "version", "wrapped", "sealed", "kept_at")


class TypedElsewhere(Refusal):
    """The same person writes the same thing on another page, open beside."""


class NotKept(Refusal):
    """Too long, or too many."""


@transaction.atomic
def keep(
    *, place: str, fields: dict[str, list[str]], page: UUID, seen_version: int, by: Actor, at: datetime
) -> KeptText:
    """Keep what is typed. A page keeps over itself, and over what it was shown; never over another page.

    :raises TypedElsewhere: if another page of the same person kept something since.
    :raises NotKept: for a text longer than any form takes, or one more when there are too many.
    """
    if by.kind not in WRITERS:
        raise PermissionDenied
    words = json.dumps(typed(fields), ensure_ascii=False)
    if len(words) > LONGEST:
        raise NotKept("Ce texte est trop long pour être gardé.")
    _one_at_a_time(place, by)
    kept = kept_at(place, by)
    if kept is not None and kept.page != page and kept.version != seen_version:
        raise TypedElsewhere(_elsewhere(kept, by))
    is_new = kept is None
    if kept is None:
        if of_writer(by).count() >= MOST:
            raise NotKept("Trop de textes attendent d’être envoyés\u00a0: envoyez-en, ou effacez-en.")
        said = {"writer_kind": by.kind, "writer_id": by.id, "place": place}
        kept = KeptText(organisation_id=by.organisation_id, **said, version=0)
    key = sealing.new_key()
    kept.page, kept.version, kept.kept_at = page, kept.version + 1, at
    kept.wrapped = sealing.wrap(key, keyring())
    kept.sealed = sealing.seal(words.encode(), key, context=context_of(kept))
    if is_new:
        rows.add(kept)
    else:
        rows.change(kept, CHANGED)
    return kept


@transaction.atomic
def forget(*, place: str, page: UUID, seen_version: int, by: Actor) -> None:
    """Once sent: what this page kept or was shown; what another page still holds stays."""
    _one_at_a_time(place, by)
    kept = kept_at(place, by)
    if kept is not None and (kept.page == page or kept.version == seen_version):
        kept.delete()


@transaction.atomic
def forget_old(*, organisation_id: int, before: datetime) -> None:
    """What nobody came back to."""
    KeptText.objects.filter(organisation_id=organisation_id, kept_at__lt=before).delete()


def _one_at_a_time(place: str, by: Actor) -> None:
    """Of two pages of one person, one waits here for the other."""
    with connection.cursor() as cursor:
        asked = f"unsent:{by.organisation_id}:{by.kind}:{by.id}:{place}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [asked])


def _elsewhere(kept: KeptText, by: Actor) -> str:
    moment = kept.kept_at.astimezone(ZoneInfo(by_id(by.organisation_id).time_zone))
    return (
        f"Vous avez aussi écrit ici dans une autre fenêtre, le {long_date(moment.date())} à "
        f"{at_time(moment)}\u00a0: c’est ce texte-là qui est gardé. Celui-ci reste sur cette page."
    )
