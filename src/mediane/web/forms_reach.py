"""How to reach a person: asked in a request, in her space, and at the desk on her word."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from mediane.referrals.rules import HIDDEN_ADDRESS, NO_LETTERS, WAYS, Wish
from mediane.web.forms import no_social_security_number, too_long

BY_EMAIL, BY_SPACE = "courriel", "espace"
IMPOSSIBLE_TO_READ = "Cette page est trop ancienne\u00a0: ouvrez-la de nouveau"


class HowToReach(forms.Form):
    channel = forms.ChoiceField(
        label="Comment vous joindre sans risque ?",
        choices=[(BY_EMAIL, "Espace de suivi et courriel"), (BY_SPACE, "Espace de suivi seulement")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites où nous pouvons vous écrire",
            "invalid_choice": "Choisissez dans la liste",
        },
    )
    receipt_by_email = forms.BooleanField(
        label="Envoyez-moi aussi l’accusé complet par courriel",
        help_text="Il contient votre nom. Ne cochez pas si quelqu’un d’autre lit vos courriels.",
        required=False,
    )
    email = forms.EmailField(
        label="Autre courriel",
        max_length=120,
        required=False,
        error_messages={
            "invalid": "Écrivez une adresse complète, par exemple nom@exemple.fr",
            "max_length": "Cette adresse est trop longue\u00a0: vérifiez-la",
        },
    )
    phone = forms.CharField(
        label="Autre téléphone",
        max_length=20,
        required=False,
        error_messages={"max_length": "Écrivez un seul numéro de téléphone"},
    )
    address = forms.CharField(
        label="Autre adresse postale",
        max_length=300,
        widget=forms.Textarea,
        required=False,
        error_messages={"max_length": too_long(300)},
    )
    no_letters = forms.BooleanField(
        label="Ne m’envoyez pas de lettre par la poste",
        help_text="Vous lirez nos lettres dans votre espace de suivi, et nulle part ailleurs.",
        required=False,
    )
    hours = forms.CharField(
        validators=[no_social_security_number],
        label="Quand vous appeler, et quand ne pas appeler",
        help_text="Par exemple : pas d’appel avant 17 h, pas de message vocal.",
        max_length=160,
        required=False,
        error_messages={"max_length": too_long(160)},
    )
    keep_secret = forms.BooleanField(
        label=HIDDEN_ADDRESS,
        help_text="Nous ne la donnerons à personne, pas même à un proche ou à un autre organisme.",
        required=False,
    )

    @staticmethod
    def shown(contact: Mapping[str, str], *, by_email: bool, receipt: bool) -> dict[str, Any]:
        """What was said, as the fields show it."""
        return {
            **contact,
            "channel": BY_EMAIL if by_email else BY_SPACE,
            "receipt_by_email": receipt,
            "keep_secret": bool(contact.get("caution")),
            "no_letters": bool(contact.get(NO_LETTERS)),
        }

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and not 6 <= sum(symbol.isdigit() for symbol in phone) <= 15:
            raise ValidationError("Écrivez un numéro de téléphone complet, par exemple 06 39 98 41 27")
        return phone

    def clean(self) -> None:
        if self.cleaned_data.get("channel") == BY_SPACE and self.cleaned_data.get("receipt_by_email"):
            self.add_error(
                "receipt_by_email", "Décochez cette case, ou choisissez « Espace de suivi et courriel »"
            )

    def contact(self) -> dict[str, str]:
        told = self.cleaned_data
        contact = {name: told[name] for name in (*WAYS, "hours") if told[name]}
        if told["keep_secret"]:
            contact["caution"] = HIDDEN_ADDRESS
        if told["no_letters"]:
            contact[NO_LETTERS] = "oui"
        return contact

    def wishes(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "notice_by_email": told["channel"] == BY_EMAIL,
            "receipt_by_email": told["receipt_by_email"],
        }


class SayAgain(HowToReach):
    """Of what held when the page was shown: somebody may say otherwise meanwhile."""

    is_kept = False  # a place to keep hidden is not shown again

    seen_at = forms.CharField(widget=forms.HiddenInput, error_messages={"required": IMPOSSIBLE_TO_READ})

    def __init__(self, *args: Any, holds: Wish, now: datetime, hides_places: bool, **options: Any) -> None:
        """`hides_places`: a place that holds is not shown, and stays if nothing else is typed."""
        self.now = now
        self.unshown = {way: holds.contact[way] for way in WAYS if hides_places and holds.contact.get(way)}
        shown = {name: text for name, text in holds.contact.items() if name not in self.unshown}
        known = self.shown(shown, by_email=holds.notice_by_email, receipt=holds.receipt_by_email)
        options["initial"] = options.get("initial", {}) | known | {"seen_at": now.isoformat()}
        super().__init__(*args, **options)

    def clean_seen_at(self) -> datetime:
        try:
            seen_at = datetime.fromisoformat(self.cleaned_data["seen_at"])
        except ValueError:
            raise ValidationError(IMPOSSIBLE_TO_READ) from None
        # A page cannot have been shown later than it is sent back.
        return min(seen_at if seen_at.tzinfo else seen_at.replace(tzinfo=UTC), self.now)

    def contact(self) -> dict[str, str]:
        return self.unshown | super().contact()

    def reads_again(self) -> None:
        """After a refusal: what was typed stays, beside what holds now."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["seen_at"] = self.now.isoformat()
