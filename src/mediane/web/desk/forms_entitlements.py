"""A household, typed once: what is needed to estimate its rights for a month, and nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from mediane.entitlements.rules import ADULT, MOST_CHILDREN, OLDEST, OLDEST_CHILD, Household
from mediane.entitlements.states import Disability, Housing, Zone
from mediane.kit.french import MONTHS, NBSP
from mediane.kit.money import euros
from mediane.kit.months import months_later
from mediane.web.desk.forms_money import AmountField
from mediane.web.forms import Once, offer

MONTHS_OFFERED = 12
MOST_A_MONTH = Decimal(100_000)
NOTHING = Decimal(0)


def _age(label: str, *, required: bool = True) -> forms.IntegerField:
    sentence = f"Écrivez un âge entre {ADULT} et {OLDEST}{NBSP}ans"
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=ADULT,
        max_value=OLDEST,
        error_messages={
            "required": "Indiquez l’âge de la personne",
            **dict.fromkeys(("invalid", "min_value", "max_value"), sentence),
        },
    )


class _Amount(AmountField):
    """Nothing written is zero."""

    def clean(self, value: Any) -> Decimal:
        if not str(value or "").strip():
            return NOTHING
        amount = super().clean(value)
        if amount > MOST_A_MONTH:
            raise forms.ValidationError(f"Vérifiez ce montant{NBSP}: il est trop grand pour un mois")
        return amount


class HouseholdForm(Once):
    month = forms.ChoiceField(label="Mois")
    age = _age("Âge")
    wages = _Amount(label="Salaire net par mois", required=False)
    unemployment = _Amount(label="Allocation de chômage par mois", required=False)
    disability = forms.ChoiceField(
        label="Taux d’incapacité reconnu", choices=Disability.choices, initial=Disability.NONE
    )
    other_age = _age("Âge du conjoint ou de la conjointe", required=False)
    other_wages = _Amount(label="Son salaire net par mois", required=False)
    other_unemployment = _Amount(label="Son allocation de chômage par mois", required=False)
    children = forms.CharField(label="Âges des enfants à charge", required=False, max_length=80)
    housing = forms.ChoiceField(
        label="Logement", error_messages={"required": "Choisissez la situation de logement"}
    )
    rent = _Amount(label="Loyer par mois", required=False)
    zone = forms.ChoiceField(label="Zone du logement", choices=Zone.choices, initial=Zone.TWO)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        months = [months_later(today, -rank) for rank in range(MONTHS_OFFERED)]
        offer(self, "month", [(f"{one:%Y-%m-%d}", f"{MONTHS[one.month - 1]} {one.year}") for one in months])
        offer(self, "housing", [("", "Choisir"), *Housing.choices])

    @staticmethod
    def known(household: Household | None) -> Mapping[str, Any]:
        """As it was typed for this case the last time; the month is the current one."""
        if household is None:
            return {}
        told = {
            name: getattr(household, name) for name in ("age", "other_age", "disability", "housing", "zone")
        }
        amounts = ("wages", "unemployment", "other_wages", "other_unemployment", "rent")
        written = {name: euros(value) for name in amounts if (value := getattr(household, name))}
        return told | written | {"children": ", ".join(map(str, household.children))}

    def clean_children(self) -> Sequence[int]:
        words = self.cleaned_data["children"].replace("et", ",").replace(";", ",").replace(",", " ").split()
        if any(not (word.isascii() and word.isdigit() and int(word) <= OLDEST_CHILD) for word in words):
            raise forms.ValidationError(
                f"Écrivez les âges en années, de 0 à {OLDEST_CHILD}, séparés par des virgules{NBSP}: 3, 7, 12"
            )
        if len(words) > MOST_CHILDREN:
            raise forms.ValidationError(f"Écrivez {MOST_CHILDREN} âges au plus")
        return tuple(map(int, words))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        theirs = cleaned.get("other_wages", NOTHING) + cleaned.get("other_unemployment", NOTHING)
        if theirs and cleaned.get("other_age") is None and "other_age" not in self.errors:
            self.add_error("other_age", "Indiquez l’âge de cette personne, ou effacez ses ressources")
        return cleaned

    def household(self) -> Household:
        told = dict(self.cleaned_data)
        del told["entry_key"]
        told["month"] = date.fromisoformat(told["month"])
        for name, choices in (("disability", Disability), ("housing", Housing), ("zone", Zone)):
            told[name] = choices(told[name])
        return Household(**told)
