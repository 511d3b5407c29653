"""A file of earlier years."""

from django import forms

from mediane.documents.rules import MAX_FILE_BYTES
from mediane.kit.french import weight
from mediane.web.forms import NoMarkup


class FileForm(forms.Form):
    default_renderer = NoMarkup
    file = forms.FileField(
        label="Fichier",
        error_messages={
            "required": "Choisissez un fichier",
            "empty": "Ce fichier est vide",
            "max_length": "Le nom de ce fichier est trop long",
        },
    )

    def clean_file(self) -> tuple[str, bytes]:
        given = self.cleaned_data["file"]
        data = given.read()
        if len(data) > MAX_FILE_BYTES:
            raise forms.ValidationError(
                f"Ce fichier dépasse {weight(MAX_FILE_BYTES)}. Partagez-le par année."
            )
        return given.name or "sans nom", data


class Confirm(forms.Form):
    default_renderer = NoMarkup
