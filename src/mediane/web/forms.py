"""The two gestures of every form, and no markup: pages write their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django import forms
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest

from mediane.kit.refusal import Refusal

FormType = TypeVar("FormType", bound=forms.Form)


class NoMarkup(BaseRenderer):
    """Forms are drawn by the macros of web/design, never by Django."""

    def get_template(self, template_name: str) -> Any:
        raise LookupError(f"{template_name}: draw the field with a macro of web/design")


def submitted(form: type[FormType], request: HttpRequest, **options: Any) -> FormType:
    """The form, bound when it was sent, even without any field."""
    if request.method == "POST":
        return form(data=request.POST, files=request.FILES, **options)
    return form(**options)


@contextmanager
def refusals_on(form: forms.Form, field: str | None = None) -> Iterator[None]:
    """Turn an anticipated “no” into an error of the form: nothing typed is lost."""
    try:
        yield
    except Refusal as refusal:
        # Not something to correct: the summary of errors tells it apart.
        form.add_error(field, forms.ValidationError(refusal.sentence, code="refused"))
