"""The scale of an order, as the national mediation enters it: amounts and rates, slice by slice."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from mediane.debts.actions.scales import Text
from mediane.debts.models import DeductionScale
from mediane.debts.rules.scale import Scale, Slice, faults
from mediane.kit.money import read_euros
from mediane.web.design.fields import DateField
from mediane.web.forms import Once, offer, too_long

MOST_SLICES = 6
RATE = re.compile(r"(\d{1,3})(?:[,.](\d{1,2}))?(?: ?%)?", re.ASCII)
LONGEST_SOURCE = 300


class EurosField(forms.CharField):
    """Read as the order writes it: « 207,48 »."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).strip()
        if not text:
            return None
        try:
            amount = read_euros(text)
        except ValueError as unread:
            raise forms.ValidationError(
                "Écrivez ce montant en euros, ainsi\u00a0: 207,48", code="amount"
            ) from unread
        if amount >= 100_000:
            raise forms.ValidationError(
                "Ce montant dépasse 100\u00a0000\u00a0€\u00a0: vérifiez la virgule", code="amount"
            )
        return amount


class RateField(forms.CharField):
    """« 25 », « 12,5 % »."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = RATE.fullmatch(" ".join(text.split()))
        if found is None:
            raise forms.ValidationError("Écrivez ce taux en pour cent, ainsi\u00a0: 25", code="rate")
        return Decimal(f"{found[1]}.{found[2] or '0'}").normalize()


class ScaleForm(Once):
    corrects = forms.ChoiceField(
        label="Ce barème",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites si ce barème est nouveau",
            "invalid_choice": "Choisissez dans la liste",
        },
    )
    source = forms.CharField(
        label="Texte",
        help_text="L’arrêté et son article. Par exemple\u00a0: arrêté du 20 décembre 2019, article 5.",
        max_length=LONGEST_SOURCE,
        error_messages={"required": "Indiquez le texte", "max_length": too_long(LONGEST_SOURCE)},
    )
    valid_from = DateField(label="Premier jour", error_messages={"required": "Indiquez le premier jour"})
    valid_until = DateField(
        label="Dernier jour",
        help_text="L’arrêté le dit\u00a0; le plus souvent le 31 décembre.",
        error_messages={"required": "Indiquez le dernier jour"},
    )
    floor = EurosField(
        label="Début de la première tranche",
        help_text="En dessous, la somme fixe.",
        error_messages={"required": "Indiquez où commence la première tranche"},
    )
    flat = EurosField(
        label="Somme fixe en dessous", error_messages={"required": "Indiquez la somme fixe, ou 0"}
    )
    deemed = EurosField(
        label="Revenu retenu quand les ressources ne sont pas connues",
        error_messages={"required": "Indiquez ce revenu"},
    )

    def __init__(self, *args: Any, standing: Sequence[DeductionScale], **options: Any) -> None:
        super().__init__(*args, **options)
        for rank in range(1, MOST_SLICES + 1):
            self.fields[f"upto_{rank}"] = EurosField(label="Jusqu’à", required=False)
            self.fields[f"rate_{rank}"] = RateField(label="Taux", required=False)
        self.fields["deemed"] = self.fields.pop("deemed")  # after the slices, as the page has it
        self.by_number = {str(one.number): one for one in standing}
        choices = [(number, f"Corrige le barème {number}") for number in self.by_number]
        offer(self, "corrects", [("nouveau", "Est nouveau"), *choices])

    @property
    def slices(self) -> list[tuple[Any, Any]]:
        """The two boxes of each."""
        return [(self[f"upto_{rank}"], self[f"rate_{rank}"]) for rank in range(1, MOST_SLICES + 1)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors:
            rows = self._rows()
            if rows is not None and (wrong := faults(self._scale(rows))):
                raise forms.ValidationError(wrong)
        return given

    def text(self) -> Text:
        given = self.cleaned_data
        return Text(
            scale=self._scale(self._rows() or []),
            source=given["source"],
            corrects=self.by_number.get(given["corrects"]),
        )

    def _rows(self) -> list[Slice] | None:
        """Each begins where the one before ends; the last one has no end. None when one has no rate."""
        rows: list[Slice] = []
        above: Decimal | None = self.cleaned_data["floor"]
        for rank in range(1, MOST_SLICES + 1):
            upto, rate = self.cleaned_data[f"upto_{rank}"], self.cleaned_data[f"rate_{rank}"]
            if upto is None and rate is None:
                continue
            if rate is None:
                self.add_error(f"rate_{rank}", f"Indiquez le taux de la tranche {rank}")
                return None
            if above is None:
                self.add_error(f"rate_{rank}", f"La tranche {rank} suit une tranche sans fin")
                return None
            rows.append(Slice(above, upto, rate))
            above = upto
        if not rows:
            self.add_error("rate_1", "Indiquez au moins une tranche")
            return None
        return rows

    def _scale(self, rows: Sequence[Slice]) -> Scale:
        given = self.cleaned_data
        return Scale(given["valid_from"], given["valid_until"], given["flat"], tuple(rows), given["deemed"])
