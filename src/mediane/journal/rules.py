"""Who acts: a member of staff in a Caf, the national mediation, a beneficiary or whoever holds a mandate of
one, or the house itself."""

from dataclasses import dataclass
from typing import Literal

from mediane.kit.text import initials


@dataclass(frozen=True)
class Actor:
    """The author of an act. `role` and `title` are those of the membership, for staff only.

    Under a mandate, `id` is the mandate’s, `acts_for` the beneficiary’s, and the name says both people. A
    `representative` has signed in and acts for nobody yet.
    """

    kind: Literal["staff", "head", "national", "service", "person", "mandate", "representative", "system"]
    id: int
    name: str
    organisation_id: int
    role: str = ""
    title: str = ""
    acts_for: int | None = None
    # Of whoever answers for a service of the Caf: its code in the catalogue.
    service: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def beneficiary_id(self) -> int | None:
        """Whose requests these are: one’s own, or those of the person acted for."""
        return self.id if self.kind == "person" else self.acts_for

    @property
    def initials(self) -> str:
        return initials(self.name)


def system(organisation_id: int) -> Actor:
    """The house acting by itself, because time passed."""
    return Actor("system", 0, "Médiane", organisation_id)
