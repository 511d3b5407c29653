"""The forms of the gestures on a case. Each carries the version of the case that was on the screen."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict

from mediane.casework.models import Case
from mediane.casework.rules.waits import Awaited, does_pause
from mediane.catalogue.models import Body
from mediane.catalogue.queries import in_force
from mediane.organisations.models import Membership
from mediane.web.design.fields import AskedChoices, DateField
from mediane.web.forms import offer

PAUSING = {True: "Suspend l’objectif de réponse", False: "Ne le suspend pas"}
FARTHEST = timedelta(days=5 * 365)  # beyond, a year was mistyped


class Gesture(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def sees(self, case: Case) -> None:
        """After a refusal: what was typed stays, and the next try is made on the case as it now is."""
        case.refresh_from_db(fields=["version", "state", "assignee", "has_news", "closed_at"])
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["version"] = str(case.version)


class Assign(Gesture):
    to = forms.ChoiceField(
        label="Suivi par", widget=forms.RadioSelect, error_messages={"required": "Choisissez une personne"}
    )

    def __init__(self, *args: Any, team: Sequence[Membership], **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {str(member.user_id): member.user for member in team}
        offer(self, "to", [(str(m.user_id), f"{m.user.full_name}, {m.title}") for m in team])


def soon_enough(day: date, today: date) -> date:
    if day <= today:
        raise forms.ValidationError("Choisissez un jour à venir")
    if day > today + FARTHEST:
        raise forms.ValidationError("Choisissez un jour plus proche\u00a0: vérifiez l’année")
    return day


class AskDocuments(Gesture):
    suggested = AskedChoices(label="Documents souvent utiles", widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label="Autres documents",
        widget=forms.Textarea,
        required=False,
        max_length=1000,
        help_text="Un document par ligne.",
    )
    due_on = DateField(
        label="À envoyer avant le",
        error_messages={"required": "Indiquez jusqu’à quand la personne peut répondre"},
    )
    words = forms.CharField(
        label="Votre message",
        widget=forms.Textarea,
        required=False,
        max_length=2000,
        help_text="Dites pourquoi ces documents sont utiles. La personne le lira dans son espace de suivi.",
    )

    def __init__(self, *args: Any, suggestions: Sequence[str], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        offer(self, "suggested", [(label, label) for label in suggestions])

    def clean_others(self) -> list[str]:
        lines = [line.strip(" -•\t") for line in self.cleaned_data["others"].splitlines()]
        kept = [line for line in lines if line]
        if any(len(line) > 120 for line in kept):
            raise forms.ValidationError("Décrivez chaque document en 120 caractères au plus")
        return kept

    def clean_due_on(self) -> date:
        return soon_enough(self.cleaned_data["due_on"], self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("suggested") and cleaned.get("others") == []:
            self.add_error("suggested", "Indiquez au moins un document à demander")
        return cleaned

    @property
    def labels(self) -> list[str]:
        return [*self.cleaned_data["suggested"], *self.cleaned_data["others"]]


class LiftRequest(Gesture):
    request = forms.ChoiceField(
        label="Quelle demande levez-vous\u00a0?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la demande à lever"},
    )
    because = forms.CharField(
        label="Pourquoi",
        widget=forms.Textarea,
        max_length=300,
        error_messages={"required": "Dites pourquoi ces pièces ne sont plus attendues"},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "request", list(choices))


class Wait(Gesture):
    body = forms.ChoiceField(
        label="Qui doit décider\u00a0?", error_messages={"required": "Choisissez l’organisme"}
    )
    reason = forms.CharField(
        label="Décision attendue",
        max_length=160,
        error_messages={"required": "Indiquez la décision que vous attendez"},
    )
    look_again_on = DateField(
        label="Attendre jusqu’au", error_messages={"required": "Indiquez quand revoir ce dossier"}
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        # Chosen, a body says by itself whether the target is paused.
        groups: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
        for row in in_force(Body, today):
            groups[does_pause(Awaited.DECISION, row.code, today)].append((row.code, row.label))
        bodies = [(PAUSING[pauses], choices) for pauses, choices in groups.items() if choices]
        offer(self, "body", [("", "Choisir"), *bodies])

    def clean_look_again_on(self) -> date:
        return soon_enough(self.cleaned_data["look_again_on"], self.today)


class Write(Gesture):
    body = forms.CharField(
        label="Votre message",
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": "Écrivez votre message"},
    )


class WriteNote(Gesture):
    text = forms.CharField(
        label="Votre note",
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": "Écrivez votre note"},
    )
