"""How to reach a person, noted by the service on her word."""

from typing import Any

from django import forms

from mediane.casework.states import Heard
from mediane.web.desk.forms import Gesture
from mediane.web.forms import no_social_security_number, too_long
from mediane.web.forms_reach import SayAgain

LABELS = {
    "channel": "Comment la joindre sans risque\u00a0?",
    "receipt_by_email": "Lui envoyer aussi l’accusé complet par courriel",
    "no_letters": "Aucune lettre par la poste",
    "hours": "Quand l’appeler, et quand ne pas l’appeler",
    "keep_secret": "Adresse secrète, contact protégé",
}
HINTS = {
    "receipt_by_email": "Il contient son nom. Ne cochez pas si quelqu’un d’autre lit ses courriels.",
    "no_letters": "Elle lira nos lettres dans son espace de suivi, et nulle part ailleurs.",
    "keep_secret": "Son adresse n’est donnée à personne, pas même à un proche ou à un autre organisme.",
}


class SayHowToReach(SayAgain, Gesture):
    heard = forms.ChoiceField(
        label="Comment l’a-t-elle dit\u00a0?",
        choices=[(one.value, one.label) for one in Heard if one != Heard.ONLINE],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites comment la personne vous l’a dit"},
    )
    note = forms.CharField(
        label="Ce qu’elle a dit",
        widget=forms.Textarea,
        max_length=500,
        help_text="En une phrase, et comment vous avez su que c’était elle. Le service seul le lit.",
        validators=[no_social_security_number],
        error_messages={"required": "Écrivez ce que la personne a dit", "max_length": too_long(500)},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in LABELS.items():
            self.fields[name].label = label
        for name, hint in HINTS.items():
            self.fields[name].help_text = hint
        self.fields["channel"].error_messages["required"] = "Dites où nous pouvons lui écrire"
