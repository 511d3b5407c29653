"""Sending a case to another Caf, saying whose a parcel is, and what the Caf does with its mailbox."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from mediane.casework.states import WhyTransferred
from mediane.mailroom.states import Policy
from mediane.organisations.models import Organisation
from mediane.people.rules import WHOLE, bare_number, is_whole
from mediane.web.design.fields import DateField
from mediane.web.desk.forms import Gesture
from mediane.web.forms import offer

NUMBER = f"Indiquez les {WHOLE} chiffres du numéro allocataire"
OLDEST = timedelta(days=5 * 365)  # before, a year was mistyped
FARTHEST = timedelta(days=365)


class NumberField(forms.CharField):
    """A whole file number; the letter that ends it on paper is no part of it."""

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not is_whole(bare_number(typed)):
            raise forms.ValidationError(NUMBER)
        return bare_number(typed)


class TransferForm(Gesture):
    to = forms.ChoiceField(
        label="Nouvelle Caf",
        error_messages={"required": "Choisissez la Caf", "invalid_choice": "Choisissez la Caf"},
    )
    number = NumberField(
        label="Numéro allocataire dans cette Caf",
        help_text="Un numéro qui y désigne une autre personne arrête l’envoi, sans rien montrer.",
        max_length=12,
        error_messages={"required": NUMBER},
    )
    reason = forms.ChoiceField(
        label="Motif",
        choices=WhyTransferred.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez le motif"},
    )
    moved_on = DateField(
        label="La personne dépend de cette Caf depuis le",
        error_messages={"required": "Indiquez depuis quand la personne dépend de cette Caf"},
    )

    def __init__(
        self, *args: Any, cafs: Sequence[Organisation], own: Organisation, today: date, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.cafs = {caf.code: caf for caf in cafs if caf.pk != own.pk}
        listed = [(code, f"{code} {caf.name}") for code, caf in self.cafs.items()]
        offer(self, "to", [("", "Choisir"), *listed])
        day = self.fields["moved_on"]
        day.not_before, day.not_after = today - OLDEST, today  # type: ignore[attr-defined]

    def destination(self) -> Organisation:
        return self.cafs[self.cleaned_data["to"]]


class WhoseForm(forms.Form):
    number = NumberField(
        label="Numéro allocataire dans votre Caf", max_length=12, error_messages={"required": NUMBER}
    )


class MailPolicyForm(forms.Form):
    policy = forms.ChoiceField(
        label="Boîte aux lettres",
        choices=Policy.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que devient la boîte aux lettres"},
    )
    effective_from = DateField(
        label="À partir du",
        help_text="Aujourd’hui, ou un jour à venir.",
        error_messages={
            "required": "Indiquez à partir de quel jour",
            "too_early": "Choisissez aujourd’hui ou un jour à venir",
            "too_late": "Choisissez un jour dans l’année qui vient",
        },
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.fields["effective_from"]
        day.not_before, day.not_after = today, today + FARTHEST  # type: ignore[attr-defined]
