"""What somebody of the service types of a request that came by another door."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from mediane.casework.rules.counting import FROM_ANOTHER_CAF
from mediane.catalogue.models import Benefit, Channel, Ground, Origin
from mediane.catalogue.queries import in_force
from mediane.eligibility.rules import UrgencyReason
from mediane.people.models import Beneficiary
from mediane.people.rules import bare_number, is_whole
from mediane.referrals.models import ONLINE
from mediane.web.design.fields import AskedText, DateField, SeveralFiles
from mediane.web.forms import no_social_security_number, offer, too_long

NEW = "new"
BY_POST, BY_SPACE, BY_EMAIL = "post", "space", "email"
# Beyond, a year was mistyped.
OLDEST = timedelta(days=366)
OLDEST_FACT = timedelta(days=30 * 366)
TOO_EARLY = {"too_early": "Cette date a plus de trente ans\u00a0: vérifiez l’année"}


def _said(limit: int, **options: Any) -> forms.CharField:
    """A text of the person’s, bounded, without a social-security number."""
    errors = options.pop("error_messages", {})
    return forms.CharField(
        max_length=limit,
        validators=[no_social_security_number],
        error_messages={"max_length": too_long(limit), **errors},
        **options,
    )


class Others(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class Intake(forms.Form):
    entry_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Cette page était incomplète\u00a0: enregistrez à nouveau"
        ),
    )
    channel = forms.ChoiceField(
        label="Arrivée par",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites comment la demande est arrivée"},
    )
    received_on = DateField(
        label="Reçue à la Caf le",
        help_text="Le cachet d’arrivée, pas la date du jour\u00a0: les délais partent de là.",
        error_messages={
            "required": "Indiquez le jour où la Caf a reçu la demande",
            "too_early": "Cette date a plus d’un an\u00a0: vérifiez l’année",
            "too_late": "Cette date est dans le futur\u00a0: indiquez le jour de réception",
        },
    )
    origin = forms.ChoiceField(
        label="Adressée par", error_messages={"required": "Dites qui adresse la demande"}
    )
    helper = _said(120, label="Nom de qui l’adresse", required=False)
    courrier = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Revenez au courriel, puis enregistrez"},
    )
    q = AskedText(label="Numéro allocataire ou nom", max_length=80)
    person = forms.ChoiceField(
        label="Allocataire",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Cherchez l’allocataire, puis choisissez sa ligne",
            "invalid_choice": "Cherchez l’allocataire, puis choisissez sa ligne",
        },
    )
    number = AskedText(label="Numéro allocataire, sept chiffres", max_length=12)
    title = forms.ChoiceField(
        label="Civilité",
        choices=[("", "Non précisée"), ("Madame", "Madame"), ("Monsieur", "Monsieur")],
        required=False,
    )
    first_name = AskedText(label="Prénom", max_length=60)
    last_name = AskedText(label="Nom", max_length=60)
    asked = _said(
        160,
        label="Ce qui est demandé, en une phrase",
        error_messages={"required": "Dites ce qui est demandé"},
    )
    explanation = _said(
        4000,
        label="Explication",
        widget=forms.Textarea,
        help_text="Avec ses mots. D’une longue lettre, l’essentiel\u00a0: le scan garde le reste.",
        error_messages={"required": "Résumez ce que la personne explique"},
    )
    benefit = forms.ChoiceField(
        label="Prestation", error_messages={"required": "Choisissez la prestation concernée"}
    )
    other_benefits = Others(label="Autres prestations", required=False)
    ground = forms.ChoiceField(label="Motif", error_messages={"required": "Choisissez le motif"})
    other_grounds = Others(label="Autres motifs", required=False)
    urgency = Others(label="Urgence", required=False)
    decision_contested = _said(160, label="Décision contestée", required=False)
    decision_on = DateField(label="Date de la décision", required=False, error_messages=TOO_EARLY)
    complained_on = DateField(label="Réclamation faite le", required=False, error_messages=TOO_EARLY)
    complaint_channel = _said(60, label="Par quel moyen", required=False)
    complaint_reference = _said(40, label="Référence de la réclamation", required=False)
    answered_on = DateField(label="Réponse reçue le", required=False, error_messages=TOO_EARLY)
    answer_by = forms.ChoiceField(
        label="Accusé d’enregistrement",
        widget=forms.RadioSelect,
        choices=[
            (BY_POST, "Imprimé, envoyé par courrier"),
            (BY_SPACE, "Dans son espace de suivi"),
            (BY_EMAIL, "Espace et courriel sûr"),
        ],
        error_messages={"required": "Choisissez comment envoyer l’accusé"},
    )
    email = forms.EmailField(
        label="Courriel",
        max_length=120,
        required=False,
        error_messages={"invalid": "Écrivez une adresse complète, par exemple nom@exemple.fr"},
    )
    phone = forms.CharField(label="Téléphone", max_length=20, required=False)
    postal_address = forms.CharField(
        label="Adresse postale", max_length=300, widget=forms.Textarea, required=False
    )
    hours = _said(160, label="Précautions pour la joindre", required=False)
    keep_secret = forms.BooleanField(
        label="Adresse secrète, contact protégé",
        help_text="En cas de danger. Ce qui est écrit ici passe avant sa fiche, pour toutes ses demandes.",
        required=False,
    )
    no_letters = forms.BooleanField(label="Ne lui envoyer aucune lettre par la poste", required=False)
    documents = forms.Field(
        label="Lettre numérisée et pièces", widget=SeveralFiles(attrs={"multiple": True}), required=False
    )

    def __init__(
        self, *, today: date, found: Sequence[Beneficiary] = (), is_judged: bool = True, **options: Any
    ) -> None:
        super().__init__(**options)
        self.is_judged, self.file_refusals = is_judged, list[str]()
        self.today, self.people = today, {str(person.pk): person for person in found}
        offers = {
            "channel": [(row.code, row.label) for row in in_force(Channel, today) if row.code != ONLINE],
            # What another Caf sends comes by itself.
            "origin": [
                (row.code, row.label) for row in in_force(Origin, today) if row.code != FROM_ANOTHER_CAF
            ],
            "benefit": [("", "Choisir"), *((row.code, row.label) for row in in_force(Benefit, today))],
            "other_benefits": [(row.code, row.short) for row in in_force(Benefit, today)],
            "ground": [("", "Choisir"), *((row.code, row.label) for row in in_force(Ground, today))],
            "other_grounds": [(row.code, row.label) for row in in_force(Ground, today)],
            "urgency": [(str(reason), reason.label) for reason in UrgencyReason],
            "person": [*((key, one.full_name) for key, one in self.people.items()), (NEW, "Nouvelle")],
        }
        for name, choices in offers.items():
            offer(self, name, choices)
        self.fields["received_on"].not_before = today - OLDEST  # type: ignore[attr-defined]
        for name in ("received_on", "decision_on", "complained_on", "answered_on"):
            self.fields[name].not_after = today  # type: ignore[attr-defined]
        for name in ("decision_on", "complained_on", "answered_on"):
            self.fields[name].not_before = today - OLDEST_FACT  # type: ignore[attr-defined]

    @classmethod
    def blank(cls, today: date, **known: Any) -> "Intake":
        first = {"channel": "MAIL", "origin": "BENEFICIARY", "answer_by": BY_POST, "received_on": today}
        return cls(today=today, initial=first | known | {"entry_key": uuid4()})

    def full_clean(self) -> None:
        """Somebody is looked for, or a file taken back: what is typed stays, and waits to be judged."""
        super().full_clean()
        if not self.is_judged:
            self.errors.clear()

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("person") == NEW:
            self._clean_new()
        self._clean_dates()
        # What stands on the sheet may be read by whoever she hides from.
        known = None if told.get("keep_secret") else self.people.get(told.get("person", ""))
        needed = {
            BY_EMAIL: ("email", known and known.email, "Indiquez l’adresse où envoyer l’accusé"),
            BY_POST: ("postal_address", known and known.postal_address, "Indiquez où poster l’accusé"),
        }
        name, kept, words = needed.get(told.get("answer_by", ""), ("", True, ""))
        if not kept and not told.get(name) and name not in self.errors:
            self.add_error(name, f"{words}, ou choisissez un autre moyen")
        if told.get("no_letters") and told.get("answer_by") == BY_POST:
            self.add_error("answer_by", "Elle ne veut aucune lettre\u00a0: choisissez un autre moyen")

    def _clean_new(self) -> None:
        told = self.cleaned_data
        told["number"] = bare_number(told.get("number", ""))
        if not is_whole(told["number"]):
            self.add_error("number", "Écrivez les sept chiffres du numéro allocataire")
        for name, words in (("first_name", "le prénom"), ("last_name", "le nom")):
            if not told.get(name):
                self.add_error(name, f"Indiquez {words} de la nouvelle personne")

    def _clean_dates(self) -> None:
        told = self.cleaned_data
        received, decided = told.get("received_on"), told.get("decision_on")
        if received and decided and decided > received:
            self.add_error("decision_on", "La décision contestée est plus récente que la demande")
        made, answered = told.get("complained_on"), told.get("answered_on")
        if made and received and made > received:
            self.add_error("complained_on", "La réclamation ne peut pas suivre la demande de médiation")
        if made and answered and answered < made:
            self.add_error("answered_on", "La réponse ne peut pas précéder la réclamation")
        is_described = answered or told.get("complaint_channel") or told.get("complaint_reference")
        if is_described and not made and "complained_on" not in self.errors:
            self.add_error("complained_on", "Indiquez le jour de la réclamation, ou videz ce qui la décrit")

    @property
    def mail_id(self) -> UUID | None:
        """The mail it comes from; none for what is no number of a mail."""
        value = self["courrier"].value()
        try:
            return UUID(str(value)) if value else None
        except ValueError:
            return None

    @property
    def opens(self) -> dict[str, bool]:
        """Which folded parts hold something, and so stay open."""
        parts = {
            "benefits": ("other_benefits",),
            "grounds": ("other_grounds",),
            "complaint": ("complained_on", "complaint_channel", "complaint_reference", "answered_on"),
        }
        return {part: any(self._holds(name) for name in names) for part, names in parts.items()}

    def _holds(self, name: str) -> bool:
        value = self[name].value()
        return bool(self[name].errors) or (any(value) if isinstance(value, tuple) else bool(value))

    @cached_property
    def sent(self) -> tuple[tuple[str, bytes], ...]:
        """The files of this try, by name."""
        received = self.files.getlist("documents") if isinstance(self.files, MultiValueDict) else []
        return tuple((file.name or "document", file.read()) for file in received)

    @property
    def page_key(self) -> UUID:
        """Of this page, under which its files are kept; a new one where it came without."""
        try:
            return UUID(str(self["entry_key"].value()))
        except ValueError:
            return self.renew()

    def renew(self) -> UUID:
        """The next try is another request."""
        key = uuid4()
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["entry_key"] = str(key)
        return key
