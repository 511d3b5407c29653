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
    on = DateField(label="Ce jour-là", error_messages={"required": "Indiquez le jour"})
    evidence = forms.ChoiceField(
        label="Ce qui le montre",
        choices=Evidence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites ce qui montre ce jour"},
    )
    precision = forms.CharField(
        label="Précision",
        max_length=200,
        required=False,
        validators=[no_social_security_number],
    )
    path = forms.ChoiceField(
        label="Recours que la décision permet", error_messages={"required": "Choisissez le recours"}
    )
    remedies = forms.ChoiceField(
        label="La lettre dit-elle comment et jusqu’à quand contester\u00a0?",
        choices=Remedies.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites si la lettre indique le recours"},
    )
    home = forms.ChoiceField(
        label="Où habite la personne",
        choices=Home.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites où habite la personne"},
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
        if self.data.get("takes_back"):
            for name in {"on", "evidence", *OF_THE_DECISION} & self.fields.keys():
                self.fields[name].required = False
        day = self.fields["on"]
        if isinstance(day, DateField):
            day.not_before, day.not_after = LONG_AGO, today

    def dated(self) -> Dated:
        given = self.cleaned_data
        if given["takes_back"]:
            return Dated(what=self.what, on=None)
        of_the_decision = {name: given[name] for name in OF_THE_DECISION if name in self.fields}
        return Dated(what=self.what, on=given["on"], evidence=given["evidence"], **of_the_decision)
