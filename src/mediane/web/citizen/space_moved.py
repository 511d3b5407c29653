"""A request that went to another Caf, or came from one: the thread that ties both pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from mediane.casework.models import Case
from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.casework.states import State
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.mandates.models import Scope
from mediane.mandates.queries import standing_over
from mediane.transfers import queries
from mediane.transfers.models import Arrival, CopiedLetter, Parcel
from mediane.web.citizen.space_case import Paper, day


@dataclass(frozen=True)
class Moved:
    parcel: Parcel | None = None
    arrival: Arrival | None = None
    papers: tuple[Paper, ...] = ()
    spoken_by: tuple[str, ...] = ()
    is_spoken_for: bool = False


def moved(case: Case, by: Actor) -> Moved:
    """Nothing is read for a request that stayed where it was sent."""
    parcel = queries.parcel_of(case) if case.state == State.TRANSFERRED else None
    arrival = queries.arrival_of(case) if case.origin == FROM_ANOTHER_CAF else None
    letters = queries.letters_of(arrival) if arrival else ()
    return Moved(
        parcel,
        arrival,
        papers=tuple(paper for letter in letters for paper in _papers(case, letter, by)),
        spoken_by=_spoken_by(case) if parcel and by.kind == "person" else (),
        is_spoken_for=by.kind == "mandate",
    )


def _spoken_by(case: Case) -> tuple[str, ...]:
    """Whose mandate, here, is of no use at the next Caf."""
    today = clock.today(case.organisation.time_zone)
    standing = standing_over(case.beneficiary_id, file_key=case.key_id, day=today)
    # A protection is a judge's to give, and the guardian's to show there.
    standing = standing.exclude(scope=Scope.PROTECTION)
    return tuple(dict.fromkeys(mandate.representative.name for mandate in standing))


def _papers(case: Case, letter: CopiedLetter, by: Actor) -> Iterator[Paper]:
    note = f"Lettre, {letter.written_by}, {day(letter.signed_at, case.organisation.time_zone)}"
    if by.kind != "person":
        # It is a picture of what was posted: her address cannot be taken off it.
        yield Paper(letter.kind, f"{note}. Elle porte une adresse\u00a0: la personne seule peut l’ouvrir.")
        return
    which = {"reference": case.reference, "public_id": letter.public_id}
    yield Paper(letter.kind, note, reverse("citizen:copied_letter", kwargs=which))
    large = reverse("citizen:copied_letter_large", kwargs=which)
    yield Paper(f"{letter.kind}, en grands caractères", note, large)
    if letter.has_easy:  # type: ignore[attr-defined]
        easy = reverse("citizen:copied_letter_easy", kwargs=which)
        yield Paper(f"{letter.kind}, facile à lire", note, easy)
