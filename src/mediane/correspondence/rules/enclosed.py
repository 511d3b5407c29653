"""What goes with a letter: documents of its case, in the order they were joined."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from mediane.kit.french import weight

MOST_PIECES = 20
HEAVIEST = 30_000_000
LIMITS = f"{MOST_PIECES}\u00a0pièces et {HEAVIEST // 1_000_000}\u00a0Mo au plus en tout."
EXPLANATION = "Explication du trop-perçu, à la fin de la lettre"
# Instead of its name, for whoever may not see what the person keeps from them.
HERS_ALONE = "Une pièce que la personne seule peut ouvrir"


@dataclass(frozen=True)
class Ticked:
    """What a page says of the enclosures: those it has ticked, and those that were when it was shown.

    `up` is the one to put before the one above it.
    """

    mine: tuple[UUID, ...]
    seen: tuple[UUID, ...]
    up: UUID | None = None


def put_together(ticked: Ticked, theirs: Sequence[UUID]) -> tuple[UUID, ...]:
    """`theirs`, less what this page took out, then what it added: two people never undo each other."""
    taken_out = set(ticked.seen) - set(ticked.mine)
    kept = [one for one in theirs if one not in taken_out]
    added = [one for one in dict.fromkeys(ticked.mine) if one not in ticked.seen and one not in kept]
    return tuple(_moved_up([*kept, *added], ticked.up))


def _moved_up(order: list[UUID], wanted: UUID | None) -> list[UUID]:
    place = order.index(wanted) if wanted in order else 0
    if place:
        order[place - 1 : place + 1] = reversed(order[place - 1 : place + 1])
    return order


def too_much(sizes: Sequence[int]) -> str:
    """Why so many, or such heavy files, do not go with one letter; nothing when they do."""
    if len(sizes) > MOST_PIECES:
        over = len(sizes) - MOST_PIECES
        return (
            f"Une lettre porte {MOST_PIECES}\u00a0pièces jointes au plus, et {len(sizes)} sont cochées"
            f"\u00a0: décochez-en {over}."
        )
    if sum(sizes) > HEAVIEST:
        return (
            f"Les pièces cochées pèsent ensemble {weight(sum(sizes))}, et la limite est de "
            f"{HEAVIEST // 1_000_000}\u00a0Mo\u00a0: décochez les plus lourdes."
        )
    return ""


def gone(name: str) -> str:
    """Why a letter is not signed with this enclosure, and what to do."""
    return (
        f"La pièce jointe «\u00a0{name}\u00a0» n’est plus parmi les documents vérifiés du dossier\u00a0: "
        "décochez-la dans la lettre, ou attendez sa vérification."
    )
