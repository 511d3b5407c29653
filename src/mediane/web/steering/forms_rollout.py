"""The day a Caf opens, and its phase."""

from typing import Any

from django import forms

from mediane.organisations.models import PHASES, Opening
from mediane.web.design.fields import DateField


class OpeningForm(forms.Form):
    rank = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    phase = forms.ChoiceField(
        label="Phase",
        choices=[(str(number), label) for number, label in PHASES],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une phase", "invalid_choice": "Choisissez une phase"},
    )
    online_from = DateField(
        label="Ouverture de la téléprocédure",
        help_text="Un jour à venir. Laissez vide si la date n’est pas connue.",
        required=False,
    )
    because = forms.CharField(
        label="Pourquoi",
        help_text="Gardé dans l’historique, lu par la médiation nationale.",
        max_length=200,
        required=False,
        error_messages={"max_length": "Ce texte est trop long\u00a0: 200\u00a0caractères au plus"},
    )


def as_decided(opening: Opening) -> dict[str, Any]:
    return {
        "rank": opening.rank,
        "phase": str(opening.phase),
        "online_from": opening.online_from,
        "because": "",
    }
