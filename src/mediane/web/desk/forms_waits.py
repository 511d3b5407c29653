"""The forms of waits: another date, what arrived, and why one goes on without."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from mediane.web.design.fields import DateField
from mediane.web.desk.forms import Gesture, soon_enough
from mediane.web.forms import offer

WHY = {"required": "Dites pourquoi", "max_length": "Dites-le en 300 caractères au plus"}


class Because(Gesture):
    because = forms.CharField(label="Pourquoi", widget=forms.Textarea, max_length=300, error_messages=WHY)

    def __init__(self, *args: Any, is_required: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["because"].required = is_required


class ChangeWait(Because):
    wait = forms.ChoiceField(
        label="Quelle attente\u00a0?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez l’attente",
            "invalid_choice": "Cette attente est terminée\u00a0: choisissez-en une autre",
        },
    )
    until = DateField(
        label="Attendre jusqu’au", error_messages={"required": "Indiquez jusqu’à quand attendre"}
    )
    field_order = ("wait", "until", "because")

    def __init__(self, *args: Any, waits: Sequence[tuple[str, str]], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        offer(self, "wait", list(waits))
        if len(waits) == 1:
            self.fields["wait"].initial = waits[0][0]

    def clean_until(self) -> date:
        return soon_enough(self.cleaned_data["until"], self.today)


class NoteArrival(Gesture):
    of = forms.ChoiceField(
        label="Qu’est-ce qui est arrivé\u00a0?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez ce qui est arrivé",
            "invalid_choice": "Cela n’est plus attendu\u00a0: choisissez autre chose",
        },
    )
    words = forms.CharField(
        label="Ce que dit la réponse",
        widget=forms.Textarea,
        required=False,
        max_length=300,
        error_messages={"max_length": WHY["max_length"]},
    )
    file = forms.FileField(label="Lettre ou pièce numérisée", required=False)

    def __init__(self, *args: Any, awaited: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "of", list(awaited))
        if len(awaited) == 1:
            self.fields["of"].initial = awaited[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            "words" in cleaned
            and not cleaned["words"]
            and not cleaned.get("file")
            and "file" not in self.errors
        ):
            self.add_error("words", "Dites ce qui est arrivé, ou joignez-le")
        return cleaned

    @property
    def lost_file(self) -> str:
        """A page shown again holds no file: it says which to choose again."""
        sent = self.files.get("file") if self.is_bound and self.errors else None
        return f"À choisir de nouveau\u00a0: {sent.name}" if sent else ""
