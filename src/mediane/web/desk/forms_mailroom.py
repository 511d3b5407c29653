"""The forms of the mail tray."""

from django import forms

from mediane.kit import references
from mediane.mailroom.states import Why

# The last one is the house’s own.
REASONS = [(why.value, why.label) for why in Why if why is not Why.POINTED]


class Join(forms.Form):
    dossier = forms.CharField(
        label="Référence du dossier",
        max_length=20,
        error_messages={"required": "Indiquez la référence du dossier"},
    )

    def clean_dossier(self) -> str:
        reference = references.normalise(self.cleaned_data["dossier"])
        if not references.is_valid(reference):
            raise forms.ValidationError("Cette référence comporte une erreur\u00a0: vérifiez chaque signe")
        return reference


class Confirm(forms.Form):
    """The case is in the address; nothing is left to fill in."""


class SetAside(forms.Form):
    why = forms.ChoiceField(
        label="Raison",
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison"},
    )
    words = forms.CharField(
        label="Précision",
        max_length=300,
        required=False,
        help_text="Pour le service. La personne ne la lit pas.",
    )
