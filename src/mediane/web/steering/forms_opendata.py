"""Publishing a year."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mediane.web.forms import NoMarkup, offer


class PublishForm(forms.Form):
    default_renderer = NoMarkup
    year = forms.ChoiceField(
        label="Année à publier",
        error_messages={"required": "Choisissez une année", "invalid_choice": "Cette année est déjà publiée"},
    )

    def __init__(self, *args: Any, years: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "year", [(str(year), str(year)) for year in years])

    def clean_year(self) -> int:
        return int(self.cleaned_data["year"])
