"""Admissibility, redirection, end by a court, withdrawal: each decision leaves with its letter."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.appeals.rules.law import policy_on
from mediane.casework import actions as casework
from mediane.casework import rights
from mediane.casework.models import Admissibility, Case
from mediane.casework.queries.orientation import proposals
from mediane.casework.states import Verdict
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.correspondence import actions as correspondence
from mediane.correspondence.actions import LetterText, Ruling
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.correspondence.queries import reach_of, template_for, text_for, values_of
from mediane.correspondence.rules.merging import merge
from mediane.kit import clock
from mediane.web.desk.finding import found
from mediane.web.desk.forms_decisions import (
    ADMISSIBLE,
    INADMISSIBLE,
    REDIRECTED,
    AdmissibilityForm,
    LitigationForm,
    WithdrawalForm,
)
from mediane.web.desk.telling import told_of_cancelled, told_of_letter
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

KINDS = {ADMISSIBLE: Kind.ADMISSIBLE, INADMISSIBLE: Kind.INADMISSIBLE, REDIRECTED: Kind.REDIRECTED}
# Known only once decided: left in the text, and merged with the choice made.
BY_RULING = (
    *("motif", "demarche", "organisme_competent", "role_de_l_organisme", "joindre_l_organisme"),
    *("transmission", "date_tribunal"),
)


@require_http_methods(["GET", "POST"])
def admissibility(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    today = clock.today(request.organisation.time_zone)
    templates = {verdict: template_for(case, kind, today) for verdict, kind in KINDS.items()}
    may_decide = rights.may_decide(request.actor, case) and case.admissible_on is None
    chosen = "" if may_decide else REDIRECTED
    initial = texts_of(case, templates, today) | {"notified_on": today, "agreed_on": today, "verdict": chosen}
    proposed = proposals(case, today)
    form = submitted(AdmissibilityForm, request, case=case, today=today, proposals=proposed, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            _decide(request, case, form.cleaned_data, templates)
            return redirect("desk:case", reference=reference)
        case = found(request, reference)
    decided = Admissibility.objects.filter(case=case).order_by("rank").last()
    stands = decided is not None and decided.verdict == Verdict.ADMISSIBLE
    context = _page(request, form, case) | {
        "goes": told_of_letter(case),
        "templates": templates,
        "decided": decided if stands else None,
        "may_decide": may_decide and not stands,
        "proposals": [(one, every(Body)[one.body], reach_of(case, one.body)) for one in proposed],
        "complaint": case.referral.complaint,
        "answers": case.referral.check_passed.answers
        if case.referral.check_passed
        else case.referral.answers,
        "earlier": Case.objects.filter(beneficiary=case.beneficiary_id).exclude(pk=case.pk).count(),
        "effect": policy_on(today),
        "cancelled": told_of_cancelled(case, clock.now()),
    }
    return render(request, "desk/decision.html", context)


@require_http_methods(["GET", "POST"])
def litigation(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    today = clock.today(request.organisation.time_zone)
    template = template_for(case, Kind.LITIGATION, today)
    initial = {"letter": texts_of(case, {"letter": template}, today)["letter"]}
    form = submitted(LitigationForm, request, today=today, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        ruling = Ruling(
            seized_on=given["seized_on"], evidence=given["evidence"], seen_version=given["version"]
        )
        letter = LetterText(template, given["letter"])
        with refusals_on(form):
            correspondence.end_by_litigation(
                case=case, ruling=ruling, letter=letter, by=request.actor, at=clock.now()
            )
            return redirect("desk:case", reference=reference)
        case = found(request, reference)
    cancelled = told_of_cancelled(case, clock.now())
    context = _page(request, form, case) | {
        "template": template,
        "cancelled": cancelled,
        "goes": told_of_letter(case),
    }
    return render(request, "desk/decision_litigation.html", context)


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    form = submitted(WithdrawalForm, request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            casework.withdraw(case=case, by=request.actor, at=clock.now())
            return redirect("desk:case", reference=reference)
        case = found(request, reference)
    context = {"case": case, "form": form, "cancelled": told_of_cancelled(case, clock.now())}
    return render(request, "desk/decision_withdraw.html", context)


def _decide(
    request: StaffRequest, case: Case, given: dict[str, Any], templates: dict[str, LetterTemplate]
) -> None:
    verdict = given["verdict"]
    decide = {
        ADMISSIBLE: correspondence.decide_admissible,
        INADMISSIBLE: correspondence.decide_inadmissible,
        REDIRECTED: correspondence.redirect,
    }[verdict]
    ruling = Ruling(
        reason={INADMISSIBLE: given["reason"], REDIRECTED: given["scope_reason"]}.get(verdict, ""),
        body=given["body"] if verdict == REDIRECTED else "",
        agreed_on=given["agreed_on"] if verdict == REDIRECTED and given["agreed"] else None,
        notified_on=given["notified_on"],
        seen_version=given["version"],
    )
    letter = LetterText(templates[verdict], given[verdict])
    decide(case=case, ruling=ruling, letter=letter, by=request.actor, at=clock.now())


def texts_of(case: Case, templates: dict[str, LetterTemplate], today: date) -> dict[str, str]:
    values = values_of(case, today)
    texts = {key: text_for(template, case) for key, template in templates.items()}
    return {key: merge(text, values, later=BY_RULING).text for key, text in texts.items()}


def _page(request: StaffRequest, form: forms.Form, case: Case) -> dict[str, Any]:
    """The version shown is refreshed by a refusal alone: what one was told is what one has seen."""
    kept = request.method == "POST" and not form.non_field_errors()
    return {"case": case, "form": form, "version": form["version"].value() if kept else case.version}
