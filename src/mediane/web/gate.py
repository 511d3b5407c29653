"""The gate: finds who is asking, tells the database, and closes every door not declared open."""

from collections.abc import Callable
from urllib.parse import quote, urlsplit
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import ResolverMatch, reverse

from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.mandates import queries as mandates
from mediane.mandates.models import Mandate
from mediane.organisations import queries as organisations
from mediane.organisations.models import OF_A_SERVICE, Role
from mediane.people import queries as people

PERSON = "beneficiary"
REPRESENTATIVE = "representative"
MEMBER = "member"
SIGN_IN_OF = {
    "citizen": "signin:person",
    "representative": "signin:representative",
    "desk": "signin:staff",
    "service": "signin:staff",
    "steering": "signin:staff",
}
AUDIENCE_OF = {
    "citizen": ("person", "mandate"),
    "representative": ("representative",),
    "desk": ("staff",),
    "service": ("service",),
    "steering": ("staff", "head", "national"),
}
# Of a Caf, without being of its mediation: what they reach is their own.
OF_THEIR_OWN = (Role.HEAD, *OF_A_SERVICE)
OF_MEMBERS = ("/bureau/", "/pilotage/", "/services/")
# Where one chooses whom to act for: nothing is done there for anybody.
OF_REPRESENTATIVES = "/representer/"


def who_is_asking(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor, request.organisation, request.beneficiary = None, None, None  # type: ignore[attr-defined]
        request.mandate, request.has_ended = None, False  # type: ignore[attr-defined]
        _recognise(request)
        response = get_response(request)
        if request.actor is not None:  # type: ignore[attr-defined]
            # On a shared computer, « Back » after signing out shows nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def check_the_door(request: HttpRequest, view: Callable, args: list, kwargs: dict) -> HttpResponse | None:
        if getattr(view, "is_open_to_all", False):
            return None
        match: ResolverMatch | None = request.resolver_match
        room = match.namespace if match else ""
        if room not in AUDIENCE_OF:
            raise Http404
        actor: Actor | None = request.actor  # type: ignore[attr-defined]
        if actor is not None and actor.kind in AUDIENCE_OF[room]:
            return None if _is_still_for_them(request) else _not_for_them(request)
        if actor is not None and actor.kind == "representative" and room == "citizen":
            return _not_for_them(request)
        if actor is not None and (
            actor.kind in ("head", "national", "service") or (actor.kind == "staff" and room == "service")
        ):
            # Signing in again as the same person would lead here again.
            raise PermissionDenied
        return redirect(f"{reverse(SIGN_IN_OF[room])}?suite={quote(_come_back_to(request))}")

    middleware.process_view = check_the_door  # type: ignore[attr-defined]
    return middleware


def _come_back_to(request: HttpRequest) -> str:
    """The page asked for; where something was sent, the page it was written on, that says it may be lost."""
    if request.method != "POST":
        return request.get_full_path()
    written_on = urlsplit(request.headers.get("Referer", ""))
    if written_on.netloc == request.get_host():
        # What takes a sending only has no page of its own.
        path, query = written_on.path, QueryDict(written_on.query, mutable=True)
    else:
        path, query = request.path, request.GET.copy()
    query["perdu"] = "1"
    return f"{path}?{query.urlencode()}"


def _recognise(request: HttpRequest) -> None:
    if request.path.startswith(OF_MEMBERS):
        _recognise_staff(request)
    else:
        _recognise_person(request)


def _recognise_staff(request: HttpRequest) -> None:
    held = request.session.get(MEMBER)
    if held is None:
        rowsecurity.set_for_transaction(rowsecurity.public())
        return
    user_id, organisation_id = held
    organisation = organisations.by_id(organisation_id)
    rowsecurity.set_for_transaction(organisation.context())
    membership = organisations.membership_of(user_id, organisation_id)
    if membership is None:
        # The right ended: so does the session, from this very request.
        request.session.flush()
        rowsecurity.set_for_transaction(rowsecurity.public())
        return
    if membership.role in OF_THEIR_OWN:
        rowsecurity.set_for_transaction(membership.context())
    request.organisation = organisation  # type: ignore[attr-defined]
    request.actor = membership.as_actor()  # type: ignore[attr-defined]


def _recognise_person(request: HttpRequest) -> None:
    if REPRESENTATIVE in request.session:
        _recognise_representative(request)
        return
    beneficiary_id = request.session.get(PERSON)
    if beneficiary_id is None:
        rowsecurity.set_for_transaction(rowsecurity.public())
        return
    rowsecurity.set_for_transaction(rowsecurity.person(beneficiary_id))
    beneficiary = people.beneficiary(beneficiary_id)
    if beneficiary is not None and beneficiary.merged_into_id is not None:
        # Somebody of the service found that two accounts are of one person: she has one space.
        rowsecurity.set_for_transaction(rowsecurity.person(beneficiary.merged_into_id))
        beneficiary = people.beneficiary(beneficiary.merged_into_id)
    if beneficiary is None:
        request.session.flush()
        rowsecurity.set_for_transaction(rowsecurity.public())
        return
    request.beneficiary = beneficiary  # type: ignore[attr-defined]
    request.organisation = organisations.by_id(beneficiary.organisation_id)  # type: ignore[attr-defined]
    beneficiary.organisation = request.organisation  # type: ignore[attr-defined]
    request.actor = beneficiary.as_actor()  # type: ignore[attr-defined]


def act_under(request: HttpRequest, mandate: Mandate) -> None:
    """From the next request on, for this person."""
    account, _ = request.session[REPRESENTATIVE]
    request.session[REPRESENTATIVE] = [account, mandate.pk]


def _recognise_representative(request: HttpRequest) -> None:
    """The session holds an account and a mandate by their numbers: what they open is read again each time."""
    account, mandate_id = request.session[REPRESENTATIVE]
    request.actor = Actor("representative", 0, "", 0)  # type: ignore[attr-defined]
    rowsecurity.set_for_transaction(rowsecurity.representative(UUID(account)))
    if mandate_id is None or request.path.startswith(OF_REPRESENTATIVES):
        return
    mandate = mandates.running(mandate_id, is_written=request.method == "POST")
    if mandate is None:
        # It ended: so does what it opened, from this very request.
        request.session[REPRESENTATIVE] = [account, None]
        request.has_ended = True  # type: ignore[attr-defined]
        return
    rowsecurity.set_for_transaction(rowsecurity.acting(mandate.pk))
    request.mandate, request.beneficiary = mandate, mandate.beneficiary  # type: ignore[attr-defined]
    request.organisation = organisations.by_id(mandate.organisation_id)  # type: ignore[attr-defined]
    mandate.beneficiary.organisation = request.organisation  # type: ignore[attr-defined]
    request.actor = mandate.as_actor()  # type: ignore[attr-defined]


def _is_still_for_them(request: HttpRequest) -> bool:
    """Whether a page sent was written for the person one acts for now: two tabs, two people."""
    mandate: Mandate | None = request.mandate  # type: ignore[attr-defined]
    if mandate is None or request.method != "POST":
        return True
    return request.POST.get("mandate") == str(mandate.public_id)


def _not_for_them(request: HttpRequest) -> HttpResponse:
    """Nothing is done. What was written is shown once more, to be copied."""
    mandate: Mandate | None = request.mandate  # type: ignore[attr-defined]
    if request.method != "POST" and not request.has_ended:  # type: ignore[attr-defined]
        return redirect("representative:people")
    sent = [text.strip() for _, texts in request.POST.lists() for text in texts]
    # Words, and not the codes that go with them.
    words = {"typed": [text for text in sent if " " in text], "is_another": mandate is not None}
    return render(request, "representative/ended.html", words, status=403)
