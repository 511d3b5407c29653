"""Forms of what follows a decision on scope: forwarded, seen otherwise; and of signals of urgency."""

from datetime import date
from typing import Any

from django import forms

from mediane.casework.models import Case
from mediane.casework.states import State, Weighing
from mediane.catalogue.models import Body, Reason
from mediane.catalogue.queries import in_force
from mediane.web.design.fields import DateField
from mediane.web.desk.forms import Gesture
from mediane.web.desk.forms_decisions import LONGEST_LETTER
from mediane.web.forms import offer

KIND_OF_REASON = {State.REDIRECTED: "out_of_scope", State.INADMISSIBLE: "inadmissible"}


class ForwardForm(Gesture):
    agreed = forms.BooleanField(
        label="La personne est d’accord",
        error_messages={"required": "Sans l’accord de la personne, rien ne se transmet."},
    )
    agreed_on = DateField(label="Accord donné le")

    def __init__(self, *args: Any, case: Case, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.fields["agreed_on"]
        day.not_before, day.not_after = case.received_on, today  # type: ignore[attr-defined]


class ReclassifyForm(Gesture):
    """A reason and a body are asked only where the case goes out of scope."""

    because = forms.CharField(
        label="Pourquoi ce reclassement",
        max_length=300,
        widget=forms.Textarea,
        error_messages={"required": "Dites pourquoi la première décision est revue."},
    )
    reason = forms.ChoiceField(label="Motif", error_messages={"required": "Choisissez le motif."})
    body = forms.ChoiceField(
        label="Organisme compétent", error_messages={"required": "Choisissez l’organisme compétent."}
    )
    letter = forms.CharField(
        label="Texte de la lettre",
        widget=forms.Textarea,
        max_length=LONGEST_LETTER,
        error_messages={"required": "Écrivez la lettre qui partira."},
    )

    def __init__(self, *args: Any, to: State, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = KIND_OF_REASON.get(to)
        reasons = [(row.code, row.label) for row in in_force(Reason, today) if row.kind == kind]
        bodies = [(row.code, row.label) for row in in_force(Body, today)]
        for name, choices, is_asked in (("reason", reasons, kind), ("body", bodies, to == State.REDIRECTED)):
            if is_asked:
                offer(self, name, [("", "Choisissez"), *choices])
            else:
                del self.fields[name]


class WeighForm(Gesture):
    weighing = forms.ChoiceField(
        label="Votre avis",
        choices=[
            (Weighing.CONFIRMED.value, "Confirmer l’urgence"),
            (Weighing.SET_ASIDE.value, "Écarter ce signal"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Confirmez le signal, ou écartez-le."},
    )
