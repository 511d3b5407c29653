"""What two requests are, or whether two people are one: said on what stood on the screen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from mediane.web.forms import offer


class Opinion(forms.Form):
    """`seen` is the opinion that stood when the page was shown: another one since is told."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    opinion = forms.ChoiceField(
        label="Votre décision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une décision"},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "opinion", list(choices))

    def sees(self, seen: int) -> None:
        """After a refusal the next try is made on what now stands."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["seen"] = str(seen)
