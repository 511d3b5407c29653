"""The forms of calls and appointments: days and hours by the clock of the Caf."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from mediane.casework.models import Appointment
from mediane.casework.rules.meetings import AFTERWARDS, Meeting, Spoken, why_not_noted, why_not_then
from mediane.casework.states import AppointmentState, CallKind, Way
from mediane.kit.french import at_time
from mediane.web.design.fields import AskedText, DateField
from mediane.web.desk.forms import Gesture
from mediane.web.forms import no_social_security_number, offer

HOUR = re.compile(r"(\d{1,2})(?:\s*[h:]\s*(\d{2})?)?", re.IGNORECASE | re.ASCII)
LONGEST_CALL = 600  # minutes


class HourField(forms.CharField):
    """« 14 h 30 », « 14:30 », « 9h »: read as a time of the day."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, help_text="Par exemple\u00a0: 14\u00a0h\u00a030", **options)

    def clean(self, value: Any) -> time | None:
        text = super().clean(value)
        found = HOUR.fullmatch(" ".join(text.split()))
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError("Écrivez l’heure ainsi\u00a0: 14\u00a0h\u00a030", code="hour")
        return time(int(found[1]), int(found[2] or 0))


class Timed(Gesture):
    """A day and an hour become an instant, in the time zone of the Caf."""

    day = DateField(label="Jour", error_messages={"required": "Indiquez le jour"})
    hour = HourField(label="Heure", error_messages={"required": "Indiquez l’heure"})

    def __init__(self, *args: Any, now: datetime, time_zone: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.now, self.zone = now, ZoneInfo(time_zone)

    @property
    def instant(self) -> datetime | None:
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        return None if day is None or hour is None else datetime.combine(day, hour, self.zone)

    @staticmethod
    def typed(at: datetime, time_zone: str) -> dict[str, date | str]:
        """An instant as the two fields show it."""
        local = at.astimezone(ZoneInfo(time_zone))
        return {"day": local.date(), "hour": at_time(local)}


class NoteCall(Timed):
    field_order = ("version", "kind", "day", "hour", "minutes", "spoke_to", "text", "shared")
    kind = forms.ChoiceField(
        label="Quel appel\u00a0?",
        choices=[(one.value, one.label) for one in (CallKind.MADE, CallKind.RECEIVED, CallKind.TRIED)],
        widget=forms.RadioSelect,
        error_messages={"required": "Dites qui a appelé, ou que personne n’a répondu"},
    )
    spoke_to = forms.CharField(
        label="Avec qui",
        max_length=120,
        help_text="La personne, un proche, un partenaire, un service.",
        error_messages={"required": "Indiquez avec qui", "max_length": "Écrivez 120 caractères au plus"},
    )
    minutes = forms.IntegerField(
        label="Durée en minutes",
        required=False,
        min_value=1,
        max_value=LONGEST_CALL,
        widget=forms.TextInput,
        error_messages={
            "invalid": "Écrivez la durée en chiffres",
            "min_value": "Laissez vide un appel de moins d’une minute",
            "max_value": "Cette durée est trop longue\u00a0: écrivez des minutes",
        },
    )
    text = AskedText(
        label="Ce qui a été dit",
        widget=forms.Textarea,
        max_length=4000,
        validators=[no_social_security_number],
        error_messages={"max_length": "Ce texte est trop long\u00a0: 4\u00a0000 caractères au plus"},
    )
    shared = forms.BooleanField(
        label="La personne le lit aussi dans son espace de suivi",
        help_text="Sans cette case, l’appel reste dans le service.",
        required=False,
    )

    def clean(self) -> None:
        super().clean()
        if self.instant is not None and (reason := why_not_noted(self.instant, self.now)):
            self.add_error("day", reason)
        is_tried = self.cleaned_data.get("kind") == CallKind.TRIED
        if is_tried and self.cleaned_data.get("minutes"):
            self.add_error("minutes", "Personne n’a répondu\u00a0: laissez la durée vide")
        if not is_tried and not self.cleaned_data.get("text") and "text" not in self.errors:
            self.add_error("text", "Écrivez ce qui a été dit")

    def spoken(self) -> Spoken:
        told = self.cleaned_data
        return Spoken(
            kind=CallKind(told["kind"]),
            called_at=datetime.combine(told["day"], told["hour"], self.zone),
            spoke_to=told["spoke_to"],
            minutes=told["minutes"],
            text=told["text"],
            is_shared=told["shared"],
        )


class SetAppointment(Timed):
    field_order = ("version", "way", "day", "hour", "place", "words")
    way = forms.ChoiceField(
        label="Comment\u00a0?",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez comment vous vous parlerez"},
    )
    place = AskedText(
        label="Lieu, numéro ou lien",
        max_length=200,
        help_text="L’adresse et le bureau, le numéro que vous appellerez, ou comment se connecter.",
        error_messages={"max_length": "Ce texte est trop long\u00a0: 200 caractères au plus"},
    )
    words = forms.CharField(
        label="À savoir avant de venir",
        widget=forms.Textarea,
        max_length=500,
        required=False,
        help_text="Ce que la personne apporte ou prépare. Elle le lira.",
        validators=[no_social_security_number],
        error_messages={"max_length": "Ce texte est trop long\u00a0: 500 caractères au plus"},
    )

    def clean(self) -> None:
        super().clean()
        if self.instant is not None and (reason := why_not_then(self.instant, self.now)):
            self.add_error("day", reason)
        missing = {
            Way.DESK: "Indiquez où la personne est attendue",
            Way.PHONE: "Indiquez le numéro que vous appellerez",
            Way.VIDEO: "Indiquez comment se connecter",
        }
        way = self.cleaned_data.get("way")
        if way and not self.cleaned_data.get("place") and "place" not in self.errors:
            self.add_error("place", missing[Way(way)])

    def meeting(self) -> Meeting:
        told = self.cleaned_data
        return Meeting(
            way=Way(told["way"]),
            starts_at=datetime.combine(told["day"], told["hour"], self.zone),
            place=told["place"],
            words=told["words"],
        )

    @classmethod
    def known(cls, appointment: Appointment, time_zone: str) -> dict[str, Any]:
        """What it says now."""
        said = {"way": appointment.way, "place": appointment.place, "words": appointment.words}
        return said | cls.typed(appointment.starts_at, time_zone)


class EndAppointment(Gesture):
    state = forms.ChoiceField(
        label="Qu’en est-il\u00a0?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites ce qu’il en est de ce rendez-vous",
            "invalid_choice": "Ce rendez-vous n’a pas encore eu lieu\u00a0: il peut être annulé",
        },
    )

    def __init__(self, *args: Any, has_begun: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [
            (one.value, one.label)
            for one in AppointmentState
            if one != AppointmentState.PLANNED and (has_begun or one not in AFTERWARDS)
        ]
        offer(self, "state", choices)
