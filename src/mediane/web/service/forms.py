"""What a service writes: one text, and files."""

from django import forms

from mediane.documents.rules import ANNOUNCEMENT
from mediane.web.design.fields import AskedText
from mediane.web.forms import no_social_security_number, too_long
from mediane.web.forms_files import ManyFilesField

LONGEST = 10_000
TOO_LONG = too_long(LONGEST)


class Draft(forms.Form):
    """What saves itself: an empty text too."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    page = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text: forms.CharField = AskedText(
        label="Votre réponse",
        widget=forms.Textarea,
        max_length=LONGEST,
        error_messages={"max_length": TOO_LONG},
    )
    joined = ManyFilesField(
        label="Joindre des fichiers", required=False, allow_empty_file=True, help_text=ANNOUNCEMENT
    )


class Answer(Draft):
    """What is sent."""

    text = forms.CharField(
        label="Votre réponse",
        widget=forms.Textarea,
        max_length=LONGEST,
        validators=[no_social_security_number],
        error_messages={"required": "Écrivez votre réponse", "max_length": TOO_LONG},
    )
