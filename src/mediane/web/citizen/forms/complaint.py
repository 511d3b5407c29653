from datetime import date
from typing import Any

from django import forms

from mediane.complaints.models import PriorComplaint, Source
from mediane.complaints.rules import KnownComplaint
from mediane.kit.french import long_date
from mediane.web.design.fields import DateField
from mediane.web.forms import offer

KNOWN, OTHER, NONE = "grc-", "autre", "aucune"
WAYS = (
    "Espace caf.fr",
    "Courrier",
    "Courriel",
    "Téléphone",
    "Accueil de la Caf",
    "Par une association ou un travailleur social",
)


class ComplaintForm(forms.Form):
    complaint = forms.ChoiceField(
        label="Quelle réclamation avez-vous déjà faite à la Caf ?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une réclamation, ou dites que vous n’en avez pas fait",
            "invalid_choice": "Cette réclamation a quitté la liste : prenez « Une autre réclamation »",
        },
    )

    def __init__(self, *, known: list[KnownComplaint], kept: str = "", **options: Any) -> None:
        super().__init__(initial={"complaint": kept}, **options)
        self.known = {KNOWN + complaint.reference: complaint for complaint in known}
        other = "Une autre réclamation" if known else "J’ai déjà fait une réclamation"
        choices = [
            *((value, _title(complaint)) for value, complaint in self.known.items()),
            (OTHER, other),
            (NONE, "Je n’ai pas encore réclamé"),
        ]
        offer(self, "complaint", choices)
        self.hints = {value: _hint(complaint) for value, complaint in self.known.items()} | {
            OTHER: "Au guichet, par courrier, par une association… Vous indiquerez la date."
        }


def chosen(complaint: PriorComplaint | None, has_complained: bool | None) -> str:
    """The box to find ticked when one comes back."""
    if has_complained is False:
        return NONE
    if complaint is None:
        return ""
    return KNOWN + complaint.reference if complaint.source == Source.REGISTER else OTHER


class DeclareForm(forms.Form):
    made_on = DateField(
        label="Quand avez-vous réclamé ?",
        help_text="Une date approchée suffit. Par exemple 14 10 2026.",
        error_messages={"required": "Indiquez la date de votre réclamation"},
    )
    channel = forms.ChoiceField(
        label="Comment avez-vous réclamé ?",
        choices=[(way, way) for way in WAYS],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites comment vous avez réclamé",
            "invalid_choice": "Choisissez dans la liste",
        },
    )
    reference = forms.CharField(
        label="Référence de la réclamation",
        help_text="Si vous l’avez. Elle est en haut de l’accusé de réception.",
        max_length=40,
        required=False,
        error_messages={"max_length": "Cette référence est trop longue\u00a0: 40\u00a0caractères au plus"},
    )

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        self.fields["made_on"].not_after = today  # type: ignore[attr-defined]
        self.fields["made_on"].not_before = date(today.year - 10, 1, 1)  # type: ignore[attr-defined]


def _title(complaint: KnownComplaint) -> str:
    return f"{complaint.subject or 'Réclamation'}, le {long_date(complaint.made_on)}"


def _hint(complaint: KnownComplaint) -> str:
    way = f"{complaint.channel}. " if complaint.channel else ""
    if complaint.answered_on is None:
        return f"{way}Pas encore de réponse."
    return f"{way}Réponse de la Caf le {long_date(complaint.answered_on)}."
