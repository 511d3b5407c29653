"""Forms of the decisions and of the letters."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from mediane.casework.actions import Analysis
from mediane.casework.models import Case
from mediane.casework.rules.right_body import Proposal
from mediane.casework.states import Outcome
from mediane.catalogue.models import Body, Cause, CauseReason, Dated, ErrorType, Ground, Reason, Service
from mediane.catalogue.queries import every, in_force
from mediane.correspondence.actions import Edit, Written
from mediane.correspondence.queries.library import Offer
from mediane.correspondence.rules.enclosed import Ticked
from mediane.web.design.fields import AskedChoice, AskedDate, AskedText, DateField
from mediane.web.desk.forms_letters import PublicIds, ticked_on
from mediane.web.forms import offer

ADMISSIBLE, INADMISSIBLE, REDIRECTED = "admissible", "inadmissible", "redirected"
VERDICTS = ((ADMISSIBLE, "Recevable"), (INADMISSIBLE, "Irrecevable"), (REDIRECTED, "Hors médiation"))
ANOTHER = "another"
LONGEST_LETTER = 12_000
CHOSEN = {"outcome", "cause", "reason", "error_type", "service", "grounds"}
OF_SCOPE = ("scope_reason", "body", "proposed", "agreed", "agreed_on", "redirected")
# What each verdict asks beside itself, and the sentence when it is missing.
NEEDED = {
    ADMISSIBLE: (("admissible", "Écrivez la lettre qui partira."),),
    INADMISSIBLE: (
        ("reason", "Choisissez le motif d’irrecevabilité."),
        ("inadmissible", "Écrivez la lettre qui partira."),
    ),
    REDIRECTED: (
        ("scope_reason", "Dites pourquoi la demande est hors médiation."),
        ("body", "Choisissez l’organisme compétent."),
        ("redirected", "Écrivez la lettre qui partira."),
    ),
}


class AdmissibilityForm(forms.Form):
    version = forms.IntegerField()
    verdict = forms.ChoiceField(
        label="Décision", choices=VERDICTS, error_messages={"required": "Choisissez une décision."}
    )
    notified_on = DateField(label="Notifiée le")
    reason = AskedChoice(label="Motif d’irrecevabilité")
    scope_reason = AskedChoice(label="Pourquoi hors médiation")
    body = AskedChoice(label="Organisme compétent")
    proposed = AskedChoice(label="Organisme proposé", widget=forms.RadioSelect)
    agreed = forms.BooleanField(
        label="La personne est d’accord pour que sa demande soit transmise à cet organisme", required=False
    )
    agreed_on = AskedDate(label="Accord donné le")
    admissible = AskedText(label="Texte de la lettre", widget=forms.Textarea, max_length=LONGEST_LETTER)
    inadmissible = AskedText(label="Texte de la lettre", widget=forms.Textarea, max_length=LONGEST_LETTER)
    redirected = AskedText(label="Texte de la lettre", widget=forms.Textarea, max_length=LONGEST_LETTER)

    def __init__(self, *, case: Case, today: date, proposals: list[Proposal], **options: Any) -> None:
        super().__init__(**options)
        self.proposals = {proposal.body: proposal for proposal in proposals}
        known = every(Body)
        proposed = [(body, known[body].label) for body in self.proposals]
        offer(self, "proposed", [*proposed, (ANOTHER, "Un autre organisme")])
        agreed_on = self.fields["agreed_on"]
        agreed_on.not_before, agreed_on.not_after = case.received_on, today  # type: ignore[attr-defined]
        reasons = in_force(Reason, today)
        for name, kind in (("reason", "inadmissible"), ("scope_reason", "out_of_scope")):
            chosen = [(row.code, row.label) for row in reasons if row.kind == kind]
            offer(self, name, [("", "Choisissez"), *chosen])
        bodies = [(row.code, row.label) for row in in_force(Body, today)]
        offer(self, "body", [("", "Choisissez"), *bodies])
        day = self.fields["notified_on"]
        day.not_before, day.not_after = case.received_on, today  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("verdict") == REDIRECTED:
            self._take_proposal(given)
        else:
            self._leave_scope(given)
        for name, sentence in NEEDED.get(given.get("verdict", ""), ()):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if given.get("agreed") and not given.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", "Indiquez le jour où la personne a donné son accord.")
        return given

    def _leave_scope(self, given: dict[str, Any]) -> None:
        """What stands in the part of the page that is not chosen neither counts nor stops anything."""
        for name in OF_SCOPE:
            given[name] = None
            self.errors.pop(name, None)

    def _take_proposal(self, given: dict[str, Any]) -> None:
        """One click takes the body and its reason; what is chosen below by hand is never lost silently."""
        taken = self.proposals.get(given.get("proposed", ""))
        if taken is None:
            return
        if given.get("body") not in ("", None, taken.body):
            self.add_error("body", "Vous avez choisi deux organismes. Gardez-en un seul.")
            return
        given["body"] = taken.body
        given["scope_reason"] = given.get("scope_reason") or taken.reason


class LitigationForm(forms.Form):
    version = forms.IntegerField()
    seized_on = DateField(label="Tribunal saisi le")
    evidence = forms.CharField(
        label="Comment le savez-vous ?",
        max_length=200,
        help_text="Par exemple : copie de la requête reçue le 12 novembre, appel de l’allocataire.",
        error_messages={"required": "Dites comment vous le savez."},
    )
    letter = forms.CharField(
        label="Texte de la lettre",
        widget=forms.Textarea,
        max_length=LONGEST_LETTER,
        error_messages={"required": "Écrivez la lettre qui partira."},
    )

    def __init__(self, *, today: date, **options: Any) -> None:
        super().__init__(**options)
        day = self.fields["seized_on"]
        day.not_before, day.not_after = today - timedelta(days=3650), today  # type: ignore[attr-defined]


class WithdrawalForm(forms.Form):
    confirmed = forms.BooleanField(
        label="L’allocataire demande par écrit à retirer sa demande",
        error_messages={"required": "Cochez la case : un retrait se fait à la demande de l’allocataire."},
    )


class TemplateForm(forms.Form):
    template = forms.ChoiceField(
        label="Modèle",
        error_messages={
            "required": "Choisissez un modèle, même pour tout réécrire.",
            "invalid_choice": "Ce modèle n’est plus proposé\u00a0: choisissez-en un autre.",
        },
    )
    outcome = forms.ChoiceField(
        label="Résultat que vous prévoyez",
        choices=[("", "Je ne sais pas encore"), *Outcome.choices],
        required=False,
    )

    def __init__(self, *, offers: list[Offer], **options: Any) -> None:
        super().__init__(**options)
        offer(self, "template", [(one.template.code, one.template.name) for one in offers])
        self.asks_outcome = any(one.asks_outcome for one in offers)


class ReplyForm(forms.Form):
    """A draft is saved as it is, even without a title: only the signature is demanding.

    `base_…` is the text the page began from.
    """

    is_kept = False  # its editor saves by itself

    version = forms.IntegerField()
    page = forms.UUIDField(required=False)
    title = AskedText(label="Titre : la réponse, en une phrase", max_length=160)
    body = AskedText(label="Texte de la lettre", max_length=LONGEST_LETTER)
    easy = AskedText(label="Version facile à lire, si elle aide cette personne", max_length=1500)
    base_title = AskedText()
    base_body = AskedText()
    base_easy = AskedText()
    enclosures = PublicIds(label="Pièces jointes", required=False)
    base_enclosures = PublicIds(required=False)
    up = PublicIds(required=False)

    def edit(self) -> Edit:
        given = self.cleaned_data
        easy = given["easy"] if "easy" in self.data else None
        base = Written(given["base_title"], given["base_body"], given["base_easy"])
        known = base if "base_body" in self.data else None
        return Edit(
            given["title"], given["body"], given["version"], given["page"], known, easy, self.ticked()
        )

    def ticked(self) -> Ticked | None:
        """What the page says of the enclosures, refused or not; nothing when it shows none."""
        return ticked_on(self) if "base_enclosures" in self.data else None


class VersionForm(forms.Form):
    version = forms.IntegerField()


class SignatureForm(forms.Form):
    """`has_money`: lines already stand; `reasons`: those offered for the benefits of the case."""

    # That of the page, which is also that of its errors.
    field_order = ("version", "outcome", "cause", "reason", "error_type", "service", "grounds")
    version = forms.IntegerField()
    # The mark of the address that was shown.
    address = forms.CharField(max_length=16, required=False)
    outcome = forms.ChoiceField(
        label="Résultat de la médiation",
        choices=Outcome.choices,
        error_messages={"required": "Choisissez le résultat."},
    )
    cause = forms.ChoiceField(
        label="Cause, telle que vous l’analysez", error_messages={"required": "Choisissez la cause."}
    )
    grounds = forms.MultipleChoiceField(
        label="Motifs, tels que l’allocataire les donne",
        error_messages={"required": "Gardez au moins un motif."},
    )
    reason = AskedChoice(label="Raison précise")
    error_type = forms.ChoiceField(
        label="Erreur constatée",
        error_messages={"required": "Dites quelle erreur vous avez constatée, ou aucune."},
    )
    service = AskedChoice(label="Service concerné")
    is_without_effect = forms.BooleanField(label="Aucun effet financier", required=False)

    def __init__(self, *, today: date, reasons: list[CauseReason], has_money: bool, **options: Any) -> None:
        super().__init__(**options)
        self.offers_reasons, self.has_money = bool(reasons), has_money
        if has_money:
            # Kept from before the lines came: they say otherwise.
            self.initial.pop("is_without_effect", None)
        lists: dict[str, Sequence[Dated]] = {
            "reason": reasons,
            "service": in_force(Service, today),
            "error_type": in_force(ErrorType, today),
        }
        for name, rows in lists.items():
            offered = [(row.code, row.label) for row in rows]
            offer(self, name, [("", "Choisissez"), *offered])
        if not reasons:
            del self.fields["reason"]
        causes = [(row.code, row.label) for row in in_force(Cause, today)]
        offer(self, "cause", [("", "Choisissez"), *causes])
        grounds = [(row.code, row.label) for row in in_force(Ground, today)]
        offer(self, "grounds", grounds)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if self.offers_reasons and not given.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Choisissez la raison précise, ou «\u00a0Autre raison\u00a0».")
        if self.is_error and not given.get("service") and "service" not in self.errors:
            self.add_error("service", "Dites quel service est concerné par l’erreur.")
        if not self.has_money and not given.get("is_without_effect"):
            sentence = "Saisissez les montants, ou cochez «\u00a0Aucun effet financier\u00a0»."
            self.add_error("is_without_effect", sentence)
        return given

    def chosen(self) -> dict[str, str | list[str]]:
        """What stands chosen so far, of what is offered."""
        kept: dict[str, str | list[str]] = {}
        if self["is_without_effect"].value():
            kept["is_without_effect"] = "on"
        for name in CHOSEN & self.fields.keys():
            value, offered = self[name].value(), {code for code, _ in self.fields[name].choices}  # type: ignore[attr-defined]
            if isinstance(value, list):
                kept[name] = [code for code in value if code in offered]
            elif value in offered:
                kept[name] = value
        return kept

    @property
    def is_error(self) -> bool:
        code = self.cleaned_data.get("error_type", "")
        return code in every(ErrorType) and every(ErrorType)[code].is_error

    def analysis(self) -> Analysis:
        """Without an error, no service is concerned by one."""
        given = self.cleaned_data
        return Analysis(
            reason=given["reason"] if self.offers_reasons else "",
            error_type=given["error_type"],
            service=given["service"] if self.is_error else "",
            is_without_effect=given["is_without_effect"],
        )
