"""Closed cases that resemble one, and the summary of it that other Cafs may read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework import rights as casework_rights
from mediane.casework.models import Case
from mediane.casework.rules.money import NAMES
from mediane.casework.rules.shown_state import shown_outcome, shown_state
from mediane.catalogue.models import Benefit, Cause, Ground
from mediane.catalogue.queries import every, labels
from mediane.kit import clock
from mediane.kit.french import join
from mediane.precedents import actions, queries, rights
from mediane.precedents.queries import Alike, AlikeElsewhere
from mediane.precedents.rules.likeness import MOST_WORDS_SAID, Likeness, endings
from mediane.web.desk.finding import found
from mediane.web.desk.forms_alike import ReleaseForm, WithdrawForm
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest


@require_http_methods(["GET", "HEAD"])
def alike(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    similar = actions.look_for_similar(case=case, by=request.actor, at=clock.now())
    here = [_shown(one) for one in similar.here]
    context = {
        "case": case,
        "here": here,
        "elsewhere": [_shown_elsewhere(one) for one in similar.elsewhere],
        "is_cut": len(here) == queries.MOST,
        "endings": endings(one["state"] for one in here),
        "may_release": rights.may_release(request.actor, case),
        "released": queries.release_of(case),
    }
    return render(request, "desk/alike.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    casework_rights.require(casework_rights.may_decide(request.actor, case))
    form = submitted(ReleaseForm, request)
    if form.is_valid():
        with refusals_on(form, "words"):
            actions.release(
                case=case,
                words=form.cleaned_data["words"],
                entry_key=form.cleaned_data["entry_key"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:alike", reference=reference)
    context = {
        "case": case,
        "form": form,
        "standing": queries.release_of(case),
        "earlier": [one for one in queries.releases_of(case) if one.withdrawn_at],
        "may": rights.may_release(request.actor, case),
        "codes": _codes(case),
    }
    return render(request, "desk/release.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    standing = queries.release_of(case)
    initial = {"public_id": standing.public_id if standing else None}
    form = submitted(WithdrawForm, request, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            actions.withdraw_release(
                case=case,
                public_id=form.cleaned_data["public_id"],
                because=form.cleaned_data["because"],
                by=request.actor,
                at=clock.now(),
            )
            return redirect("desk:alike", reference=reference)
    return render(request, "desk/withdraw_release.html", {"case": case, "form": form, "standing": standing})


def _shown(one: Alike) -> dict[str, Any]:
    return {
        "case": one.listed,
        "state": shown_state(one.listed, one.listed.outcome or ""),
        "cause": every(Cause)[one.cause].label if one.cause else "",
        "reasons": _reasons(one.likeness, one.words),
        "money": [(NAMES[kind], value) for kind, value in one.money.items()],
    }


def _shown_elsewhere(one: AlikeElsewhere) -> dict[str, Any]:
    return {
        "year": one.precedent.year,
        "words": one.precedent.words,
        "state": shown_outcome(one.precedent.outcome),
        "cause": every(Cause)[one.precedent.cause].label,
        "money": [],
        "reasons": _reasons(one.likeness, one.words),
    }


def _reasons(likeness: Likeness, words: Sequence[str]) -> list[str]:
    """What brings the two together, the surest first."""
    said = []
    if likeness.grounds:
        said.append(f"Même motif\u00a0: {_in_words(labels(Ground, sorted(likeness.grounds)))}")
    if likeness.benefits:
        short = [every(Benefit)[code].short for code in sorted(likeness.benefits)]
        said.append(f"Même prestation\u00a0: {join(short)}")
    if words:
        said.append(f"Mêmes mots\u00a0: {', '.join(words[:MOST_WORDS_SAID])}")
    return said


def _in_words(them: Iterable[str]) -> str:
    return join([word[0].lower() + word[1:] for word in them])


def _codes(case: Case) -> list[tuple[str, str]]:
    """What leaves with the summary, in words."""
    return [
        ("Prestations", join([every(Benefit)[code].short for code in case.benefits])),
        ("Motifs", _in_words(labels(Ground, case.grounds)) or "non précisés"),
        ("Cause retenue", every(Cause)[case.cause].label if case.cause else "non retenue"),
    ]
