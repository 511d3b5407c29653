"""The gestures under what goes with a letter: joined while it is a draft, frozen when it is signed."""

from collections.abc import Sequence

from mediane.correspondence.models import Enclosure, Letter
from mediane.correspondence.queries.enclosures import enclosures_of, may_be_enclosed
from mediane.correspondence.rules.enclosed import Ticked, put_together, too_much
from mediane.kit.refusal import Refusal


class NotEnclosed(Refusal):
    """A document that does not go with a letter, or too many of them: says which, and what to do."""


def enclose(letter: Letter, ticked: Ticked) -> bool:
    """Put what a page ticked together with what goes with a draft already; whether that changes it.

    The letter is held by this transaction: of two people, the second sees what the first joined.

    :raises NotEnclosed: with what to do; nothing is written.
    """
    there = {one.document.public_id: one.document for one in enclosures_of(letter)}
    wanted = put_together(ticked, list(there))
    if wanted == tuple(there):
        return False
    known = there
    if not there.keys() >= set(wanted):
        known = {one.public_id: one for one in may_be_enclosed(letter.case)} | there
    if not known.keys() >= set(wanted):
        raise NotEnclosed(
            "Un document coché n’est pas, ou n’est plus, parmi les documents vérifiés du dossier\u00a0: "
            "relisez la liste des pièces jointes."
        )
    if sentence := too_much([known[one].size for one in wanted]):
        raise NotEnclosed(sentence)
    Enclosure.objects.filter(letter=letter).delete()
    Enclosure.objects.bulk_create(
        Enclosure(organisation_id=letter.organisation_id, letter=letter, document=known[one], rank=rank)
        for rank, one in enumerate(wanted, 1)
    )
    return True


def freeze(pieces: Sequence[Enclosure]) -> None:
    """Write on each what it is on the day of the signature; one statement for all."""
    for one in pieces:
        one.name, one.sha256 = one.document.shown_name, one.document.sha256
    if pieces:
        Enclosure.objects.bulk_update(pieces, ["name", "sha256"])
