from django import forms
from django.core.exceptions import ValidationError

from mediane.casework.rules import follow_code
from mediane.kit import references


class FollowForm(forms.Form):
    """What stands on the receipt. A slip of the pen is told before anything is tried."""

    reference = forms.CharField(
        label="Votre référence",
        help_text="Huit signes, par exemple K7MQ-4TRX.",
        max_length=40,
        error_messages={
            "required": "Indiquez la référence écrite sur votre accusé",
            "max_length": "La référence a huit signes",
        },
    )
    code = forms.CharField(
        label="Votre code de suivi",
        help_text="Quinze signes, en trois groupes de cinq.",
        max_length=60,
        error_messages={
            "required": "Indiquez le code de suivi écrit sur votre accusé",
            "max_length": "Le code de suivi a quinze signes",
        },
    )

    def clean_reference(self) -> str:
        reference = references.normalise(self.cleaned_data["reference"])
        if not references.is_valid(reference):
            raise ValidationError(
                "Un signe de la référence est mal recopié\u00a0: comparez-la à votre accusé"
            )
        return reference

    def clean_code(self) -> str:
        code = follow_code.normalise(self.cleaned_data["code"])
        if not follow_code.is_well_copied(code):
            raise ValidationError("Un signe du code est mal recopié\u00a0: comparez-le à votre accusé")
        return code
