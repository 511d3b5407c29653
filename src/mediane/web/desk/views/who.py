"""Who is who: people who may be one, and how a person was reached over time."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.actions import part_people
from mediane.casework.queries.near_cases import cases_by_account, safe_contacts
from mediane.casework.queries.reaching import said_of, words_among
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.people import actions as people_actions
from mediane.people.models import Beneficiary, Likeness
from mediane.people.queries import aliases_of, history_of, opinions, proposals
from mediane.people.states import Verdict
from mediane.web.desk.finding import found
from mediane.web.desk.forms_near import Opinion
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

FIRST, SECOND = "first", "second"


@require_http_methods(["GET", "HEAD"])
def people(request: StaffRequest) -> HttpResponse:
    waiting = proposals(request.organisation.pk, Verdict.WAITING)
    together = proposals(request.organisation.pk, Verdict.SAME)
    shown = {str(pk) for one in (*waiting, *together) for pk in (one.first_id, one.second_id)}
    record(
        verb="search",
        subject=("people", "alike"),
        by=request.actor,
        at=clock.now(),
        count=str(len(shown)),
        shown=" ".join(sorted(shown)),
    )
    return render(request, "desk/people.html", {"waiting": waiting, "together": together})


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: StaffRequest, pk: int) -> HttpResponse:
    said = _opinions(request, pk)
    form = _form(request, said[0])
    if form.is_valid():
        with refusals_on(form):
            seen = next((one for one in said if one.pk == form.cleaned_data["seen"]), said[0])
            _decide(request, seen, form.cleaned_data["opinion"])
            return redirect("desk:people")
        said = opinions(pk)
        form.sees(said[0].pk)
    standing = said[0]
    cases = cases_by_account([standing.first_id, standing.second_id])
    context = {
        "form": form,
        "said": said,
        "standing": standing,
        "sides": [_side(one, cases, standing) for one in (standing.first, standing.second)],
        "together": standing.verdict == Verdict.SAME,
    }
    return render(request, "desk/pair.html", context)


@require_http_methods(["GET", "HEAD"])
def contacts(request: StaffRequest, reference: str) -> HttpResponse:
    case = found(request, reference)
    person = case.beneficiary.known
    accounts = [person, *aliases_of(person.pk)]
    context = {
        "case": case,
        "accounts": accounts,
        "details": history_of([one.pk for one in accounts]),
        "protected": safe_contacts([one.pk for one in accounts]),
        "words": words_among(said_of(person=person.pk)),
    }
    return render(request, "desk/contacts.html", context)


def _opinions(request: StaffRequest, pk: int) -> list[Likeness]:
    """What was said of the pair, its reading journaled for both people."""
    said = opinions(pk)
    if not said:
        raise Http404
    for person in (said[0].first_id, said[0].second_id):
        record(
            verb="compare_people",
            subject=("person", str(person)),
            by=request.actor,
            at=clock.now(),
            beneficiary_id=person,
        )
    return said


def _form(request: StaffRequest, standing: Likeness) -> Opinion:
    keeping = "Une seule personne, connue comme {name}, n°\u00a0{number}"
    choices = [
        (side, keeping.format(name=one.full_name, number=one.number))
        for side, one in ((FIRST, standing.first), (SECOND, standing.second))
    ]
    apart = (Verdict.APART.value, "Deux personnes différentes")
    if standing.verdict == Verdict.SAME:
        choices, apart = [], (Verdict.APART.value, "Les séparer de nouveau")
    return submitted(Opinion, request, choices=[*choices, apart], initial={"seen": standing.pk})


def _decide(request: StaffRequest, likeness: Likeness, opinion: str) -> None:
    at = clock.now()
    if opinion == Verdict.APART:
        part_people(likeness=likeness, by=request.actor, at=at)
        return
    keep = likeness.first_id if opinion == FIRST else likeness.second_id
    people_actions.merge_people(likeness=likeness, keep=keep, by=request.actor, at=at)


def _side(one: Beneficiary, cases: dict[int, list[str]], standing: Likeness) -> dict[str, Any]:
    return {"person": one, "cases": cases.get(one.pk, []), "is_alias": one.pk in standing.moved}
