"""The form of a day that the period for appeal depends on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from mediane.appeals.actions import LONG_AGO, Dated
from mediane.appeals.rules.law import PATHS, paths_for
from mediane.appeals.states import Evidence, Home, Remedies, What
from mediane.web.design.fields import DateField
from mediane.web.desk.forms import Gesture
from mediane.web.forms import Once, no_social_security_number, offer

OF_THE_DECISION = ("path", "remedies", "home")


class AppealEventForm(Once, Gesture):
    rank = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = DateField(label="Ce jour-là", required=False)
    evidence = forms.ChoiceField(
        label="Ce qui le montre", choices=Evidence.choices, widget=forms.RadioSelect, required=False
    )
    precision = forms.CharField(
        label="Précision",
        max_length=200,
        required=False,
        validators=[no_social_security_number],
    )
    path = forms.ChoiceField(label="Recours que la décision permet", required=False)
    remedies = forms.ChoiceField(
        label="La lettre dit-elle comment et jusqu’à quand contester\u00a0?",
        choices=Remedies.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    home = forms.ChoiceField(
        label="Où habite la personne", choices=Home.choices, widget=forms.RadioSelect, required=False
    )
    takes_back = forms.BooleanField(label="Ce jour ne devait pas être noté\u00a0: le retirer", required=False)

    def __init__(self, *args: Any, what: What, benefits: Sequence[str], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.what = what
        if what != What.DECISION:
            for name in OF_THE_DECISION:
                del self.fields[name]
        else:
            usual = paths_for(benefits)
            others = [(path.code, path.label) for path in PATHS if path not in usual]
            mine = [(path.code, path.label) for path in usual]
            groups = [("Selon les prestations de ce dossier", mine), ("Autres recours", others)]
            offer(self, "path", [("", "Choisissez"), *groups])
        day = self.fields["on"]
        if isinstance(day, DateField):
            day.not_before, day.not_after = LONG_AGO, today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("takes_back"):
            return given
        wanted = {
            "on": "Indiquez le jour",
            "evidence": "Dites ce qui montre ce jour",
            "path": "Choisissez le recours",
            "remedies": "Dites si la lettre indique le recours",
            "home": "Dites où habite la personne",
        }
        for name, sentence in wanted.items():
            if name in self.fields and name not in self.errors and not given.get(name):
                self.add_error(name, forms.ValidationError(sentence, code="required"))
        return given

    def dated(self) -> Dated:
        given = self.cleaned_data
        if given["takes_back"]:
            return Dated(what=self.what, on=None)
        of_the_decision = {name: given[name] for name in OF_THE_DECISION if name in self.fields}
        return Dated(what=self.what, on=given["on"], evidence=given["evidence"], **of_the_decision)
