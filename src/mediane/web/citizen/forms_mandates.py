"""Who may act for me: one form."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from mediane.casework.models import Case
from mediane.kit.french import NBSP, long_date
from mediane.mandates.actions import Speaker, Terms
from mediane.mandates.models import PROTECTING, Kind, Scope
from mediane.mandates.rules import NAME_LENGTH, refused_dates
from mediane.web.design.fields import DateField
from mediane.web.forms import offer

EVERY = "toutes"
OFFERED = [(kind.value, kind.label) for kind in Kind if kind not in PROTECTING]


class Give(forms.Form):
    name = forms.CharField(
        label="Son prénom et son nom",
        max_length=NAME_LENGTH,
        error_messages={
            "required": "Écrivez le prénom et le nom de cette personne",
            "max_length": f"Ce nom est trop long{NBSP}: {NAME_LENGTH} caractères au plus",
        },
    )
    email = forms.EmailField(
        label="Son courriel",
        help_text="Celui avec lequel elle se connecte. Avec une autre adresse, elle ne verra rien.",
        max_length=120,
        error_messages={
            "required": "Écrivez le courriel de cette personne",
            "invalid": "Écrivez une adresse complète, par exemple nom@exemple.fr",
            "max_length": f"Cette adresse est trop longue{NBSP}: vérifiez-la",
        },
    )
    kind = forms.ChoiceField(
        label=f"Qui est cette personne{NBSP}?",
        choices=OFFERED,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui est cette personne"},
    )
    structure = forms.CharField(
        label="Nom de l’association ou du cabinet",
        max_length=120,
        required=False,
        error_messages={"max_length": f"Ce nom est trop long{NBSP}: 120 caractères au plus"},
    )
    covers = forms.ChoiceField(
        label=f"Pour quoi peut-elle agir{NBSP}?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qu’elle peut faire pour vous"},
    )
    ends_on = DateField(
        label="Jusqu’à quand",
        help_text="Laissez vide si vous ne savez pas. Vous pourrez retirer ce mandat à tout moment.",
        required=False,
    )

    def __init__(self, *, cases: Sequence[Case], today: date, **options: Any) -> None:
        super().__init__(**options)
        self.today, self.cases = today, {case.reference: case for case in cases}
        one = [
            (case.reference, f"Seulement ma demande {case.reference}, reçue le {long_date(case.received_on)}")
            for case in cases
        ]
        whole = (EVERY, "Toutes mes demandes, et en faire de nouvelles pour moi")
        offer(self, "covers", [whole, *one])

    def clean_ends_on(self) -> date | None:
        ends_on: date | None = self.cleaned_data["ends_on"]
        if refusal := refused_dates(self.today, ends_on, self.today):
            raise forms.ValidationError(refusal.rstrip("."))
        return ends_on

    def terms(self) -> Terms:
        told = self.cleaned_data
        case = self.cases.get(told["covers"])
        return Terms(
            to=Speaker(
                kind=told["kind"], name=told["name"], email=told["email"], structure=told["structure"]
            ),
            scope=Scope.FILE if case else Scope.WHOLE,
            starts_on=self.today,
            ends_on=told["ends_on"],
            file=(case.key, case.reference) if case else None,
        )
