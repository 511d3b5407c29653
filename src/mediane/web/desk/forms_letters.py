"""What goes with a letter, ticked on the page where it is written."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from mediane.correspondence.rules.enclosed import Ticked


class PublicIds(forms.Field):
    """Public identifiers, each in a box of its own; what was never offered is refused."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> tuple[UUID, ...]:
        try:
            return tuple(UUID(one) for sent in value or () for one in str(sent).split())
        except ValueError as strange:
            raise ValidationError("Un document coché n’existe pas\u00a0: relisez la liste.") from strange


def ticked_on(form: forms.Form) -> Ticked | None:
    """As it was sent: what is refused stays ticked on the page."""
    try:
        mine, seen, up = (
            form.fields[name].clean(form[name].value()) for name in ("enclosures", "base_enclosures", "up")
        )
    except ValidationError:
        return None
    return Ticked(mine, seen, next(iter(up), None))
