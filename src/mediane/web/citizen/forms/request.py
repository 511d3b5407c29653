"""The request itself, in three pages that are typed and one of files."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from mediane.catalogue.models import Benefit, Ground
from mediane.catalogue.queries import in_force
from mediane.referrals.models import Referral
from mediane.referrals.queries import safe_contact_of
from mediane.web.design.fields import DateField, SeveralFiles
from mediane.web.forms import no_social_security_number, offer, too_long
from mediane.web.forms_reach import HowToReach


class StepForm(forms.Form):
    is_kept = False  # the draft of the request keeps each page

    def __init__(self, *, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(**options)

    @staticmethod
    def kept(draft: Referral) -> dict[str, Any]:
        """What the draft already says."""
        raise NotImplementedError

    def given(self) -> dict[str, Any]:
        """What to save, as `referrals.actions.save` takes it."""
        raise NotImplementedError

    def as_typed(self, values: Mapping[str, list[str]]) -> dict[str, Any]:
        """What stood on the page, right or wrong, as the fields show it."""
        data = QueryDict(mutable=True)
        for name, several in values.items():
            data.setlist(name, several)
        return {name: field.widget.value_from_datadict(data, {}, name) for name, field in self.fields.items()}


class WhatForm(StepForm):
    benefits = forms.MultipleChoiceField(
        label="Quelles prestations sont concernées ?",
        help_text="Cochez une ou plusieurs cases.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Indiquez la prestation concernée : cochez au moins une case"},
    )
    other_benefits = forms.MultipleChoiceField(
        label="Les autres prestations", widget=forms.CheckboxSelectMultiple
    )
    grounds = forms.MultipleChoiceField(
        label="Que reprochez-vous à la Caf ?",
        help_text="Plusieurs réponses possibles.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Dites ce que vous reprochez : cochez au moins une case"},
    )

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(today=today, **options)
        offered = in_force(Benefit, today)
        grounds = in_force(Ground, today)
        choices = {
            "benefits": [(row.code, row.label) for row in offered if row.is_offered],
            "other_benefits": [(row.code, row.label) for row in offered if not row.is_offered],
            "grounds": [(row.code, row.public_label) for row in grounds],
        }
        for name, rows in choices.items():
            offer(self, name, rows)
        self.hints = {row.code: row.hint for row in grounds}

    @staticmethod
    def kept(draft: Referral) -> dict[str, Any]:
        return {"benefits": draft.benefits, "other_benefits": draft.benefits, "grounds": draft.grounds}

    @property
    def opens_the_others(self) -> bool:
        codes = {code for code, _ in self.fields["other_benefits"].choices}  # type: ignore[attr-defined]
        return not codes.isdisjoint(self["other_benefits"].value() or ()) or bool(
            self["other_benefits"].errors
        )

    def clean(self) -> None:
        """One box of either list is enough."""
        if self.has_error("other_benefits", code="required"):
            del self.errors["other_benefits"]
            self.cleaned_data["other_benefits"] = []
        elif self.has_error("benefits", code="required") and not self.has_error("other_benefits"):
            del self.errors["benefits"]
            self.cleaned_data["benefits"] = []

    def given(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"benefits": [*told["benefits"], *told["other_benefits"]], "grounds": told["grounds"]}


class WhyForm(StepForm):
    decision_contested = forms.CharField(
        validators=[no_social_security_number],
        label="La décision que vous contestez",
        help_text="En quelques mots, s’il y en a une. Par exemple : trop-perçu d’APL de 1 842,60 €.",
        max_length=160,
        required=False,
        error_messages={"max_length": too_long(160)},
    )
    decision_on = DateField(
        label="Date de la décision contestée",
        help_text="Elle est en haut du courrier. Une date approchée suffit. Par exemple 2 10 2026.",
        required=False,
    )
    asked = forms.CharField(
        validators=[no_social_security_number],
        label="Ce que vous demandez, en une phrase",
        help_text="Par exemple : comprendre ce trop-perçu et baisser la retenue. 160 caractères au plus.",
        max_length=160,
        error_messages={"required": "Dites en une phrase ce que vous demandez", "max_length": too_long(160)},
    )
    explanation = forms.CharField(
        validators=[no_social_security_number],
        label="Expliquez avec vos mots",
        help_text="Racontez ce qui s’est passé. N’écrivez pas votre numéro de sécurité sociale.",
        max_length=4000,
        widget=forms.Textarea,
        error_messages={
            "required": "Expliquez ce qui s’est passé, avec vos mots",
            "max_length": f"{too_long(4000)}. Joignez le reste à la page suivante",
        },
    )

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(today=today, **options)
        self.fields["decision_on"].not_after = today  # type: ignore[attr-defined]
        self.fields["decision_on"].not_before = date(today.year - 30, 1, 1)  # type: ignore[attr-defined]

    @staticmethod
    def kept(draft: Referral) -> dict[str, Any]:
        return {name: getattr(draft, name) for name in WhyForm.base_fields}

    def clean(self) -> None:
        described = self.cleaned_data.get("decision_contested")
        if described and "decision_on" not in self.errors and self.cleaned_data["decision_on"] is None:
            self.fields["decision_on"].required = True
            self.add_error(
                "decision_on", ValidationError("Indiquez la date de la décision contestée", code="required")
            )

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ReachForm(HowToReach, StepForm):
    helper = forms.CharField(
        validators=[no_social_security_number],
        label="Nom de la personne qui vous aide",
        help_text="Un proche, une association. Par exemple : Yanis Belkacem, mon frère.",
        max_length=120,
        required=False,
        error_messages={"max_length": too_long(120)},
    )

    @staticmethod
    def kept(draft: Referral) -> dict[str, Any]:
        if draft.safe_contact is None:
            return {"helper": draft.helper}
        said = HowToReach.shown(
            safe_contact_of(draft), by_email=draft.notice_by_email, receipt=draft.receipt_by_email
        )
        return said | {"helper": draft.helper}

    def given(self) -> dict[str, Any]:
        return {"safe_contact": self.contact(), **self.wishes(), "helper": self.cleaned_data["helper"]}


class FilesForm(StepForm):
    """Each file has its own result: the view tries them one by one."""

    documents = forms.Field(
        label="Ajouter un document", widget=SeveralFiles(attrs={"multiple": True}), required=False
    )

    @staticmethod
    def kept(draft: Referral) -> dict[str, Any]:
        return {}


FORMS: dict[str, type[StepForm]] = {
    "prestations-et-motifs": WhatForm,
    "explication": WhyForm,
    "vous-joindre": ReachForm,
}
