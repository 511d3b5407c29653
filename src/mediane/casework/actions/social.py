"""Social facts: noted in seconds when known, taken back in one gesture, never asked for."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case, SocialFacts
from mediane.casework.states import Act
from mediane.journal.rules import Actor


@dataclass(frozen=True)
class Social:
    """Codes of the catalogue; empty for what is not known."""

    household: str = ""
    age: str = ""
    quotient: str = ""


@transaction.atomic
def note_social(
    *, case: Case, social: Social, seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Keep what is said in the place of what was; all three empty, nothing is kept.

    After the reply too: figures are made later. The history says that it was noted, not what.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    said = asdict(social)
    held = SocialFacts.objects.filter(case=case)
    if (held.values(*said).first() or asdict(Social())) == said:
        return
    if social == Social():
        held.delete()
    else:
        known = said | {"noted_at": at, "noted_by": by.name}
        SocialFacts.objects.update_or_create(organisation_id=case.organisation_id, case=case, defaults=known)
    happened(case=case, act=Act.NOTE_SOCIAL, by=by, at=at, is_shared=False)
