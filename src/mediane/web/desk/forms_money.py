"""The forms of money: amounts as people type them, and a second look."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mediane.casework.actions import Change
from mediane.casework.models import FinancialEffect
from mediane.casework.rules.money import BESIDE, BUCKETS
from mediane.casework.states import Effect
from mediane.catalogue.models import Benefit
from mediane.kit.french import NBSP
from mediane.kit.money import euros, read_euros
from mediane.web.desk.forms import Gesture
from mediane.web.forms import Once, no_social_security_number, offer

KINDS = (
    ("Impact de la médiation", [(kind.value, kind.label) for kind in BUCKETS]),
    ("Faits comptés à côté", [(kind.value, kind.label) for kind in BESIDE]),
)


class AmountField(forms.CharField):
    """« 1 842,60 », « 1842,6 € »: read as euros and cents, never guessed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Decimal:
        text = super().clean(value)
        try:
            return read_euros(text)
        except ValueError as unread:
            which = str(self.label).lower()
            sentence = f"Écrivez le {which} en euros, sans signe, ainsi{NBSP}: 1{NBSP}842,60"
            raise ValidationError(sentence, code="amount") from unread


class EffectForm(Once, Gesture):
    kind = forms.ChoiceField(
        label="Ce que la décision a changé",
        choices=[("", "Choisissez"), *KINDS],
        error_messages={"required": "Choisissez ce que la décision a changé"},
    )
    benefit = forms.ChoiceField(
        label="Prestation", error_messages={"required": "Choisissez la prestation concernée"}
    )
    decision = forms.CharField(
        label="Décision",
        max_length=160,
        validators=[no_social_security_number],
        error_messages={"required": "Dites de quelle décision il s’agit"},
    )
    before = AmountField(
        label="Montant avant", error_messages={"required": "Indiquez le montant avant, ou 0"}
    )
    after = AmountField(label="Montant après", error_messages={"required": "Indiquez le montant après, ou 0"})
    evidence = forms.CharField(
        label="Justificatif",
        max_length=200,
        validators=[no_social_security_number],
        error_messages={"required": "Dites quel document le montre"},
    )

    def __init__(self, *args: Any, benefits: Sequence[Benefit], first: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        mine = [(row.code, row.label) for row in benefits if row.code in first]
        others = [(row.code, row.label) for row in benefits if row.code not in first]
        choices = [("", "Choisissez"), ("De ce dossier", mine), ("Autres prestations", others)]
        offer(self, "benefit", choices)

    def change(self) -> Change:
        given = self.cleaned_data
        return Change(
            kind=Effect(given["kind"]),
            benefit=given["benefit"],
            decision=given["decision"],
            before=given["before"],
            after=given["after"],
            evidence=given["evidence"],
        )


class CorrectionForm(EffectForm):
    cancels = forms.BooleanField(
        label="Cette ligne ne devait pas être saisie\u00a0: l’annuler", required=False
    )

    @staticmethod
    def known(line: FinancialEffect) -> dict[str, Any]:
        amounts = {name: euros(getattr(line, name)).rstrip(f"{NBSP}€") for name in ("before", "after")}
        same = {name: getattr(line, name) for name in ("kind", "benefit", "decision", "evidence")}
        return same | amounts

    def change(self) -> Change:
        """A line whose two amounts are the same stands for nothing."""
        if self.cleaned_data["cancels"]:
            self.cleaned_data["after"] = self.cleaned_data["before"]
        return super().change()


class ValidationForm(Gesture):
    # Empty: back to the case.
    back = forms.CharField(required=False, max_length=10)


class ReopenForm(Gesture):
    because = forms.CharField(
        label="Pourquoi rouvrir ce dossier",
        max_length=300,
        widget=forms.Textarea,
        validators=[no_social_security_number],
        error_messages={"required": "Dites pourquoi vous rouvrez ce dossier"},
    )
