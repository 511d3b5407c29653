from django import forms

LONGEST = 200


class Search(forms.Form):
    q = forms.CharField(
        label="Chercher un dossier",
        max_length=LONGEST,
        help_text="Une référence, un numéro allocataire, un nom, ou quelques mots du dossier.",
        error_messages={
            "max_length": "Votre recherche compte %(show_value)d\u00a0caractères\u00a0: "
            "gardez-en %(limit_value)d au plus"
        },
    )
