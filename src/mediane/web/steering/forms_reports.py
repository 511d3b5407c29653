"""What is typed of an annual report."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mediane.reports.actions import Written
from mediane.reports.states import Progress
from mediane.web.design.fields import DateField
from mediane.web.forms import Once, no_social_security_number, offer, too_long

TEXT, TITLE = 20_000, 160


def typed(
    label: str, limit: int, *, area: bool = False, required: bool = True, asked: str = "", hint: str = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        help_text=hint,
        widget=forms.Textarea if area else forms.TextInput,
        validators=[no_social_security_number],
        error_messages={"required": asked, "max_length": too_long(limit)},
    )


class YearForm(forms.Form):
    year = forms.IntegerField(
        label="Année du rapport",
        error_messages={"required": "Écrivez l’année", "invalid": "Écrivez l’année en chiffres, comme 2026"},
    )


class ChapterForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    title = typed(
        "Titre",
        TITLE,
        required=False,
        hint="Dites ce que montrent les chiffres. Vide, le titre proposé est gardé.",
    )
    text = typed(
        "Votre texte",
        TEXT,
        area=True,
        required=False,
        hint="Une ligne vide sépare deux paragraphes. « - » commence une liste, « # » un titre, "
        "et **deux étoiles** entourent des mots en gras.",
    )
    is_drafted = forms.BooleanField(
        label="Garder les phrases proposées à partir des chiffres", required=False
    )
    findings = forms.TypedMultipleChoiceField(
        label="Constats racontés dans ce rapport",
        coerce=int,
        required=False,
        help_text="Décochez ceux que l’édition publique n’a pas à dire.",
        error_messages={"invalid_choice": "Choisissez des constats de la liste"},
    )
    progress = forms.ChoiceField(
        label="Avancement",
        choices=Progress.choices,
        error_messages={"required": "Dites où en est ce chapitre"},
    )

    def __init__(self, *args: Any, known: Sequence[tuple[int, str]] = (), **options: Any) -> None:
        """`known` are the findings that may be told: none but in the chapter that tells them."""
        super().__init__(*args, **options)
        if known:
            offer(self, "findings", known)
        else:
            del self.fields["findings"]

    def written(self) -> Written:
        given = self.cleaned_data
        return Written(
            title=given["title"],
            text=given["text"],
            is_drafted=given["is_drafted"],
            progress=Progress(given["progress"]),
            findings=tuple(given["findings"]) if "findings" in given else None,
        )


class HighlightForm(Once):
    happened_on = DateField(label="Date")
    title = typed("Titre du temps fort", TITLE, asked="Donnez un titre à ce temps fort")
    words = typed("En quelques phrases", 2000, area=True, required=False)


class QuoteForm(Once):
    words = typed("Citation", 1000, area=True, asked="Écrivez la citation")
    who = typed(
        "Qui parle", TITLE, asked="Dites qui parle", hint="Nom et fonction, avec l’accord de la personne."
    )


class PictureForm(forms.Form):
    file = forms.FileField(
        label="Image", error_messages={"required": "Choisissez une image", "empty": "Ce fichier est vide"}
    )
    alternative = typed(
        "Ce que montre l’image",
        400,
        asked="Dites ce que montre l’image\u00a0: tout le monde ne la voit pas",
        hint="Lu à voix haute à qui ne voit pas l’image.",
    )
    caption = typed("Légende", 200, required=False)

    def clean(self) -> dict[str, Any]:
        """A browser gives no file back: said at once rather than found missing at the next try."""
        if self.errors and "file" in self.cleaned_data:
            self.add_error("file", "Choisissez l’image de nouveau\u00a0: elle n’est gardée qu’avec ses mots")
        return self.cleaned_data


class CorrectForm(forms.Form):
    because = typed(
        "Ce que cette version corrige",
        300,
        asked="Dites ce que cette version corrige",
        hint="Écrit sur la couverture de la nouvelle version.",
    )
