from django import forms
from django.core.exceptions import ValidationError

from mediane.organisations.rules import department_of_postcode


class FinderForm(forms.Form):
    postcode = forms.CharField(
        label="Votre code postal",
        max_length=10,
        error_messages={
            "required": "Indiquez votre code postal",
            "max_length": "Un code postal a cinq chiffres",
        },
    )

    def clean_postcode(self) -> str:
        """The code of the Caf."""
        code = department_of_postcode(self.cleaned_data["postcode"])
        if code is None:
            raise ValidationError("Ce code postal ne correspond à aucune Caf : vérifiez ses cinq chiffres")
        return code
