"""Social facts in three rows of choices: each may stay « Non noté »."""

from datetime import date
from typing import Any

from django import forms

from mediane.casework.actions import Social
from mediane.casework.models import SocialFacts
from mediane.catalogue.queries import every, in_force
from mediane.statistics.queries.lists import LISTS
from mediane.statistics.states import Axis
from mediane.web.desk.forms import Gesture
from mediane.web.forms import offer

# Each is noted under the name it is counted by.
NOTED = (Axis.HOUSEHOLD, Axis.AGE, Axis.QUOTIENT)
NOT_NOTED, UNKNOWN = "NONE", "Non noté"


def _chips(axis: Axis) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=axis.label,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Choisissez une réponse de la liste"},
    )


class SocialForm(Gesture):
    household = _chips(Axis.HOUSEHOLD)
    age = _chips(Axis.AGE)
    quotient = _chips(Axis.QUOTIENT)

    def __init__(self, *args: Any, today: date, held: SocialFacts | None, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in NOTED:
            model = LISTS[name]
            # What was noted from a list that has changed since stays as it is.
            codes = {row.code: row.label for row in in_force(model, today)}
            if held and (own := getattr(held, name)):
                codes.setdefault(own, every(model)[own].label)
            offer(self, name, [(NOT_NOTED, UNKNOWN), *codes.items()])

    @staticmethod
    def known(held: SocialFacts | None) -> dict[str, str]:
        return {str(name): (getattr(held, name) if held else "") or NOT_NOTED for name in NOTED}

    def social(self) -> Social:
        given = {str(name): self.cleaned_data[name] for name in NOTED}
        return Social(**{name: "" if code == NOT_NOTED else code for name, code in given.items()})


def social_words(held: SocialFacts | None) -> list[tuple[str, str]]:
    """What is noted, by its name; nothing for what is not."""
    noted = [(name, getattr(held, name, "")) for name in NOTED]
    return [(str(name.label), every(LISTS[name])[code].label) for name, code in noted if code]
