"""The rules of the test as the national mediation writes them, and the day they begin."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mediane.eligibility.actions import Choices
from mediane.eligibility.models import EligibilityPolicy
from mediane.eligibility.rules import LONGEST_WAIT, OPTIONAL, Question
from mediane.web.design.fields import DateField
from mediane.web.steering.words import QUESTIONS

WARNS, STOPS = "avertit", "arrete"
CHOOSE = {"required": "Choisissez entre avertir et arrêter", "invalid_choice": "Choisissez dans la liste"}
WAIT = f"Indiquez un nombre de mois, de 1 à {LONGEST_WAIT}"


class PutQuestions(forms.MultipleChoiceField):
    """Part of what is decided, so never shown as optional; none is an answer too."""

    def validate(self, value: Sequence[str]) -> None:
        if value:
            super().validate(value)


class PolicyForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    waiting_months = forms.IntegerField(
        label="Mois laissés à la Caf pour répondre à une réclamation",
        min_value=1,
        max_value=LONGEST_WAIT,
        widget=forms.TextInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WAIT),
    )
    early = forms.ChoiceField(
        label="Quand la réclamation est plus récente",
        choices=[(WARNS, "Avertir\u00a0: la personne peut déposer quand même"), (STOPS, "Arrêter le test")],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    cra = forms.ChoiceField(
        label="Quand la commission de recours amiable est saisie",
        choices=[(WARNS, "Avertir la médiation, sans arrêter"), (STOPS, "Arrêter le test")],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    put = PutQuestions(
        label="Questions posées",
        help_text="La loi veut une réclamation d’abord\u00a0: ses deux questions sont toujours posées.",
        choices=[(question, QUESTIONS[question]) for question in OPTIONAL],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste"},
    )
    source = forms.CharField(
        label="Fondement",
        help_text="Le texte ou la décision qui fonde ces règles.",
        max_length=500,
        widget=forms.Textarea,
        error_messages={
            "required": "Indiquez le texte ou la décision qui fonde ces règles",
            "max_length": "Ce texte est trop long\u00a0: 500\u00a0caractères au plus",
        },
    )

    def choices(self) -> Choices:
        given = self.cleaned_data
        return Choices(
            waiting_months=given["waiting_months"],
            early_filing_allowed=given["early"] == WARNS,
            cra_pending_blocks=given["cra"] == STOPS,
            skipped=tuple(question for question in OPTIONAL if question not in given["put"]),
            source=given["source"],
        )


def as_typed(policy: EligibilityPolicy) -> dict[str, Any]:
    """A policy as its form shows it. A new one starts from the rules in force, and says why by itself."""
    return {
        "revision": policy.revision if policy.is_draft else 0,
        "waiting_months": policy.waiting_months,
        "early": WARNS if policy.early_filing_allowed else STOPS,
        "cra": STOPS if policy.cra_pending_blocks else WARNS,
        "put": [question for question in Question if question not in policy.skipped],
        "source": policy.source if policy.is_draft else "",
    }


class PublishForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    effective_from = DateField(
        label="En vigueur à partir du",
        help_text="Un jour à venir. Ensuite rien ne change plus\u00a0: une autre version remplace celle-ci.",
        error_messages={"required": "Indiquez le jour où ces règles commencent"},
    )
