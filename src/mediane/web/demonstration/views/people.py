from dataclasses import dataclass
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mediane.integrations.demonstration import cast as invented
from mediane.integrations.demonstration import following
from mediane.integrations.demonstration.representatives import voices
from mediane.kit import rowsecurity
from mediane.mandates.models import Kind
from mediane.organisations.models import Membership, Organisation
from mediane.organisations.queries import all_cafs
from mediane.people.models import Beneficiary
from mediane.web.demonstration.forms import EnterForm
from mediane.web.request import open_to_all
from mediane.web.signin import arrival, session
from mediane.web.signin.arrival import Audience


@dataclass(frozen=True)
class Card:
    """A person one may be, with the number its button sends."""

    who: int
    name: str
    caf: str
    about: str
    shows: str = ""


@open_to_all
@require_http_methods(["GET", "HEAD"])
def people(request: HttpRequest) -> HttpResponse:
    cafs = all_cafs()
    chosen = next((caf for caf in cafs if caf.code == request.GET.get("caf")), None)
    with rowsecurity.working_for(rowsecurity.signin()):
        page = {
            "suite": arrival.local(request.GET.get("suite", ""), request),
            "people": _people(),
            "representatives": _representatives(),
            "staff": _staff(),
            "cafs": cafs,
            "chosen": chosen,
            "elsewhere": _of(chosen) if chosen else None,
            "posted": following.handed_out(),
        }
    return render(request, "demonstration/people.html", page)


@open_to_all
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    form = EnterForm(request.POST)
    if not form.is_valid():
        raise Http404
    audience = cast(Audience, form.cleaned_data["audience"])
    who: int = form.cleaned_data["who"]
    voice = next((one for number, one in enumerate(voices(), 1) if number == who), None)
    with rowsecurity.working_for(rowsecurity.signin()):
        if audience == "staff":
            members = Membership.objects.select_related("user", "organisation").of_active_users()
            membership = members.filter(pk=who).first()
        else:
            beneficiary = Beneficiary.objects.filter(pk=who).first()
    if audience == "staff" and membership is not None:
        session.sign_in_staff(request, membership)
        kind = membership.as_actor().kind
    elif audience == "representative" and voice is not None:
        session.sign_in_representative(request, email=voice.email, name=voice.name)
        kind = "representative"
    elif audience == "person" and beneficiary is not None:
        session.sign_in_person(request, beneficiary)
        kind = "person"
    else:
        raise Http404
    return redirect(arrival.after(form.cleaned_data["suite"], kind, request))


def _people() -> list[Card]:
    guests = {(guest.organisation, guest.number): guest for guest in invented.people()}
    rows = Beneficiary.objects.select_related("organisation").filter(
        number__in=[number for _, number in guests]
    )
    found = {(row.organisation.code, row.number): row for row in rows}
    return [_person(found[key], guest.shows) for key, guest in guests.items() if key in found]


def _representatives() -> list[Card]:
    """By their place in the cast: the service knows nothing of them but what people say."""
    return [
        Card(number, voice.name, voice.structure or Kind(voice.kind).label, "Représentant", voice.shows)
        for number, voice in enumerate(voices(), 1)
    ]


def _staff() -> list[Card]:
    shows = {colleague.email: colleague.shows for colleague in invented.staff()}
    rows = Membership.objects.select_related("user", "organisation").filter(user__email__in=shows)
    found = {row.user.email: row for row in rows}
    return [_member(found[email], words) for email, words in shows.items() if email in found]


def _of(caf: Organisation) -> tuple[list[Card], list[Card]]:
    """A few people of any Caf, for whoever wants to see one far from the cast."""
    members = (
        Membership.objects.select_related("user", "organisation").filter(organisation=caf).order_by("pk")[:4]
    )
    persons = (
        Beneficiary.objects.select_related("organisation").filter(organisation=caf).order_by("name_key")[:6]
    )
    return [_member(row) for row in members], [_person(row) for row in persons]


def _person(row: Beneficiary, shows: str = "") -> Card:
    return Card(row.pk, row.full_name, row.organisation.name, f"Allocataire n° {row.number}", shows)


def _member(row: Membership, shows: str = "") -> Card:
    title = row.title[:1].upper() + row.title[1:]
    return Card(row.pk, row.user.full_name, row.organisation.name, title, shows)
