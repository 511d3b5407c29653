"""Keeping a list under a name; choosing columns and keys."""

from django import forms

from mediane.web.forms import NoMarkup, Once, no_social_security_number, too_long

MOST = 60
INCOMPLETE = "Cette page était incomplète\u00a0: rouvrez-la"


class ViewForm(Once):
    default_renderer = NoMarkup
    name = forms.CharField(
        label="Nom de la vue",
        max_length=MOST,
        validators=[no_social_security_number],
        error_messages={"required": "Donnez un nom à cette vue", "max_length": too_long(MOST)},
    )
    audience = forms.ChoiceField(
        label="Pour qui",
        choices=[("moi", "Pour moi"), ("service", "Pour tout le service")],
        initial="moi",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites pour qui est cette vue",
            "invalid_choice": "Choisissez l’une des deux réponses",
        },
    )

    def clean_name(self) -> str:
        return " ".join(str(self.cleaned_data["name"]).split())


class ChangeForm(ViewForm):
    version = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=1,
        max_value=2**31 - 1,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), INCOMPLETE),
    )
