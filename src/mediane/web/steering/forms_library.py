"""What is typed of a template."""

from datetime import date
from typing import Any

from django import forms

from mediane.catalogue.models import Benefit, Ground
from mediane.catalogue.queries import every, in_force
from mediane.correspondence.actions import TemplateEdit
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.web.design.fields import AskedDate, AskedText
from mediane.web.forms import Once, no_social_security_number, offer, too_long

NAME, TITLE, BODY, WORD = 120, 160, 12_000, 500


def words(label: str, limit: int, *, area: bool = False, asked: str = "", hint: str = "") -> forms.CharField:
    made = forms.CharField if asked else AskedText
    return made(
        label=label,
        max_length=limit,
        help_text=hint,
        widget=forms.Textarea if area else forms.TextInput,
        validators=[no_social_security_number],
        error_messages={"required": asked, "max_length": too_long(limit)},
    )


class BeginForm(Once):
    kind = forms.ChoiceField(
        label="Sorte de lettre",
        choices=Kind.choices,
        error_messages={"required": "Choisissez la sorte de lettre"},
    )
    name = words(
        "Nom du modèle",
        NAME,
        asked="Donnez un nom à ce modèle",
        hint="Celui que lira qui choisit un modèle, par exemple «\u00a0Trop-perçu expliqué\u00a0».",
    )


class TemplateEditForm(forms.Form):
    is_kept = False  # its editor saves by itself

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    page = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = words("Nom du modèle", NAME, asked="Donnez un nom à ce modèle")
    title = words("Titre de la lettre\u00a0: la réponse, en une phrase", TITLE)
    body = words("Texte", BODY, area=True)
    benefits = forms.MultipleChoiceField(label="Proposé pour ces prestations", required=False)
    grounds = forms.MultipleChoiceField(label="Proposé pour ces motifs", required=False)
    valid_from = AskedDate(label="En vigueur à partir du", required=False)
    valid_until = AskedDate(label="Jusqu’au", required=False)

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "benefits", [(row.code, row.short) for row in in_force(Benefit, today)])
        offer(self, "grounds", [(row.code, row.label) for row in in_force(Ground, today)])

    def edit(self) -> TemplateEdit:
        given = self.cleaned_data
        return TemplateEdit(
            name=given["name"],
            title=given["title"],
            # As typed in any browser: lines are counted alike everywhere.
            body=given["body"].replace("\r\n", "\n"),
            seen_revision=given["revision"],
            benefits=tuple(code for code in every(Benefit) if code in given["benefits"]),
            grounds=tuple(code for code in every(Ground) if code in given["grounds"]),
            valid_from=given["valid_from"],
            valid_until=given["valid_until"],
            edited_in=given["page"],
        )


def as_written(template: LetterTemplate) -> dict[str, Any]:
    names = ("revision", "name", "title", "body", "benefits", "grounds", "valid_from", "valid_until")
    return {name: getattr(template, name) for name in names}


class MoveForm(forms.Form):
    """`revision` is that of the page: what is decided is what was read."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    word = words("Un mot pour qui approuvera", WORD, area=True)

    def said(self) -> dict[str, Any]:
        """What the verb is told."""
        return {"seen_revision": self.cleaned_data["revision"], "word": self.cleaned_data["word"]}


class ApproveForm(MoveForm):
    def said(self) -> dict[str, Any]:
        return {"seen_revision": self.cleaned_data["revision"]}


class ReturnForm(MoveForm):
    word = words(
        "Ce qu’il faut changer",
        WORD,
        area=True,
        asked="Dites ce qu’il faut changer\u00a0: sans cela, l’auteur ne saurait pas quoi reprendre",
    )


class RetireForm(MoveForm):
    word = words("Pourquoi il est retiré", WORD, area=True, asked="Dites pourquoi ce modèle est retiré")

    def said(self) -> dict[str, Any]:
        return {"word": self.cleaned_data["word"]}
