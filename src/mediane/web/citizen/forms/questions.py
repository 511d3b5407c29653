"""The test, one question a page. Each form knows the answers it gives."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from mediane.eligibility.rules import Answers, Question, Subject, UrgencyReason
from mediane.web.design.fields import DateField

YES_OR_NO = [("oui", "Oui"), ("non", "Non")]
NO_URGENCY = "aucune"


def yes_or_no(label: str, **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Répondez par oui ou par non",
            "invalid_choice": "Répondez par oui ou par non",
        },
        **options,
    )


class QuestionForm(forms.Form):
    """A question with its hint, what each choice means, and a term explained."""

    hints: ClassVar[dict[str, str]] = {}
    term: ClassVar[tuple[str, str] | None] = None

    def __init__(self, *, answers: Answers, today: date, **options: Any) -> None:
        super().__init__(initial=self.kept(answers), **options)
        self.answers, self.today = answers, today

    @property
    def question(self) -> forms.BoundField:
        return self[next(iter(self.fields))]

    def kept(self, answers: Answers) -> dict[str, Any]:
        raise NotImplementedError

    def given(self) -> Answers:
        raise NotImplementedError


class YesNoForm(QuestionForm):
    """The only field bears the name of its answer."""

    def kept(self, answers: Answers) -> dict[str, Any]:
        name = next(iter(self.base_fields))
        return {name: {True: "oui", False: "non", None: ""}[getattr(answers, name)]}

    def given(self) -> Answers:
        name = next(iter(self.fields))
        return replace(self.answers, **{name: self.cleaned_data[name] == "oui"})


class AboutCafForm(YesNoForm):
    about_caf = yes_or_no(
        "Votre désaccord concerne-t-il la Caf ?",
        help_text="Une décision, un paiement, un remboursement ou l’accueil de votre Caf.",
    )
    hints: ClassVar = {"non": "La MSA, France Travail, l’assurance maladie, les impôts, la MDPH…"}


class SubjectForm(QuestionForm):
    subject = forms.ChoiceField(
        label="De quoi s’agit-il ?",
        choices=[
            (Subject.INDIVIDUAL_BENEFIT, "Une prestation que je reçois ou que je demande"),
            (Subject.SERVICE_QUALITY, "L’accueil, l’information ou les délais de la Caf"),
            (Subject.FAMILY_CONFLICT, "Un conflit avec un proche"),
            (Subject.PARTNER_FUNDING, "Une subvention à une association ou à une structure"),
            (Subject.PERSONAL_DATA, "Mes données personnelles"),
            (Subject.OTHER, "Autre chose"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites de quoi il s’agit", "invalid_choice": "Choisissez dans la liste"},
    )
    hints: ClassVar = {
        Subject.INDIVIDUAL_BENEFIT: "Aide au logement, RSA, prime d’activité, allocations, trop-perçu…",
        Subject.FAMILY_CONFLICT: "Une séparation, la garde d’un enfant, une pension entre parents.",
        Subject.PERSONAL_DATA: "Les consulter, les corriger ou les faire effacer.",
    }

    def kept(self, answers: Answers) -> dict[str, Any]:
        return {"subject": answers.subject or ""}

    def given(self) -> Answers:
        return replace(self.answers, subject=Subject(self.cleaned_data["subject"]))


class AnswerForm(QuestionForm):
    was_answered = yes_or_no(
        "La Caf a-t-elle répondu à votre réclamation ?",
        help_text="Un message automatique qui dit « bien reçu » n’est pas une réponse.",
    )
    answered_on = DateField(
        label="Date de la réponse", help_text="Si elle a répondu. Une date approchée suffit.", required=False
    )

    def kept(self, answers: Answers) -> dict[str, Any]:
        was_answered = {True: "oui", False: "non", None: ""}[answers.was_answered]
        return {"was_answered": was_answered, "answered_on": answers.answered_on}

    def clean_answered_on(self) -> date | None:
        on: date | None = self.cleaned_data["answered_on"]
        if on is None or self.cleaned_data.get("was_answered") != "oui":
            return None
        if on > self.today:
            raise ValidationError("Cette date est dans le futur : indiquez une date passée", code="too_late")
        if self.answers.complained_on is not None and on < self.answers.complained_on:
            raise ValidationError("La réponse ne peut pas venir avant votre réclamation", code="too_early")
        return on

    def given(self) -> Answers:
        was_answered = self.cleaned_data["was_answered"] == "oui"
        return replace(self.answers, was_answered=was_answered, answered_on=self.cleaned_data["answered_on"])


class CraForm(YesNoForm):
    cra_pending = yes_or_no(
        "La commission de recours amiable étudie-t-elle déjà ce désaccord ?",
        help_text="Votre réponse ne vous empêche pas de continuer : elle aide à organiser le travail.",
    )
    term = (
        "Qu’est-ce que la commission de recours amiable ?",
        "Un groupe de personnes, à la Caf, qui réexamine une décision quand vous la contestez par écrit. "
        "Elle étudie aussi les demandes de remise de dette. L’adresse est au dos de la décision.",
    )


class CourtForm(YesNoForm):
    before_a_court = yes_or_no(
        "Avez-vous saisi un tribunal de cette affaire ?",
        help_text="Le tribunal judiciaire ou le tribunal administratif, pour la même décision de la Caf.",
    )


class AlreadyAskedForm(YesNoForm):
    already_asked = yes_or_no(
        "Avez-vous déjà demandé une médiation sur ce sujet ?",
        help_text="Vous pouvez continuer dans tous les cas.",
    )


class UrgencyForm(QuestionForm):
    urgency = forms.MultipleChoiceField(
        label="Êtes-vous dans une de ces situations ?",
        help_text="Si oui, votre demande sera lue en premier. Cochez une ou plusieurs cases.",
        choices=[
            (UrgencyReason.NO_INCOME, "Je n’ai plus de ressources"),
            (UrgencyReason.EVICTION, "Je risque d’être expulsé de mon logement"),
            (UrgencyReason.NO_FOOD, "Je n’ai pas de quoi manger"),
            (NO_URGENCY, "Aucune de ces situations"),
        ],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Cochez une situation, ou « Aucune de ces situations »",
            "invalid_choice": "Choisissez dans la liste",
        },
    )

    def kept(self, answers: Answers) -> dict[str, Any]:
        if answers.is_urgent is False:
            return {"urgency": [NO_URGENCY]}
        return {"urgency": list(answers.urgency_reasons)}

    def clean_urgency(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["urgency"]
        if NO_URGENCY in ticked and len(ticked) > 1:
            raise ValidationError("Décochez « Aucune de ces situations », ou les autres cases")
        return ticked

    def given(self) -> Answers:
        reasons = tuple(UrgencyReason(code) for code in self.cleaned_data["urgency"] if code != NO_URGENCY)
        return replace(self.answers, is_urgent=bool(reasons), urgency_reasons=reasons)


FORMS: dict[Question, type[QuestionForm]] = {
    Question.ABOUT_CAF: AboutCafForm,
    Question.SUBJECT: SubjectForm,
    Question.ANSWER: AnswerForm,
    Question.CRA: CraForm,
    Question.COURT: CourtForm,
    Question.ALREADY_ASKED: AlreadyAskedForm,
    Question.URGENCY: UrgencyForm,
}
