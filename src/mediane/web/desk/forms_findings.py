"""The forms of recommendations, findings, proposals and what became of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from mediane.casework.models import Recommendation
from mediane.casework.states import Answer
from mediane.catalogue.models import Benefit, Cause, Channel, Ground, Service
from mediane.catalogue.queries import every, in_force
from mediane.findings.actions import Cited, Followed, Proposed, Told
from mediane.findings.states import FOLLOWED, Motive, Outcome
from mediane.kit.french import short_date
from mediane.statistics.rules.indicators import INDICATORS
from mediane.web.design.fields import AskedChoices, DateField
from mediane.web.desk.forms import Gesture
from mediane.web.forms import Once, no_social_security_number, offer

Choices = list[tuple[str, Any]]
CHOOSE: Choices = [("", "Choisissez")]
YEARS_BACK = 6
EXCERPT = 90


def _words(label: str, limit: int, missing: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        widget=forms.Textarea if limit > 200 else forms.TextInput,
        validators=[no_social_security_number],
        error_messages={"required": missing},
        **options,
    )


class RecommendForm(Once, Gesture):
    service = forms.ChoiceField(label="À quel service", error_messages={"required": "Choisissez le service"})
    words = _words("Votre recommandation", 1000, "Écrivez ce que vous recommandez")
    officer = _words("Code du gestionnaire", 20, "", required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "service", CHOOSE + _codes(in_force(Service, today)))


class AnswerForm(Gesture):
    answer = forms.ChoiceField(
        label="Ce que le service en a fait",
        choices=Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que le service en a fait"},
    )
    answered_on = DateField(label="Le", error_messages={"required": "Indiquez le jour"})
    words = _words("Ce que dit le service", 1000, "", required=False)


class FindingForm(Once, Gesture):
    title = _words("Constat", 120, "Donnez un titre au constat")
    words = _words("En quelques phrases", 3000, "Dites ce que vous constatez")
    measure = forms.ChoiceField(label="Ce qui le mesure", required=False)
    benefit = forms.ChoiceField(label="Pour une prestation", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        measures = [
            (motive.label, [(f"{motive}:{code}", text) for code, text in _codes(every(model).values())])
            for motive, model in ((Motive.GROUND, Ground), (Motive.CAUSE, Cause))
        ]
        offer(self, "measure", [("", "Rien"), *measures])
        offer(self, "benefit", [("", "Toutes"), *_codes(every(Benefit).values())])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("benefit") and not cleaned.get("measure"):
            self.add_error("measure", "Choisissez ce qui mesure le constat pour cette prestation")
        return cleaned

    def told(self) -> Told:
        given = self.cleaned_data
        motive, _, code = given["measure"].partition(":")
        return Told(
            title=given["title"], words=given["words"], motive=motive, code=code, benefit=given["benefit"]
        )


class EvidenceForm(forms.Form):
    recommendations = AskedChoices(label="Recommandations", widget=forms.CheckboxSelectMultiple)
    reference = forms.CharField(label="Référence d’un dossier", required=False, max_length=20)

    def __init__(self, *args: Any, offered: Iterable[Recommendation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = {str(one.pk): one for one in offered}
        choices = [(key, _excerpt(one)) for key, one in self.offered.items()]
        offer(self, "recommendations", choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("recommendations") and not cleaned.get("reference") and not self.errors:
            self.add_error("reference", "Cochez une recommandation, ou donnez la référence d’un dossier")
        return cleaned

    def chosen(self) -> list[Recommendation]:
        return [self.offered[key] for key in self.cleaned_data["recommendations"]]


class FigureForm(forms.Form):
    indicator = forms.ChoiceField(label="Chiffre", error_messages={"required": "Choisissez le chiffre"})
    year = forms.ChoiceField(label="Année", error_messages={"required": "Choisissez l’année"})
    benefit = forms.ChoiceField(label="Prestation", required=False)
    channel = forms.ChoiceField(label="Canal", required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        choices: dict[str, Choices] = {
            "indicator": CHOOSE + [(one.code, one.name) for one in INDICATORS.values()],
            "year": [(str(today.year - rank), str(today.year - rank)) for rank in range(YEARS_BACK)],
            "benefit": [("", "Toutes"), *_codes(every(Benefit).values())],
            "channel": [("", "Tous"), *_codes(every(Channel).values())],
        }
        for name, offered in choices.items():
            offer(self, name, offered)

    def cited(self) -> Cited:
        given = self.cleaned_data
        year = int(given["year"])
        last = self.today.month if year == self.today.year else 12
        return Cited(
            indicator=given["indicator"],
            since=date(year, 1, 1),
            until=date(year, last, 1),
            channel=given["channel"],
            benefit=given["benefit"],
        )


class ProposeForm(Once):
    words = _words("Votre proposition", 2000, "Écrivez ce que vous proposez")
    addressee = _words("À qui", 120, "Dites à qui vous proposez")
    due_on = DateField(label="Réponse attendue le", error_messages={"required": "Indiquez le jour"})

    def proposed(self) -> Proposed:
        return Proposed(**{name: self.cleaned_data[name] for name in ("words", "addressee", "due_on")})


class FollowUpForm(Once):
    outcome = forms.ChoiceField(
        label="Ce qu’est devenue la proposition",
        choices=[(outcome.value, outcome.label) for outcome in FOLLOWED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce qu’elle est devenue"},
    )
    on = DateField(label="Depuis le", error_messages={"required": "Indiquez le jour"})
    words = _words("Ce qui a été fait ou répondu", 1000, "Dites ce qui a été fait ou répondu")
    evidence = _words("Ce qui le montre", 200, "Dites quel document le montre")

    def followed(self) -> Followed:
        given = self.cleaned_data
        return Followed(
            outcome=Outcome(given["outcome"]),
            on=given["on"],
            words=given["words"],
            evidence=given["evidence"],
        )


def _codes(rows: Iterable[Any]) -> Choices:
    return [(row.code, row.label) for row in rows]


def _excerpt(one: Recommendation) -> str:
    words = one.words if len(one.words) <= EXCERPT else f"{one.words[:EXCERPT].rstrip()}…"
    service = every(Service)[one.service].label
    return f"{one.case.reference}, {service}, {short_date(one.made_at.date())}\u00a0: {words}"
