"""« Comment vous joindre »: what holds today for all one’s requests, and saying it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mediane.casework import actions, rights
from mediane.casework.queries.reaching import Word, read_wishes, said_of, words_among
from mediane.kit import clock, rowsecurity
from mediane.people.models import Beneficiary
from mediane.referrals.rules import Wish
from mediane.web.citizen.accounts import other_accounts
from mediane.web.citizen.told_reach import sentences
from mediane.web.forms import refusals_on, submitted
from mediane.web.forms_reach import SayAgain
from mediane.web.request import PersonRequest

DONE = "note"


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: PersonRequest) -> HttpResponse:
    person, at = request.beneficiary, clock.now()
    rights.require(rights.may_say_how_to_reach(request.actor, person.pk))
    others = other_accounts(request)
    holds, last = _holds(person, others)
    form = _form(request, holds, at)
    if form.is_valid():
        with refusals_on(form):
            said = actions.Said(contact=form.contact(), **form.wishes(), seen_at=form.cleaned_data["seen_at"])
            actions.say_how_to_reach(
                person=person, others=[one.pk for one in others], said=said, by=request.actor, at=at
            )
            return redirect(f"{reverse('citizen:reach')}?{DONE}=1")
        form.reads_again()
    context: dict[str, Any] = {
        "form": form,
        "holds": sentences(holds),
        "is_secret": holds.is_secret,
        "unshown": form.unshown,
        "last": last,
        "is_noted": DONE in request.GET and last is not None,
    }
    return render(request, "citizen/reach.html", context)


def _form(request: PersonRequest, holds: Wish, at: datetime) -> SayAgain:
    """Somebody else may look at this screen: a place kept secret is not on it."""
    return submitted(SayAgain, request, holds=holds, now=at, hides_places=holds.is_secret)


def _holds(person: Beneficiary, others: Sequence[Beneficiary]) -> tuple[Wish, Word | None]:
    """From each of her accounts, what was said there; and her last word."""
    said: list[dict[str, Any]] = []
    for account in (person, *others):
        with rowsecurity.working_for(rowsecurity.person(account.pk)):
            said += said_of(person=account.pk)
    return read_wishes(person, None, said), next(iter(words_among(said)), None)
