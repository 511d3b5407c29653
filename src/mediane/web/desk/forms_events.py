"""The form of an event: three things to say, two that may come later."""

from collections.abc import Sequence
from typing import Any

from django import forms

from mediane.catalogue.models import EventKind
from mediane.events.actions import Told
from mediane.events.models import Event
from mediane.web.design.fields import DateField
from mediane.web.forms import Once, no_social_security_number, offer, too_long


class EventForm(Once):
    # That of the page, which is also that of its errors.
    field_order = ("title", "on", "kind", "with_whom", "outcome")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    on = DateField(label="Date", error_messages={"required": "Indiquez la date de l’événement"})
    kind = forms.ChoiceField(
        label="Genre",
        error_messages={"required": "Choisissez un genre", "invalid_choice": "Choisissez un genre"},
    )
    title = forms.CharField(
        label="Titre",
        max_length=120,
        validators=[no_social_security_number],
        error_messages={"required": "Donnez un titre à l’événement", "max_length": too_long(120)},
    )
    with_whom = forms.CharField(
        label="Avec qui",
        max_length=200,
        required=False,
        validators=[no_social_security_number],
        error_messages={"max_length": too_long(200)},
    )
    outcome = forms.CharField(
        label="Ce qui en est sorti",
        max_length=1000,
        required=False,
        widget=forms.Textarea,
        validators=[no_social_security_number],
        error_messages={"max_length": too_long(1000)},
    )

    def __init__(self, *args: Any, kinds: Sequence[EventKind], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(row.code, row.label) for row in kinds]
        offer(self, "kind", [("", "Choisissez"), *offered])

    @staticmethod
    def known(event: Event) -> dict[str, Any]:
        names = ("version", "on", "kind", "title", "with_whom", "outcome")
        return {name: getattr(event, name) for name in names}

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(**{name: given[name] for name in ("on", "kind", "title", "with_whom", "outcome")})


class RemoveEventForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
