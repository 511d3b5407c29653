"""How a letter left, what became of it, and what is done about one that came back."""

from datetime import date
from typing import Any

from django import forms

from mediane.casework.actions import Leaving
from mediane.casework.models import Posting
from mediane.casework.rules import dispatch
from mediane.casework.states import NUMBERED, Fate, Paper, Postage, Retold
from mediane.web.design.fields import DateField
from mediane.web.forms import offer

NO_NUMBER = "Une lettre simple n’a pas de numéro\u00a0: effacez-le, ou choisissez un autre envoi"
RETELLING = {
    Retold.PRINTED: "Imprimer la lettre de nouveau, pour une autre adresse",
    Retold.CALLED: "La personne a été prévenue de vive voix",
    Retold.NOTHING: "Il n’y a rien de plus à faire",
}


class LeavingForm(forms.Form):
    postage = forms.ChoiceField(
        label="Comment part-elle\u00a0?",
        choices=Postage.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites comment la lettre part",
            "invalid_choice": "Choisissez un envoi de la liste",
        },
    )
    on = DateField(label="Partie le", error_messages={"required": "Indiquez le jour du départ"})
    # Longer than any number: what is typed wrong is told in our words.
    number = forms.CharField(label="Numéro de suivi", max_length=60, required=False)

    def __init__(self, *args: Any, received_on: date, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        day = self.fields["on"]
        if isinstance(day, DateField):
            day.not_before, day.not_after = received_on, today

    def clean_number(self) -> str:
        return dispatch.tidy(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        postage, number = given.get("postage"), given.get("number", "")
        if postage in NUMBERED and not number:
            self.add_error("number", "Indiquez le numéro, imprimé sur le bordereau ou l’étiquette")
        elif postage in NUMBERED and (fault := dispatch.fault(number)):
            self.add_error("number", fault)
        elif postage == Postage.SIMPLE and number:
            self.add_error("number", NO_NUMBER)
        return given

    def leaving(self) -> Leaving:
        given = self.cleaned_data
        return Leaving(postage=Postage(given["postage"]), on=given["on"], number=given["number"])


class FateForm(forms.Form):
    fate = forms.ChoiceField(
        label="Qu’est-elle devenue\u00a0?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites ce que la lettre est devenue",
            "invalid_choice": "Choisissez une réponse de la liste",
        },
    )
    on = DateField(label="Ce jour-là", error_messages={"required": "Indiquez le jour"})

    def __init__(self, *args: Any, posting: Posting, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        is_registered = posting.postage == Postage.REGISTERED
        offer(self, "fate", [one for one in Fate.choices if is_registered or one[0] != Fate.SIGNED])
        day = self.fields["on"]
        if isinstance(day, DateField):
            day.not_before, day.not_after = posting.sent_on, today


class RetellForm(forms.Form):
    how = forms.ChoiceField(
        label="Que faites-vous\u00a0?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites ce que vous faites",
            "invalid_choice": "Choisissez une réponse de la liste",
        },
    )

    def __init__(self, *args: Any, posting: Posting, **options: Any) -> None:
        super().__init__(*args, **options)
        # Whoever wrote about somebody is written to anew, from the page that asks for their address.
        to_the_person = posting.kind != Paper.SENDER
        ways = [one for one in Retold if to_the_person or one != Retold.PRINTED]
        offer(self, "how", [(one.value, RETELLING[one]) for one in ways])
