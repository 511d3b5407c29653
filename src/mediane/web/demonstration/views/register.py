from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mediane.casework.rules.register_facts import ADMISSIBLE, CLOSING, REGISTERED
from mediane.complaints.rules import RegisterUnavailable
from mediane.integrations.crm.local import Content, Entry, LocalRegister
from mediane.integrations.demonstration import cast
from mediane.web.demonstration.forms import ComplaintForm
from mediane.web.forms import submitted
from mediane.web.request import open_to_all

WORDS = {REGISTERED: "Enregistrée", ADMISSIBLE: "Recevable", CLOSING: "Close"}


@open_to_all
@require_http_methods(["GET", "HEAD"])
def register(request: HttpRequest) -> HttpResponse:
    content, is_damaged = Content(), False
    try:
        content = LocalRegister().read()
    except RegisterUnavailable:
        is_damaged = True
    page = {
        "complaints": sorted(content.complaints, key=lambda entry: entry.made_on, reverse=True),
        "facts": sorted(content.facts, key=lambda fact: fact.on, reverse=True)[:50],
        "names": dict(_people()),
        "words": WORDS,
        "is_damaged": is_damaged,
    }
    return render(request, "demonstration/register.html", page)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, entry_id: str) -> HttpResponse:
    return _edit(request, _find(entry_id))


@open_to_all
@require_POST
def remove(request: HttpRequest, entry_id: str) -> HttpResponse:
    with suppress(RegisterUnavailable):
        # The page one comes back to says that it does not answer.
        LocalRegister().remove(entry_id)
    return redirect("demonstration:register")


def _edit(request: HttpRequest, entry: Entry | None) -> HttpResponse:
    form = submitted(ComplaintForm, request, people=_people(entry), entry=entry)
    if form.is_valid():
        try:
            LocalRegister().keep(form.as_entry())
        except RegisterUnavailable:
            form.add_error(None, "La GRC ne répond pas : son fichier ne se lit plus.")
        else:
            return redirect("demonstration:register")
    return render(request, "demonstration/complaint.html", {"form": form, "entry": entry})


def _find(entry_id: str) -> Entry:
    try:
        entries = LocalRegister().read().complaints
    except RegisterUnavailable as error:
        raise Http404 from error
    for entry in entries:
        if entry.id == entry_id:
            return entry
    raise Http404


def _people(also: Entry | None = None) -> list[tuple[str, str]]:
    """The people of the cast, and the one an entry is already about."""
    known = {
        f"{guest.organisation}-{guest.number}": f"{guest.name}, n° {guest.number} ({guest.organisation})"
        for guest in cast.people()
    }
    if also is not None:
        known.setdefault(
            f"{also.organisation_code}-{also.number}", f"n° {also.number} ({also.organisation_code})"
        )
    return list(known.items())
