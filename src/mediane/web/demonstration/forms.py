from collections.abc import Iterable
from typing import Any

from django import forms

from mediane.integrations.crm.store import Entry, Mood
from mediane.kit import clock
from mediane.web.design.fields import DateField

CHANNELS = ("Espace caf.fr", "Courrier", "Téléphone", "Accueil")


class EnterForm(forms.Form):
    """A button of the page of people."""

    audience = forms.ChoiceField(choices=[("person", ""), ("representative", ""), ("staff", "")])
    who = forms.IntegerField(min_value=1)
    suite = forms.CharField(required=False, max_length=500)


class MoodForm(forms.Form):
    mood = forms.ChoiceField(
        label="Pour voir une panne, la GRC",
        choices=[
            (Mood.WELL, "répond normalement"),
            (Mood.FAILS, "répond par une erreur"),
            (Mood.HANGS, "ne répond plus"),
            (Mood.DRIPS, "répond sans jamais finir"),
            (Mood.LIES, "répond à côté"),
            (Mood.GARBLES, "répond n’importe quoi"),
            (Mood.FLOODS, "répond beaucoup trop"),
            (Mood.CUTS, "coupe la connexion"),
        ],
    )


class ComplaintForm(forms.Form):
    person = forms.ChoiceField(
        label="Allocataire",
        error_messages={"required": "Choisissez l’allocataire", "invalid_choice": "Choisissez l’allocataire"},
    )
    subject = forms.CharField(
        label="Objet de la réclamation",
        max_length=160,
        error_messages={"required": "Indiquez l’objet de la réclamation"},
    )
    reference = forms.CharField(
        label="Référence",
        max_length=40,
        error_messages={"required": "Indiquez la référence, par exemple 26-884120"},
    )
    channel = forms.ChoiceField(label="Faite par", choices=[(name, name) for name in CHANNELS])
    made_on = DateField(
        label="Date de la réclamation",
        not_after=clock.today,
        error_messages={"required": "Indiquez la date de la réclamation"},
    )
    answered_on = DateField(label="Date de la réponse", required=False, not_after=clock.today)

    def __init__(
        self, *, people: Iterable[tuple[str, str]], entry: Entry | None = None, **options: Any
    ) -> None:
        if entry is not None:
            options["initial"] = vars(entry) | {"person": f"{entry.organisation_code}-{entry.number}"}
        super().__init__(**options)
        self.entry = entry
        choice = self.fields["person"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101 — for the type checker
        choice.choices = [("", "Choisir"), *people]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        made_on, answered_on = cleaned.get("made_on"), cleaned.get("answered_on")
        if made_on and answered_on and answered_on < made_on:
            self.add_error("answered_on", "La réponse ne peut pas précéder la réclamation")
        return cleaned

    def as_entry(self) -> Entry:
        values: dict[str, Any] = dict(self.cleaned_data)
        code, _, number = values.pop("person").partition("-")
        if self.entry is not None:
            values["id"] = self.entry.id
        return Entry(organisation_code=code, number=number, **values)
