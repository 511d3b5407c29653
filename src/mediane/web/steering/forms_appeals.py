"""The word of an organisation on showing the computed date."""

from django import forms

from mediane.web.forms import no_social_security_number, too_long

SHOW, HIDE = "montrer", "cacher"
LONGEST = 300


class SignOffForm(forms.Form):
    rank = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    choice = forms.ChoiceField(
        label="Ce que voient les personnes dans leur espace de suivi",
        choices=[(SHOW, "La date, son explication, et «\u00a0à vérifier\u00a0»"), (HIDE, "Rien")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez ce que voient les personnes",
            "invalid_choice": "Choisissez ce que voient les personnes",
        },
    )
    words = forms.CharField(
        label="Sur quel avis",
        help_text="Qui a vérifié les règles, et quand. Gardé dans l’historique.",
        max_length=LONGEST,
        validators=[no_social_security_number],
        error_messages={"required": "Dites sur quel avis", "max_length": too_long(LONGEST)},
    )
