"""The forms of the follow-up space."""

from datetime import datetime

from django import forms
from django.http import QueryDict

from mediane.casework.models import Appointment
from mediane.documents.rules import ANNOUNCEMENT
from mediane.kit import clock
from mediane.web.design.fields import DateField
from mediane.web.forms import no_social_security_number
from mediane.web.forms_files import ManyFilesField

INCOMPLETE = "Cette page était incomplète\u00a0: envoyez de nouveau"


class SendDocument(forms.Form):
    file = forms.FileField(
        label="Votre document",
        help_text=ANNOUNCEMENT,
        allow_empty_file=True,
        error_messages={"required": "Choisissez le document à envoyer"},
    )


class Excuse(forms.Form):
    excuse = forms.CharField(
        validators=[no_social_security_number],
        label="Pourquoi ne l’avez-vous pas\u00a0?",
        max_length=300,
        widget=forms.Textarea,
        help_text="Une phrase suffit. Par exemple\u00a0: mon employeur ne me l’a pas remis.",
        error_messages={
            "required": "Dites en une phrase pourquoi vous ne l’avez pas",
            "max_length": "Votre explication est trop longue\u00a0: 300 caractères au plus",
        },
    )


class Write(forms.Form):
    body = forms.CharField(
        validators=[no_social_security_number],
        label="Votre message",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={
            "required": "Écrivez votre message",
            "max_length": "Votre message est trop long\u00a0: 4\u00a0000 caractères au plus",
        },
    )
    joined = ManyFilesField(
        label="Vos documents", required=False, allow_empty_file=True, help_text=ANNOUNCEMENT
    )


class CancelAppointment(forms.Form):
    """`seen_at` is when the moment shown was said: moved since, it is not the one that is cancelled."""

    seen_at = forms.CharField(widget=forms.HiddenInput, error_messages={"required": INCOMPLETE})
    reason = forms.CharField(
        validators=[no_social_security_number],
        label="Voulez-vous dire pourquoi\u00a0?",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="Votre mot arrive au service comme un message.",
        error_messages={"max_length": "Votre mot est trop long\u00a0: 500 caractères au plus"},
    )

    def clean_seen_at(self) -> datetime:
        try:
            return datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            raise forms.ValidationError(INCOMPLETE) from None

    def sees(self, appointment: Appointment) -> None:
        """What is confirmed next is the moment that the page now shows."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["seen_at"] = appointment.told_at.isoformat()


class Withdraw(forms.Form):
    """A confirmation: nothing to fill."""


class Litigation(forms.Form):
    seized_on = DateField(
        label="Depuis quelle date\u00a0?",
        help_text="La date de votre requête, ou celle de la convocation. Par exemple\u00a0: 12 10 2026.",
        not_after=clock.today,
        error_messages={"required": "Indiquez la date à laquelle le tribunal a été saisi"},
    )
    evidence = forms.CharField(
        validators=[no_social_security_number],
        label="Quel tribunal\u00a0?",
        max_length=200,
        help_text="Son nom, et le numéro de l’affaire si vous l’avez.",
        error_messages={
            "required": "Indiquez le nom du tribunal",
            "max_length": "Ce texte est trop long\u00a0: 200 caractères au plus",
        },
    )
