"""Second readings: whether they are wanted, what waits for one, what was said."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from mediane.correspondence.models import Letter, ReadingPolicy, SecondReading
from mediane.documents.queries import opened
from mediane.kit import sealing

MOST_SHOWN = 100
REMARKS = b"correspondence.second_reading"


@dataclass(frozen=True)
class Said:
    """What a reader said, out of its seal."""

    reading: SecondReading
    remarks: str


def chosen_readings(organisation_id: int) -> list[ReadingPolicy]:
    """What the Caf chose, the latest first."""
    return list(ReadingPolicy.objects.filter(organisation_id=organisation_id).order_by("-effective_from"))


def is_reading_wanted(organisation_id: int, day: date) -> bool:
    """Whether replies are read by a second person on a day; no, until the Caf chose."""
    chosen = ReadingPolicy.objects.filter(organisation_id=organisation_id, effective_from__lte=day)
    return bool(chosen.order_by("-effective_from").values_list("is_wanted", flat=True).first())


def to_read_of(organisation_id: int) -> QuerySet[Letter]:
    """Drafts that somebody wants read."""
    return Letter.objects.filter(
        organisation_id=organisation_id, signed_at=None, reading_asked_at__isnull=False, case__closed_at=None
    )


def to_read(organisation_id: int) -> list[Letter]:
    """The oldest asking first."""
    asked = to_read_of(organisation_id)
    return list(asked.select_related("case__beneficiary").order_by("reading_asked_at", "pk")[:MOST_SHOWN])


def readings_of(letter: Letter) -> list[Said]:
    """The latest first."""
    key = opened(letter.case.key)
    return [
        Said(reading, sealing.unseal(bytes(reading.sealed), key, context=REMARKS).decode())
        for reading in SecondReading.objects.filter(letter=letter).order_by("-read_at", "-pk")
    ]
