"""What every form does alike, and no markup: pages write their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django import forms
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest

from mediane.kit.french import number
from mediane.kit.refusal import Refusal
from mediane.referrals.rules import holds_social_security_number

FormType = TypeVar("FormType", bound=forms.Form)
NIR = "Retirez le numéro de sécurité sociale\u00a0: nous n’en avons pas besoin et ne pouvons pas le garder"


class NoMarkup(BaseRenderer):
    """Forms are drawn by the macros of web/design, never by Django."""

    def get_template(self, template_name: str) -> Any:
        raise LookupError(f"{template_name}: draw the field with a macro of web/design")


def submitted(form: type[FormType], request: HttpRequest, **options: Any) -> FormType:
    """The form, bound when it was sent, even without any field."""
    if request.method == "POST":
        return form(data=request.POST, files=request.FILES, **options)
    return form(**options)


def too_long(limit: int) -> str:
    return f"Ce texte est trop long\u00a0: {number(limit)}\u00a0caractères au plus"


def no_social_security_number(text: str) -> None:
    """A validator of texts."""
    if holds_social_security_number(text):
        raise forms.ValidationError(NIR, code="nir")


@contextmanager
def refusals_on(form: forms.Form, field: str | None = None) -> Iterator[None]:
    """Turn an anticipated “no” into an error of the form: nothing typed is lost."""
    try:
        yield
    except Refusal as refusal:
        # Not something to correct: the summary of errors tells it apart.
        form.add_error(field, forms.ValidationError(refusal.sentence, code="refused"))
