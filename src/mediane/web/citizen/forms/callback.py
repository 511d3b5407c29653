"""What somebody without access types to be called back: nothing of their situation."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mediane.callbacks.rules import Caller, Wish, is_phone
from mediane.callbacks.states import Moment
from mediane.people.rules import bare_number, is_whole
from mediane.web.citizen.forms.finder import FinderForm
from mediane.web.forms import no_social_security_number, too_long

EXAMPLE = "06\u00a039\u00a098\u00a041\u00a027"


def _name(label: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=60,
        validators=[no_social_security_number],
        error_messages={"required": missing, "max_length": too_long(60)},
    )


class CallbackForm(FinderForm):
    """`postcode` becomes the code of the Caf."""

    field_order = ("first_name", "last_name", "phone", "postcode", "moment", "number", "voicemail", "agreed")
    key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Cette page était incomplète\u00a0: envoyez de nouveau"
        ),
    )
    first_name = _name("Votre prénom", "Indiquez votre prénom")
    last_name = _name("Votre nom", "Indiquez votre nom")
    phone = forms.CharField(
        label="Votre téléphone",
        max_length=20,
        help_text="Un numéro où vous pouvez parler tranquillement.",
        error_messages={
            "required": "Indiquez le numéro où vous appeler",
            "max_length": "Écrivez un seul numéro de téléphone",
        },
    )
    moment = forms.ChoiceField(
        label="Quand préférez-vous être appelé\u00a0?",
        choices=Moment.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un moment de la journée"},
    )
    number = forms.CharField(
        label="Votre numéro d’allocataire",
        max_length=12,
        required=False,
        help_text="Sept chiffres, en haut des courriers de la Caf. Pas votre numéro de sécurité sociale.",
        error_messages={"max_length": "Écrivez les sept chiffres du numéro d’allocataire"},
    )
    voicemail = forms.BooleanField(
        label="Si je ne réponds pas, vous pouvez laisser un message",
        help_text="Ne cochez pas si quelqu’un d’autre écoute vos messages.",
        required=False,
    )
    agreed = forms.BooleanField(
        label="J’accepte que la Caf garde ces informations pour me rappeler",
        error_messages={"required": "Sans votre accord, nous ne pouvons pas vous rappeler"},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["postcode"].help_text = "Celui de votre adresse\u00a0: il dit quelle Caf vous appelle."

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if not is_phone(phone):
            raise ValidationError(f"Écrivez un numéro de téléphone complet, par exemple {EXAMPLE}")
        return phone

    def clean_number(self) -> str:
        typed: str = self.cleaned_data["number"]
        number = bare_number(typed)
        if typed and not is_whole(number):
            raise ValidationError("Écrivez les sept chiffres du numéro d’allocataire, ou laissez vide")
        return number

    def wish(self) -> Wish:
        told = self.cleaned_data
        names = ("first_name", "last_name", "phone", "number")
        return Wish(
            caller=Caller(**{name: told[name] for name in names}),
            moment=Moment(told["moment"]),
            voicemail=told["voicemail"],
        )
