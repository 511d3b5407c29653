from contextlib import suppress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mediane.complaints.rules import Fact
from mediane.integrations.crm.store import FILE, Content, Damaged, Entry, Mood, Store
from mediane.integrations.demonstration import cast
from mediane.web.demonstration.forms import ComplaintForm, MoodForm
from mediane.web.forms import submitted
from mediane.web.request import open_to_all

WORDS = {
    Fact.REGISTERED: "Enregistrée",
    Fact.ADMISSIBLE: "Recevable",
    Fact.INADMISSIBLE: "Irrecevable",
    Fact.CLOSED: "Close",
    Fact.REOPENED: "Reprise",
}


@open_to_all
@require_http_methods(["GET", "HEAD"])
def register(request: HttpRequest) -> HttpResponse:
    content, is_damaged = Content(), False
    try:
        content = _store().read()
    except Damaged:
        is_damaged = True
    page = {
        "complaints": sorted(content.complaints, key=lambda entry: entry.made_on, reverse=True),
        # The last told first: after an outage, that is not the order of their dates.
        "facts": content.facts[::-1][:50],
        "mood": MoodForm(initial={"mood": content.mood}),
        "is_well": content.mood is Mood.WELL,
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
    with suppress(Damaged):
        # The page one comes back to says that it does not answer.
        _store().remove(entry_id)
    return redirect("demonstration:register")


@open_to_all
@require_POST
def behave(request: HttpRequest) -> HttpResponse:
    """Make the register fail, to see what becomes of everything that needs it."""
    form = MoodForm(data=request.POST)
    if form.is_valid():
        with suppress(Damaged):
            _store().behave(Mood(form.cleaned_data["mood"]))
    return redirect("demonstration:register")


def _store() -> Store:
    """The file of the reference CRM: its own process answers the rest of the house."""
    return Store(settings.DATA / FILE)


def _edit(request: HttpRequest, entry: Entry | None) -> HttpResponse:
    form = submitted(ComplaintForm, request, people=_people(entry), entry=entry)
    if form.is_valid():
        try:
            _store().keep(form.as_entry())
        except Damaged:
            form.add_error(None, "La GRC ne répond pas : son fichier ne se lit plus.")
        else:
            return redirect("demonstration:register")
    return render(request, "demonstration/complaint.html", {"form": form, "entry": entry})


def _find(entry_id: str) -> Entry:
    try:
        entries = _store().read().complaints
    except Damaged as error:
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
