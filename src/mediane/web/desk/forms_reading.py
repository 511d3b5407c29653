"""Forms of the second reading."""

from datetime import date, timedelta
from typing import Any

from django import forms

from mediane.web.design.fields import AskedText, DateField

READ_OVER, SENT_BACK = "approve", "send_back"
FARTHEST = timedelta(days=365)


class ReadOverForm(forms.Form):
    version = forms.IntegerField()
    verdict = forms.ChoiceField(
        choices=((READ_OVER, "Approuver"), (SENT_BACK, "Rendre avec des remarques")),
        error_messages={"required": "Approuvez la lettre, ou rendez-la avec des remarques."},
    )
    remarks = AskedText(
        label="Vos remarques",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"max_length": "Gardez l’essentiel\u00a0: 2\u00a0000\u00a0caractères au plus."},
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("verdict") == SENT_BACK and not given.get("remarks") and "remarks" not in self.errors:
            self.add_error("remarks", "Dites ce qui est à reprendre.")
        return given


class ReadingPolicyForm(forms.Form):
    is_wanted = forms.ChoiceField(
        label="Seconde lecture des réponses",
        choices=(("yes", "Oui, avant chaque signature"), ("no", "Non")),
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si vous voulez une seconde lecture."},
    )
    effective_from = DateField(
        label="À partir du",
        help_text="Aujourd’hui, ou un jour à venir.",
        error_messages={
            "required": "Indiquez à partir de quel jour.",
            "too_early": "Choisissez aujourd’hui ou un jour à venir.",
            "too_late": "Choisissez un jour dans l’année qui vient.",
        },
    )

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        day = self.fields["effective_from"]
        day.not_before, day.not_after = today, today + FARTHEST  # type: ignore[attr-defined]
