"""The forms of questions to services and bodies. `seen` is the version of the question on the screen."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from mediane.catalogue.models import Body, Service
from mediane.catalogue.queries import in_force
from mediane.consultations.actions import Asked, NotedAnswer
from mediane.consultations.models import Consultation
from mediane.consultations.states import NOTED, Heard
from mediane.documents.models import Document
from mediane.documents.rules import ANNOUNCEMENT
from mediane.kit.french import weight
from mediane.web.design.fields import DateField
from mediane.web.desk.forms import Gesture
from mediane.web.forms import Once, no_social_security_number, offer, too_long
from mediane.web.forms_files import ManyFilesField

SERVICE, BODY = "service", "organisme"
LONGEST = 4000


class AskService(Gesture, Once):
    to = forms.ChoiceField(
        label="À qui",
        error_messages={"required": "Choisissez à qui poser la question"},
    )
    question = forms.CharField(
        label="Votre question",
        widget=forms.Textarea,
        max_length=LONGEST,
        validators=[no_social_security_number],
        error_messages={"required": "Écrivez votre question", "max_length": too_long(LONGEST)},
    )
    due_on = DateField(
        label="Réponse attendue le",
        error_messages={"required": "Indiquez jusqu’à quand le service peut répondre"},
    )
    is_named = forms.BooleanField(
        label="Dire de qui il s’agit\u00a0: nom et numéro allocataire", required=False
    )
    shared = forms.MultipleChoiceField(
        label="Documents à transmettre",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={
            "invalid_choice": "Un document choisi n’est plus dans le dossier\u00a0: relisez la liste"
        },
    )

    def __init__(self, *args: Any, offered: Sequence[Document], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        services = [(f"{SERVICE}.{row.code}", row.label) for row in in_force(Service, today)]
        bodies = [(f"{BODY}.{row.code}", row.label) for row in in_force(Body, today)]
        offer(self, "to", [("", "Choisir"), ("Services de la Caf", services), ("Autres organismes", bodies)])
        offer(
            self,
            "shared",
            [(str(file.public_id), f"{file.shown_name}, {weight(file.size)}") for file in offered],
        )

    def asked(self) -> Asked:
        given = self.cleaned_data
        kind, _, code = given["to"].partition(".")
        return Asked(
            service=code if kind == SERVICE else "",
            body=code if kind == BODY else "",
            question=given["question"],
            due_on=given["due_on"],
            is_named=given["is_named"],
            shared=[UUID(one) for one in given["shared"]],
        )


class OnConsultation(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def sees(self, consultation: Consultation) -> None:
        """After a refusal: what was typed stays, and the next try is made on the question as it now is."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["seen"] = str(
                Consultation.objects.values_list("version", flat=True).get(pk=consultation.pk)
            )


class ChangeDue(OnConsultation):
    due_on = DateField(label="Réponse attendue le", error_messages={"required": "Indiquez la nouvelle date"})


class NoteConsultation(OnConsultation):
    heard = forms.ChoiceField(
        label="Comment la réponse est-elle arrivée\u00a0?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in NOTED],
        error_messages={"required": "Dites comment la réponse est arrivée"},
    )
    text = forms.CharField(
        label="La réponse",
        widget=forms.Textarea,
        max_length=LONGEST,
        validators=[no_social_security_number],
        error_messages={"required": "Écrivez la réponse", "max_length": too_long(LONGEST)},
    )
    joined = ManyFilesField(
        label="Fichiers reçus", required=False, allow_empty_file=True, help_text=ANNOUNCEMENT
    )

    def said(self) -> NotedAnswer:
        given = self.cleaned_data
        files = [(file.name or "", file.read()) for file in given["joined"]]
        return NotedAnswer(heard=Heard(given["heard"]), text=given["text"], files=files)
