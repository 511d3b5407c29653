"""Fields of our own: a date typed in three boxes, several files, and what may be asked for or not."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


class Typed(NamedTuple):
    """The three boxes as typed."""

    day: str = ""
    month: str = ""
    year: str = ""


class DateWidget(forms.Widget):
    """Three inputs: day, month, year. Drawn by the `date_field` macro."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(*(str(data.get(f"{name}_{part}") or "").strip() for part in Typed._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in Typed._fields)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_day" if id_ else ""

    @staticmethod
    def typed(value: date | Typed | None) -> Typed:
        if isinstance(value, Typed):
            return value
        if value is None:
            return Typed()
        return Typed(str(value.day), str(value.month), str(value.year))


class DateField(forms.Field):
    """A date in three boxes. Error codes: required, day, month, year, unreal, too_early, too_late."""

    widget = DateWidget
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Indiquez la date",
        "too_early": "Cette date est trop ancienne",
        "too_late": "Cette date est dans le futur : indiquez une date passée",
    }

    def __init__(
        self,
        *,
        not_before: date | Callable[[], date] | None = None,
        not_after: date | Callable[[], date] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.not_before = not_before
        self.not_after = not_after

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = value if isinstance(value, Typed) else Typed(*value)
        return read_date(typed) if any(typed) else None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.not_before is not None and value < _day(self.not_before):
            raise ValidationError(self.error_messages["too_early"], code="too_early")
        if self.not_after is not None and value > _day(self.not_after):
            raise ValidationError(self.error_messages["too_late"], code="too_late")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.widget.typed(initial) != self.widget.typed(data)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class Asked(forms.Field):
    """Part of what is asked for, so never shown as optional; another field says whether it is needed."""

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class AskedText(Asked, forms.CharField):
    pass


class AskedChoice(Asked, forms.ChoiceField):
    pass


class AskedChoices(Asked, forms.MultipleChoiceField):
    pass


class AskedDate(Asked, DateField):
    pass


def read_date(typed: Typed) -> date:
    """The date of the three boxes, or a ValidationError that says which box to correct."""
    _refuse_missing(typed)
    if not (_is_number(typed.year) and len(typed.year) == 4 and int(typed.year) > 0):
        raise ValidationError("Indiquez l’année sur quatre chiffres", code="year")
    month = _month(typed.month)
    if month is None:
        raise ValidationError("Le mois va de 1 à 12", code="month")
    if not (_is_number(typed.day) and len(typed.day) <= 2 and 1 <= int(typed.day) <= 31):
        raise ValidationError("Le jour va de 1 à 31", code="day")
    day, year = int(typed.day), int(typed.year)
    try:
        return date(year, month, day)
    except ValueError as unreal:
        # Only 29 February depends on the year.
        of_year = f" {year}" if (day, month) == (29, 2) else ""
        sentence = f"Le {day} {MONTHS[month - 1]}{of_year} n’existe pas"
        raise ValidationError(sentence, code="unreal") from unreal


def _refuse_missing(typed: Typed) -> None:
    words = {"day": "le jour", "month": "le mois", "year": "l’année"}
    missing = [part for part in Typed._fields if not getattr(typed, part)]
    if missing:
        sentence = "Indiquez " + " et ".join(words[part] for part in missing)
        raise ValidationError(sentence, code=missing[0])


def _month(text: str) -> int | None:
    if _is_number(text):
        return int(text) if len(text) <= 2 and 1 <= int(text) <= 12 else None
    word = _plain(text).rstrip(".")
    found = [number for number, name in enumerate(MONTHS, 1) if _plain(name).startswith(word)]
    return found[0] if len(word) >= 3 and len(found) == 1 else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _day(limit: date | Callable[[], date]) -> date:
    return limit() if callable(limit) else limit
