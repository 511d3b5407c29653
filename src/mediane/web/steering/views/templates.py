"""One template: its versions, what changed between two of them, and what is decided of one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mediane.correspondence import actions, rights
from mediane.correspondence.models import LetterTemplate
from mediane.correspondence.queries.library import letters_by_version
from mediane.correspondence.rules.differences import around, differences
from mediane.correspondence.rules.shelf import in_force
from mediane.correspondence.states import TemplateState
from mediane.kit import clock
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest
from mediane.web.steering.forms_library import ApproveForm, MoveForm, RetireForm, ReturnForm
from mediane.web.steering.library_found import (
    found,
    found_versions,
    preview,
    require_writer,
    standing,
    still_there,
    too_late,
    whom,
)

SUBMIT, RETURN, RETIRE, APPROVE = "soumettre", "renvoyer", "retirer", "approuver"
FORMS: dict[str, type[MoveForm]] = {
    SUBMIT: MoveForm,
    RETURN: ReturnForm,
    RETIRE: RetireForm,
    APPROVE: ApproveForm,
}
COMPARED = "avec"


@require_safe
def template(request: StaffRequest, code: str) -> HttpResponse:
    """In the version in force, or the newest when none is."""
    versions = found_versions(request, code)
    current = in_force(versions, clock.today(request.organisation.time_zone))
    return _page(request, versions, (current or versions)[0])


@require_safe
def version(request: StaffRequest, code: str, version: int) -> HttpResponse:
    versions = found_versions(request, code)
    return _page(request, versions, found(versions, version))


@require_POST
def begin_version(request: StaffRequest, code: str) -> HttpResponse:
    """From the version in force, or the newest: one is open at a time, and whoever comes second finds it."""
    require_writer(request)
    versions = found_versions(request, code)
    current = in_force(versions, clock.today(request.organisation.time_zone))
    form = forms.Form(data=request.POST)
    form.is_valid()
    with refusals_on(form):
        begun = actions.begin_version(template=(current or versions)[0], by=request.actor, at=clock.now())
        if begun.is_draft:
            return redirect("steering:edit_template", code=code, version=begun.version)
        return redirect("steering:template_version", code=code, version=begun.version)
    return _page(request, found_versions(request, code), versions[0], refused=form)


@require_POST
def submit(request: StaffRequest, code: str, version: int) -> HttpResponse:
    return _decide(request, code, version, SUBMIT, actions.submit_template)


@require_POST
def approve(request: StaffRequest, code: str, version: int) -> HttpResponse:
    return _decide(request, code, version, APPROVE, actions.approve_template)


@require_POST
def send_back(request: StaffRequest, code: str, version: int) -> HttpResponse:
    return _decide(request, code, version, RETURN, actions.return_template)


@require_POST
def retire(request: StaffRequest, code: str, version: int) -> HttpResponse:
    return _decide(request, code, version, RETIRE, actions.retire_template)


@require_POST
def discard(request: StaffRequest, code: str, version: int) -> HttpResponse:
    one = still_there(request, code, version)
    if one is None:
        return redirect("steering:templates")
    form = MoveForm(data=request.POST)
    if form.is_valid():
        seen = form.cleaned_data["revision"]
        with refusals_on(form):
            actions.discard_template(template=one, seen_revision=seen, by=request.actor, at=clock.now())
            return redirect("steering:templates")
    return _again(request, code, version, form)


def _decide(
    request: StaffRequest, code: str, version: int, name: str, verb: Callable[..., None]
) -> HttpResponse:
    one = still_there(request, code, version)
    form = submitted(FORMS[name], request, prefix=name)
    if one is None:
        return too_late(request, code, actions.GONE, [form["word"]])
    if form.is_valid():
        with refusals_on(form):
            verb(template=one, **form.said(), by=request.actor, at=clock.now())
            return redirect("steering:template_version", code=code, version=version)
    return _again(request, code, version, form, name)


def _again(request: StaffRequest, code: str, version: int, form: forms.Form, name: str = "") -> HttpResponse:
    """What was typed stays, and the next try is made on the version as it now is."""
    versions = found_versions(request, code)
    one = found(versions, version)
    if isinstance(form.data, QueryDict):
        form.data = form.data.copy()
        form.data[form.add_prefix("revision")] = str(one.revision)
    return _page(request, versions, one, refused=form, name=name)


def _page(
    request: StaffRequest,
    versions: list[LetterTemplate],
    one: LetterTemplate,
    refused: forms.Form | None = None,
    name: str = "",
) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    current = next(iter(in_force(versions, today)), None)
    letters = letters_by_version(versions)
    before = _compared(request, versions, one)
    known = {key: form(prefix=key, initial={"revision": one.revision}) for key, form in FORMS.items()}
    context: dict[str, Any] = preview(one, request.GET) | {
        "one": one,
        "tag": standing(one, current, today),
        "whom": whom(one),
        "versions": [(row, standing(row, current, today), letters.get(row.pk, 0)) for row in versions],
        "before": before,
        "lines": around(differences(_text(before), _text(one))) if before else (),
        "forms": known | ({name: refused} if name and refused is not None else {}),
        "refused": refused,
        "may_change": rights.may_change(request.actor, one),
        "may_approve": rights.may_approve(request.actor, one),
        "may_copy": rights.may_write_templates(request.actor) and one.approved_at is not None,
        "open": next(
            (row for row in versions if row.state in (TemplateState.DRAFT, TemplateState.SUBMITTED)), None
        ),
        "is_last": versions[0].pk == one.pk,
    }
    return render(request, "steering/template.html", context)


def _compared(
    request: StaffRequest, versions: list[LetterTemplate], one: LetterTemplate
) -> LetterTemplate | None:
    """The version asked for, or the one just before; a copy is compared to what it was copied from."""
    asked = request.GET.get(COMPARED, "")
    for row in versions:
        if str(row.version) == asked and row.pk != one.pk:
            return row
    earlier = (row for row in versions if row.version < one.version)
    return next(earlier, one.copied_from)


def _text(one: LetterTemplate) -> str:
    """Without its empty lines: a paragraph is compared to a paragraph."""
    return "\n".join(line for line in f"{one.title}\n{one.body}".splitlines() if line.strip())
