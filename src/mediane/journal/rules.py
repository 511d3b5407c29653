"""Who acts: a member of staff in a Caf, the national mediation, a beneficiary, or the house itself."""

from dataclasses import dataclass
from typing import Literal

from mediane.kit.text import initials


@dataclass(frozen=True)
class Actor:
    """The author of an act. `role` and `title` are those of the membership, for staff only."""

    kind: Literal["staff", "national", "person", "system"]
    id: int
    name: str
    organisation_id: int
    role: str = ""
    title: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return initials(self.name)


def system(organisation_id: int) -> Actor:
    """The house acting by itself, because time passed."""
    return Actor("system", 0, "Médiane", organisation_id)
