"""How to reach a body, in words for a letter: what is public and certain, or whom to ask."""

from dataclasses import dataclass
from typing import Protocol

TO_ASK = "adresse à demander au 39\u00a039 (Allô Service Public) ou sur l’annuaire de l’administration"
# The same for every body whose addresses depend on the département.
DIRECTORY = "https://lannuaire.service-public.gouv.fr"


class Reachable(Protocol):
    label: str
    with_article: str
    page: str
    phone: str
    postal_address: str
    is_at_the_caf: bool


@dataclass(frozen=True)
class Reach:
    """`address` is empty when it is to be asked for."""

    address: tuple[str, ...]
    phone: str
    page: str

    @property
    def by_post(self) -> str:
        return ", ".join(self.address) or TO_ASK

    def lines(self) -> list[str]:
        """One way a line, the surest first."""
        ways = (
            ("Par courrier", self.by_post),
            ("Par téléphone", self.phone.replace(" ", "\u00a0")),
            ("Sur internet", self.page),
        )
        return [f"{way}\u00a0: {words}" for way, words in ways if words]


def reach(body: Reachable, *, caf: str, caf_address: str) -> Reach:
    """A body of the Caf is written to at the Caf, under its own name."""
    if body.is_at_the_caf:
        known = tuple(line.strip() for line in caf_address.splitlines() if line.strip())
        return Reach((caf, body.label, *known) if known else (), body.phone, body.page)
    return Reach(tuple(body.postal_address.splitlines()), body.phone, body.page)
