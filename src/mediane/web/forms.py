"""What every form does alike, and no markup: pages write their own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import uuid4

from django import forms
from django.forms.renderers import BaseRenderer
from django.http import HttpRequest, QueryDict

from mediane.kit.french import number
from mediane.kit.once import AlreadySent
from mediane.kit.refusal import Refusal
from mediane.referrals.rules import holds_social_security_number
from mediane.web.keeping import resume

Choices = Sequence[tuple[Any, Any]]  # a value and its words, or a group and its own
FormType = TypeVar("FormType", bound=forms.Form)
NIR = "Retirez le numéro de sécurité sociale\u00a0: nous n’en avons pas besoin et ne pouvons pas le garder"


class NoMarkup(BaseRenderer):
    """Forms are drawn by the macros of web/design, never by Django."""

    def get_template(self, template_name: str) -> Any:
        raise LookupError(f"{template_name}: draw the field with a macro of web/design")


class Once(forms.Form):
    """A page that writes something: its key, so that sent twice it writes once."""

    entry_key = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        initial=uuid4,
        error_messages={"invalid": "Cette page était incomplète\u00a0: enregistrez de nouveau"},
    )

    def full_clean(self) -> None:
        super().full_clean()
        if "entry_key" in self.errors:
            self.renew()

    def renew(self) -> None:
        """The next try is something else."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data[self.add_prefix("entry_key")] = str(uuid4())


def submitted(form: type[FormType], request: HttpRequest, **options: Any) -> FormType:
    """The form, bound when it was sent, even without any field; its long texts are kept as they are typed."""
    if request.method == "POST":
        made = form(data=request.POST, files=request.FILES, **options)
    else:
        made = form(**options)
    resume(made, request)
    return made


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """What a field lets choose, where it is known only when the page is asked for."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice")
    field.choices = choices


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
        if isinstance(refusal, AlreadySent) and isinstance(form, Once):
            form.renew()
        # Not something to correct: the summary of errors tells it apart.
        form.add_error(field, forms.ValidationError(refusal.sentence, code="refused"))
