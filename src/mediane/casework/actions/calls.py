from datetime import datetime
from typing import Any

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Call, Case
from mediane.casework.queries.spoken import CALL, text_of
from mediane.casework.rules.meetings import Spoken, call_in_words, why_not_noted
from mediane.casework.states import Act
from mediane.documents.queries import opened
from mediane.journal.rules import Actor
from mediane.kit import rows, sealing
from mediane.kit.refusal import Refusal


class CallRefused(Refusal):
    """At that moment there was no such call, or another one is noted."""


@transaction.atomic
def note_call(*, case: Case, spoken: Spoken, by: Actor, at: datetime) -> Call:
    """Write down a call, or one tried in vain; what was said is sealed, unless the person reads it too.

    The same sent twice is one call. It conflicts with nothing that others do: no version is asked for.

    :raises CallRefused: for a call to come, or a second one by the same author at the same minute.
    """
    rights.require(rights.may_work_on(by, case))
    if reason := why_not_noted(spoken.called_at, at):
        raise CallRefused(f"{reason}.")
    lock(case)
    key = opened(case.key)
    noted = Call.objects.filter(
        case=case, called_at=spoken.called_at, kind=spoken.kind, noted_by=by.name
    ).first()
    if noted is not None:
        if (text_of(noted, key), noted.spoke_to) == (spoken.text, spoken.spoke_to):
            return noted
        raise CallRefused("Vous avez déjà noté un appel à cette minute\u00a0: vérifiez l’heure.")
    call = Call(
        organisation_id=case.organisation_id,
        case=case,
        kind=spoken.kind,
        called_at=spoken.called_at,
        minutes=spoken.minutes,
        spoke_to=spoken.spoke_to,
        **_kept(spoken, key),
        is_shared=spoken.is_shared,
        noted_at=at,
        noted_by=by.name,
    )
    rows.add(call)
    words = call_in_words(spoken.kind, spoken.minutes)
    happened(case=case, act=Act.NOTE_CALL, by=by, at=at, words=words, is_shared=spoken.is_shared)
    return call


def _kept(spoken: Spoken, key: bytes) -> dict[str, Any]:
    """What was said: as a message if the person reads it, else as a private note."""
    if spoken.is_shared:
        return {"body": spoken.text, "sealed": b""}
    return {"body": "", "sealed": sealing.seal(spoken.text.encode(), key, context=CALL)}
