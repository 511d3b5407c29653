"""The answer of a closed mailbox: where to go instead."""

from dataclasses import dataclass
from datetime import timedelta

ONCE_IN = timedelta(days=7)
SUBJECT = "Votre message n’a pas été lu"


@dataclass(frozen=True)
class Doors:
    """The ways in that are open at a Caf."""

    service: str
    online: str
    postal_address: str
    phone: str


def pointer_text(doors: Doors) -> str:
    others = [
        f"par courrier\u00a0: {', '.join(doors.postal_address.splitlines())}" if doors.postal_address else "",
        f"par téléphone\u00a0: {doors.phone}" if doors.phone else "",
    ]
    ways = "\n".join(f"- {way}" for way in (f"en ligne\u00a0: {doors.online}", *others) if way)
    return (
        "\n\n".join(
            (
                "Bonjour,",
                f"Vous avez écrit à une adresse de {doors.service} qui ne reçoit plus de demandes "
                "par courriel. Votre message n’a pas été enregistré comme une demande.",
                f"Pour faire votre demande\u00a0:\n{ways}",
                "Cette réponse est automatique. Elle n’est envoyée qu’une fois par semaine.",
            )
        )
        + "\n"
    )
