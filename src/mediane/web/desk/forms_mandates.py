"""A mandate on paper, or a judgment, written down by the service."""

from datetime import date, timedelta
from typing import Any

from django import forms

from mediane.casework.models import Case
from mediane.mandates.actions import Speaker, Terms
from mediane.mandates.models import PROTECTING, Kind, Scope
from mediane.mandates.rules import NAME_LENGTH, refused_dates
from mediane.web.design.fields import DateField
from mediane.web.desk.forms import Gesture
from mediane.web.forms import offer

OLDEST = timedelta(days=40 * 366)


class RegisterMandate(Gesture):
    kind = forms.ChoiceField(label="Qualité", error_messages={"required": "Choisissez la qualité"})
    name = forms.CharField(
        label="Prénom et nom",
        max_length=NAME_LENGTH,
        error_messages={"required": "Écrivez le prénom et le nom du représentant"},
    )
    structure = forms.CharField(label="Association, cabinet, service", max_length=120, required=False)
    email = forms.EmailField(
        label="Courriel",
        help_text="Celui de son compte. Sans courriel, pas d’accès en ligne.",
        max_length=120,
        required=False,
        error_messages={"invalid": "Écrivez une adresse complète, par exemple nom@exemple.fr"},
    )
    phone = forms.CharField(label="Téléphone", max_length=20, required=False)
    address = forms.CharField(label="Adresse postale", max_length=300, widget=forms.Textarea, required=False)
    covers = forms.ChoiceField(
        label="Étendue",
        widget=forms.RadioSelect,
        help_text="Une protection juridique couvre toutes les demandes.",
        error_messages={"required": "Choisissez l’étendue du mandat"},
    )
    starts_on = DateField(label="À partir du", error_messages={"required": "Indiquez le début du mandat"})
    ends_on = DateField(label="Jusqu’au", required=False)
    judged_on = DateField(label="Date du jugement", required=False)
    court = forms.CharField(label="Tribunal", max_length=120, required=False)
    proof = forms.FileField(
        label="Mandat signé ou jugement",
        help_text="PDF, ou photo JPEG, PNG ou WebP. 10\u00a0Mo au plus.",
        allow_empty_file=True,
        error_messages={"required": "Joignez le mandat signé, ou le jugement"},
    )

    def __init__(self, *, case: Case, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.case, self.today = case, today
        given = [(kind.value, kind.label) for kind in Kind if kind not in PROTECTING]
        judged = [(kind.value, kind.label) for kind in PROTECTING]
        choices = [
            ("", "Choisir"),
            ("Mandat donné par la personne", given),
            ("Protection décidée par un juge", judged),
        ]
        offer(self, "kind", choices)
        choices = [
            (Scope.WHOLE, "Toutes ses demandes"),
            (Scope.FILE, f"La demande {case.reference} seulement"),
        ]
        offer(self, "covers", choices)
        self.fields["judged_on"].not_after = today  # type: ignore[attr-defined]
        for name in ("starts_on", "judged_on"):
            self.fields[name].not_before = today - OLDEST  # type: ignore[attr-defined]

    @property
    def is_protection(self) -> bool:
        return self.cleaned_data.get("kind") in PROTECTING

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        if self.is_protection and not told.get("judged_on") and "judged_on" not in self.errors:
            self.add_error("judged_on", "Indiquez la date du jugement")
        if told.get("starts_on") and (
            refusal := refused_dates(told["starts_on"], told.get("ends_on"), self.today)
        ):
            self.add_error("ends_on", refusal.rstrip("."))
        return told

    def terms(self) -> Terms:
        told = self.cleaned_data
        scope = Scope.PROTECTION if self.is_protection else Scope(told["covers"])
        contact = ("name", "email", "structure", "phone", "address")
        return Terms(
            to=Speaker(kind=told["kind"], **{name: told[name] for name in contact}),
            scope=scope,
            starts_on=told["starts_on"],
            ends_on=told["ends_on"],
            file=(self.case.key, self.case.reference) if scope == Scope.FILE else None,
            judged_on=told["judged_on"] if self.is_protection else None,
            court=told["court"] if self.is_protection else "",
        )
