from django import forms

from mediane.mandates.models import Mandate


class Choose(forms.Form):
    """A button of the list."""

    mandate = forms.UUIDField()

    def names(self, mandate: Mandate) -> bool:
        return self.is_valid() and self.cleaned_data["mandate"] == mandate.public_id


class Renounce(forms.Form):
    """A confirmation: nothing to fill."""
