"""The life of a call-back request: asked by anybody, taken by one of the service, called or not reached."""

from django.db.models import TextChoices


class State(TextChoices):
    WAITING = "waiting", "À rappeler"
    TAKEN = "taken", "Pris"
    CALLED = "called", "Rappelé"
    UNREACHABLE = "unreachable", "Injoignable"


class Moment(TextChoices):
    """When the person would rather be called."""

    MORNING = "morning", "Le matin"
    MIDDAY = "midday", "Entre midi et 14\u00a0h"
    AFTERNOON = "afternoon", "L’après-midi"
    ANY = "any", "N’importe quand dans la journée"


class Move(TextChoices):
    """Labels are those of buttons."""

    TAKE = "take", "Je m’en charge"
    RELEASE = "release", "Rendre à l’équipe"
    CALL = "call", "Rappelé"
    MISS = "miss", "Sans réponse"


HANDLED = (State.CALLED, State.UNREACHABLE)
# move: (from any of, to)
MOVES: dict[Move, tuple[tuple[State, ...], State]] = {
    # Whoever did not answer may be tried again.
    Move.TAKE: ((State.WAITING, State.UNREACHABLE), State.TAKEN),
    Move.CALL: ((State.TAKEN,), State.CALLED),
    Move.MISS: ((State.TAKEN,), State.UNREACHABLE),
    Move.RELEASE: ((State.TAKEN,), State.WAITING),
}
