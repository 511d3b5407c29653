"""A request that went to another Caf, or came from one: the thread that ties both pages."""

from dataclasses import dataclass

from django.urls import reverse

from mediane.casework.models import Case
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.states import State
from mediane.transfers import queries
from mediane.transfers.models import Arrival, CopiedLetter, Parcel
from mediane.web.citizen.space_case import Paper, day


@dataclass(frozen=True)
class Moved:
    parcel: Parcel | None = None
    arrival: Arrival | None = None
    papers: tuple[Paper, ...] = ()


def moved(case: Case) -> Moved:
    """Nothing is read for a request that stayed where it was sent."""
    parcel = queries.parcel_of(case) if case.state == State.TRANSFERRED else None
    arrival = queries.arrival_of(case) if case.origin == FROM_ANOTHER_CAF else None
    letters = queries.letters_of(arrival) if arrival else ()
    return Moved(parcel, arrival, tuple(_paper(case, letter) for letter in letters))


def _paper(case: Case, letter: CopiedLetter) -> Paper:
    note = f"Lettre, {letter.written_by}, {day(letter.signed_at, case.organisation.time_zone)}"
    href = reverse(
        "citizen:copied_letter", kwargs={"reference": case.reference, "public_id": letter.public_id}
    )
    return Paper(letter.kind, note, href)
