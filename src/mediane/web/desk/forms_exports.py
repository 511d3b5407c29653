"""Asking for a year of cases, and deciding."""

from typing import Any

from django import forms

from mediane.exports.states import Format
from mediane.web.forms import NoMarkup, Once, no_social_security_number, offer

YEARS_BACK = 10


class AskForm(Once):
    default_renderer = NoMarkup
    year = forms.ChoiceField(
        label="Dossiers reçus en",
        error_messages={
            "required": "Choisissez une année",
            "invalid_choice": "Choisissez une année de la liste",
        },
    )
    made_as = forms.ChoiceField(
        label="Forme",
        choices=Format.choices,
        initial=Format.XLSX,
        error_messages={"required": "Choisissez la forme du fichier"},
    )
    because = forms.CharField(
        label="Pour quoi faire",
        max_length=200,
        validators=[no_social_security_number],
        error_messages={"required": "Dites à quoi servira ce fichier"},
    )

    def __init__(self, *args: Any, this_year: int, **options: Any) -> None:
        super().__init__(*args, **options)
        years = [(str(year), str(year)) for year in range(this_year, this_year - YEARS_BACK, -1)]
        offer(self, "year", years)

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])


class DecisionForm(forms.Form):
    """`words` is needed or not: the verb says so."""

    default_renderer = NoMarkup
    words = forms.CharField(
        label="Motif", max_length=200, required=False, validators=[no_social_security_number]
    )
