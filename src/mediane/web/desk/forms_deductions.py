"""What a deduction is worked out from: an income, over what time it was counted, and the debts."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from mediane.debts.rules.kept import Asked, Resources, Worked
from mediane.debts.rules.overpayment import month_name
from mediane.debts.rules.schedule import Debt
from mediane.debts.rules.typed import Unread, read_month
from mediane.kit import clock
from mediane.kit.french import NBSP, capital
from mediane.kit.money import euros
from mediane.web.design.fields import DateField
from mediane.web.desk.forms_money import AmountField
from mediane.web.forms import Once, no_social_security_number, too_long

MOST_DEBTS = 8
PERIODS = [
    (Resources.QUARTER, "Le trimestre de référence"),
    (Resources.YEAR, "L’année civile de référence"),
]


class AskedAmountField(AmountField):
    """Nothing typed is no amount, and not zero; another field says whether one is needed."""

    def clean(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().clean(value) if str(value or "").strip() else None


class MonthField(forms.CharField):
    """« mars 2020 », « 03/2020 », « 2020-03 »."""

    def clean(self, value: Any) -> date:
        text = super().clean(value)
        try:
            return read_month(text)
        except Unread as unread:
            raise forms.ValidationError(capital(str(unread)).rstrip("."), code="month") from unread


class DeductionForm(Once):
    first = MonthField(
        label="Premier mois de la retenue",
        max_length=30,
        error_messages={"required": "Indiquez le mois, ainsi\u00a0: mars 2020", "max_length": too_long(30)},
    )
    income = AskedAmountField(label="Revenu mensuel pondéré")
    is_unknown = forms.BooleanField(label="La Caf ne connaît pas les ressources", required=False)
    resources = forms.ChoiceField(
        label="Sur quelle période ces ressources sont comptées",
        choices=PERIODS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez la période", "invalid_choice": "Choisissez dans la liste"},
    )
    real = AskedAmountField(label="Revenu réel du foyer, par mois", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if "income" in given:
            if given["income"] is None and not given.get("is_unknown"):
                self.add_error("income", "Indiquez le revenu mensuel pondéré, ou dites qu’il n’est pas connu")
            elif given["income"] is not None and given.get("is_unknown"):
                self.add_error("income", "Videz ce montant, ou décochez «\u00a0ne connaît pas\u00a0»")
        return given

    def asked(self, debts: tuple[Debt, ...]) -> Asked:
        given = self.cleaned_data
        return Asked(
            first=given["first"],
            resources=Resources(given["resources"]),
            income=given["income"],
            real=given["real"],
            debts=debts,
        )


class DebtForm(forms.Form):
    name = forms.CharField(
        label="Quelle dette",
        max_length=80,
        validators=[no_social_security_number],
        error_messages={"required": "Dites de quelle dette il s’agit", "max_length": too_long(80)},
    )
    since = DateField(
        label="Date de la dette", error_messages={"required": "Indiquez la date de cette dette"}
    )
    amount = AmountField(
        label="Montant restant dû", error_messages={"required": "Indiquez le montant qui reste dû"}
    )

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if since > clock.today():
            raise forms.ValidationError("Cette date est à venir\u00a0: vérifiez l’année", code="too_late")
        return since

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError("Une dette dépasse 0\u00a0€\u00a0: videz ses cases si elle est payée")
        if amount >= 100_000:
            raise forms.ValidationError("Ce montant dépasse 100\u00a0000\u00a0€\u00a0: vérifiez la virgule")
        return amount

    def debt(self) -> Debt:
        given = self.cleaned_data
        return Debt(given["name"], given["since"], given["amount"])


class Debts:
    """As many forms as the page has; the first one is asked for, blank ones are nothing."""

    def __init__(self, data: QueryDict | None, initial: list[dict[str, Any]] | None = None) -> None:
        number = _number(data.get("dettes", "")) if data is not None else max(1, len(initial or []))
        self.forms = [
            DebtForm(
                data=data,
                prefix=f"dette-{rank}",
                initial=initial[rank - 1] if initial and rank <= len(initial) else None,
                empty_permitted=rank > 1,
                use_required_attribute=False,
            )
            for rank in range(1, number + 1)
        ]

    def is_valid(self) -> bool:
        # Each is judged: all that is wrong is said at once.
        judged = [form.is_valid() for form in self.forms]
        return all(judged)

    def as_debts(self) -> tuple[Debt, ...]:
        return tuple(form.debt() for form in self.forms if form.has_changed())

    def and_one_more(self) -> "Debts":
        """What is typed stays as it is, right or not; nothing is judged yet."""
        typed = [{name: form[name].value() for name in form.fields} for form in self.forms]
        return Debts(None, [*typed, {}][:MOST_DEBTS])

    @property
    def may_grow(self) -> bool:
        return len(self.forms) < MOST_DEBTS


def _number(text: str) -> int:
    return min(max(int(text), 1), MOST_DEBTS) if text.isascii() and text.isdigit() and len(text) < 3 else 1


def typed_again(worked: Worked) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A calculation as its form shows it, to be done again otherwise."""
    asked = worked.asked
    form = {
        "first": month_name(asked.first),
        "resources": asked.resources,
        "income": _amount(asked.income),
        "is_unknown": asked.income is None,
        "real": _amount(asked.real),
    }
    debts = [{"name": debt.name, "since": debt.since, "amount": _amount(debt.amount)} for debt in asked.debts]
    return form, debts


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else euros(amount).removesuffix(f"{NBSP}€")
