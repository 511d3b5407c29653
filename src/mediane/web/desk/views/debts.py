"""An overpayment explained: its table, typed or pasted, what it says, and the letter that carries it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mediane.casework import rights
from mediane.casework.models import Case
from mediane.correspondence.actions import join_explanation as join
from mediane.correspondence.queries import draft_reply_of
from mediane.correspondence.queries.annex import annex_of
from mediane.debts import actions
from mediane.debts.queries import Written, as_read, written_for
from mediane.debts.rules.kept import Typed
from mediane.debts.rules.overpayment import difference_words
from mediane.debts.rules.typed import Fault, Row, Unread, read_amount
from mediane.kit import clock
from mediane.kit.french import at_time, count
from mediane.web.design.overpayment import shown
from mediane.web.desk.finding import found
from mediane.web.desk.forms_debts import ExplanationForm, JoinForm, known
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

# Rows left to write in, at the end of a table; more at its beginning.
MORE, FIRST = 3, 6


@dataclass(frozen=True)
class ShownRow:
    rank: int
    row: Row
    difference: str
    wrong: dict[str, str]


@require_http_methods(["GET", "HEAD", "POST"])
def explain(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    today = clock.today(case.organisation.time_zone)
    saved = written_for(case, today)
    form = submitted(ExplanationForm, request, case=case, initial=known(saved))
    if form.is_valid():
        with refusals_on(form):
            _save(request, case, form, form.typed())
            return redirect("desk:explain", reference=reference)
        saved = written_for(case, today)
    written = as_read(saved.explanation, Typed(form.written()), today) if form.is_bound else saved
    return render(request, "desk/explanation.html", _page(case, form, saved, written))


@require_POST
def save_explanation(request: StaffRequest, reference: str) -> HttpResponse:
    """What the page saves by itself: answers with the sentence to show. A sheet is not read yet."""
    case = found(request, reference)
    form = ExplanationForm(data=request.POST, case=case)
    form.is_valid()
    if {"version", "page"} <= form.cleaned_data.keys():
        with refusals_on(form):
            typed = form.typed(with_sheet=False)
            _save(request, case, form, typed)
            return HttpResponse(_saved(case, typed), content_type="text/plain")
    refusal = " ".join(map(str, form.non_field_errors())) or "Pas encore enregistré."
    return HttpResponse(f"{refusal} Vos lignes restent sur cette page.", content_type="text/plain")


@require_http_methods(["GET", "HEAD", "POST"])
def join_explanation(request: StaffRequest, reference: str) -> HttpResponse:
    """Tick, and the reply carries the table as it is now."""
    case = found(request, reference)
    rights.require(rights.may_work_on(request.actor, case))
    written = written_for(case, clock.today(case.organisation.time_zone))
    letter = draft_reply_of(case)
    if letter is None:
        return render(request, "desk/explanation_join.html", {"case": case, "letter": None, "form": None})
    letter.case = case
    initial = {"version": letter.version, "is_joined": letter.annex is not None or written.explained}
    form = submitted(JoinForm, request, initial=initial)
    if form.is_valid() and form.cleaned_data["is_joined"] and written.explained is None:
        form.add_error("is_joined", "Le tableau n’est pas prêt\u00a0: corrigez-le, ou décochez.")
    if form.is_valid():
        wanted = written.explained if form.cleaned_data["is_joined"] else None
        seen = form.cleaned_data["version"]
        with refusals_on(form):
            join(letter=letter, joined=wanted, seen_version=seen, by=request.actor, at=clock.now())
            return redirect("desk:reply", reference=reference)
        letter = draft_reply_of(case) or letter
        letter.case = case
    joined = annex_of(letter)
    context = {
        "case": case,
        "letter": letter,
        "form": form,
        "version": letter.version,
        "written": written,
        "shown": shown(written.explained),
        "joined": joined,
        "is_outdated": joined is not None
        and (written.explained is None or joined.table != written.explained.table),
    }
    return render(request, "desk/explanation_join.html", context)


def _save(request: StaffRequest, case: Case, form: ExplanationForm, typed: Typed) -> None:
    given = form.cleaned_data
    actions.save_explanation(
        case=case,
        typed=typed,
        seen_version=given["version"],
        edited_in=given["page"],
        by=request.actor,
        at=clock.now(),
    )


def _saved(case: Case, typed: Typed) -> str:
    now = clock.now().astimezone(ZoneInfo(case.organisation.time_zone))
    faults = as_read(None, typed, now.date()).faults
    left = f", {count(len(faults), 'point', 'points')} à corriger" if faults else ""
    return f"Enregistré à {at_time(now)}{left}"


def _page(case: Case, form: ExplanationForm, saved: Written, written: Written) -> dict[str, Any]:
    refused = bool(form.non_field_errors())
    fresh = refused or not form.is_bound
    return {
        "case": case,
        "form": form,
        "saved": saved,
        "rows": _rows(written.typed.rows, written.faults),
        "faults": written.faults,
        "shown": shown(written.explained),
        "version": saved.version if fresh else form["version"].value(),
        "page": (form["page"].value() if form.is_bound else None) or uuid.uuid4(),
        "theirs": saved.typed.rows if refused and saved.version else None,
    }


def _rows(rows: Sequence[Row], faults: Sequence[Fault]) -> list[ShownRow]:
    wrong = {
        rank: {fault.column: fault.sentence for fault in told}
        for rank, told in groupby(faults, key=lambda fault: fault.rank)
    }
    blank = [Row()] * (MORE if rows else FIRST)
    return [
        ShownRow(rank, row, _difference(row), wrong.get(rank, {}))
        for rank, row in enumerate([*rows, *blank], 1)
    ]


def _difference(row: Row) -> str:
    try:
        return difference_words(read_amount(row.paid) - read_amount(row.due))
    except Unread:
        return ""
