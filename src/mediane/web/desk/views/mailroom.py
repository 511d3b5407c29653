"""The mail tray: what the mailbox of the Caf received, and what becomes of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from mediane.casework.models import Case
from mediane.casework.rules.shown_state import shown_state
from mediane.casework.states import State as CaseState
from mediane.documents import queries as documents
from mediane.journal.actions import record
from mediane.kit import clock
from mediane.mailroom import actions, queries
from mediane.mailroom.models import Mail
from mediane.mailroom.queries import Tab
from mediane.mailroom.states import Nature, Policy, Remark, State, Why
from mediane.organisations.models import Organisation
from mediane.transfers.models import Parcel
from mediane.transfers.queries import parcel_of
from mediane.web.desk import forms_mailroom as forms
from mediane.web.desk.finding import found
from mediane.web.forms import refusals_on, submitted
from mediane.web.request import StaffRequest

TABS = {Tab.WAITING: "À classer", Tab.AUTOMATIC: "Automatiques", Tab.SORTED: "Classés"}
EMPTY = {
    Tab.WAITING: ("Aucun courriel à classer", "Ceux qui arrivent dans la boîte de la Caf se rangent ici."),
    Tab.AUTOMATIC: (
        "Aucun message automatique",
        "Réponses d’absence, courriels non remis et envois en nombre se rangent ici.",
    ),
    Tab.SORTED: ("Aucun courriel classé", "Vous retrouverez ici ce que chacun est devenu."),
}

WHY_CLOSED = {
    CaseState.ANSWERED: "réponse envoyée",
    CaseState.REDIRECTED: "demande réorientée",
    CaseState.INADMISSIBLE: "demande irrecevable",
    CaseState.WITHDRAWN: "demande retirée",
    CaseState.ENDED_BY_LITIGATION: "tribunal saisi",
    CaseState.MERGED: "réuni à une autre demande",
}


@require_http_methods(["GET", "HEAD"])
def tray(request: StaffRequest) -> HttpResponse:
    chosen = request.GET.get("vue", "")
    tab = Tab(chosen) if chosen in set(Tab) else Tab.WAITING
    caf = request.organisation
    counts = queries.counts(caf.pk)
    context = {
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "href": reverse("desk:mailroom") + ("" if one is Tab.WAITING else f"?vue={one}"),
                "count": counts[one],
                "current": one is tab,
            }
            for one, label in TABS.items()
        ],
        "rows": [_row(listed) for listed in queries.tray(caf.pk, tab)],
        "total": counts[tab],
        "most": queries.MOST_SHOWN,
        "empty": EMPTY[tab],
        "sentences": _about_the_mailbox(caf),
    }
    return render(request, "desk/mailroom.html", context)


def _about_the_mailbox(caf: Organisation) -> dict[str, Any]:
    policy = queries.policy_of(caf.pk, clock.today(caf.time_zone))
    collection = None if policy is Policy.ABSENT else queries.collection_of(caf.pk)
    silent = collection is not None and collection.succeeded_at != collection.tried_at
    return {"policy": policy.label, "collection": collection, "is_silent": silent}


def _row(listed: queries.Listed) -> dict[str, Any]:
    mail = listed.mail
    return {
        "mail": mail,
        "words": listed.words,
        "what": _what_became(mail) if mail.state != State.WAITING else _first_thing(mail),
        "is_doubtful": Remark.FORGED in mail.remarks,
    }


def _first_thing(mail: Mail) -> str:
    """What whoever sorts it should know before opening it."""
    if mail.nature != Nature.PERSON:
        return Nature(mail.nature).label
    if mail.remarks:
        return Remark(mail.remarks[0]).label
    if mail.case is None:
        return ""
    if mail.case.state == CaseState.TRANSFERRED:
        return f"Dossier {mail.case.reference} transféré à une autre Caf"
    words = "Dossier proposé" if mail.case.is_open else "Dossier clos proposé"
    return f"{words}\u00a0: {mail.case.reference}"


def _what_became(mail: Mail) -> str:
    if mail.state == State.SET_ASIDE:
        return f"{State.SET_ASIDE.label}\u00a0: {Why(mail.why).label}"
    return f"{State(mail.state).label}\u00a0: {mail.case.reference if mail.case else ''}"


@require_http_methods(["GET", "HEAD"])
def mail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    one = _opened(request, public_id)
    return _page(request, one, forms.Join(initial=_proposal(one)), forms.SetAside(auto_id="aside_%s"))


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Shows whose case it is before anything is joined: in the wrong case, a stranger would read it."""
    one = _opened(request, public_id)
    join = forms.Join(data=request.GET)
    if not join.is_valid():
        return _page(request, one, join, forms.SetAside(auto_id="aside_%s"))
    reference = join.cleaned_data["dossier"]
    try:
        case = found(request, reference)
    except Http404:
        join.add_error("dossier", f"Aucun dossier de votre Caf ne porte la référence {reference}")
        return _page(request, one, join, forms.SetAside(auto_id="aside_%s"))
    form = submitted(forms.Confirm, request)
    if form.is_valid():
        with refusals_on(form):
            actions.attach(mail=one, case=case, by=request.actor, at=clock.now())
            return redirect("desk:case", reference=reference)
    context = {"mail": one, "words": queries.words_of(one), "case": case, "form": form}
    context |= {"state": shown_state(case), "parcel": _parcel(case)}
    return render(request, "desk/mail_attach.html", context)


@require_http_methods(["POST"])
def set_aside(request: StaffRequest, public_id: UUID) -> HttpResponse:
    one = _opened(request, public_id)
    form = submitted(forms.SetAside, request, auto_id="aside_%s")
    if form.is_valid():
        with refusals_on(form):
            actions.set_aside(
                mail=one,
                why=Why(form.cleaned_data["why"]),
                words=form.cleaned_data["words"],
                by=request.actor,
                at=clock.now(),
            )
            following = queries.next_waiting(one)
            return redirect("desk:mail", following) if following else redirect("desk:mailroom")
    return _page(request, one, forms.Join(initial=_proposal(one)), form)


@require_http_methods(["GET", "HEAD"])
def file(request: StaffRequest, public_id: UUID, file_id: UUID) -> HttpResponse:
    one = _opened(request, public_id)
    row = get_object_or_404(one.files.select_related("document__key"), document__public_id=file_id)
    if row.document is None or not documents.may_be_read_by(request.actor, row.document):
        raise Http404
    subject = ("mail", str(one.public_id))
    record(verb="read_document", subject=subject, by=request.actor, at=clock.now(), document=str(file_id))
    response = HttpResponse(documents.content(row.document), content_type=row.document.media_type)
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=row.document.our_name
    )
    response["Cache-Control"] = "no-store"
    return response


def _opened(request: StaffRequest, public_id: UUID) -> Mail:
    try:
        return actions.open_mail(public_id=public_id, by=request.actor, at=clock.now())
    except Mail.DoesNotExist as nowhere:
        raise Http404 from nowhere


def _proposal(one: Mail) -> dict[str, str]:
    is_here = one.case is not None and one.case.state != CaseState.TRANSFERRED
    return {"dossier": one.case.reference} if one.case and is_here else {}


def _parcel(case: Case) -> Parcel | None:
    return parcel_of(case) if case.state == CaseState.TRANSFERRED else None


def _page(request: StaffRequest, one: Mail, join: forms.Join, aside: forms.SetAside) -> HttpResponse:
    context = {
        "mail": one,
        "words": queries.words_of(one),
        "nature": Nature(one.nature).label if one.nature != Nature.PERSON else "",
        "remarks": [Remark(remark).label for remark in one.remarks],
        "became": _what_became(one) if one.state != State.WAITING else "",
        "may_join": one.state in (State.WAITING, State.SET_ASIDE),
        "may_set_aside": one.state == State.WAITING,
        "parcel": _parcel(one.case) if one.case else None,
        "why_closed": WHY_CLOSED.get(CaseState(one.case.state), "") if one.case else "",
        "join": join,
        "aside": aside,
    }
    return render(request, "desk/mail.html", context)
