"""Acknowledging whoever wrote about a person without speaking for them."""

from datetime import date
from typing import Any

from django import forms

from mediane.casework.actions import Sender
from mediane.casework.models import Case
from mediane.web.design.fields import DateField
from mediane.web.desk.forms import Gesture


class AcknowledgeSender(Gesture):
    name = forms.CharField(
        label="Nom de qui a écrit",
        help_text="Un élu, une association, un délégué, un proche sans mandat.",
        max_length=120,
        error_messages={"required": "Indiquez à qui écrire"},
    )
    address = forms.CharField(
        label="Son adresse postale",
        widget=forms.Textarea,
        max_length=300,
        error_messages={"required": "Indiquez où écrire"},
    )
    received_on = DateField(
        label="Son envoi est arrivé le",
        error_messages={
            "required": "Indiquez le jour où la Caf l’a reçu",
            "too_late": "Cette date est dans le futur\u00a0: indiquez le jour de réception",
        },
    )

    def __init__(self, *args: Any, case: Case, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["received_on"].not_after = today  # type: ignore[attr-defined]

    def sender(self) -> Sender:
        told = self.cleaned_data
        return Sender(name=told["name"], address=told["address"], received_on=told["received_on"])
