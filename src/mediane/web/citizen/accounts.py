"""The accounts of one person: her own, then those somebody of the service found to be hers too."""

from collections.abc import Iterator

from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from mediane.people.queries import aliases_of
from mediane.referrals.models import Referral
from mediane.referrals.queries import draft_of
from mediane.web.request import PersonRequest


def other_accounts(request: PersonRequest) -> list[Beneficiary]:
    """Whoever acts under a mandate acts for one account only."""
    if request.actor.kind != "person":
        return []
    aliases = aliases_of(request.beneficiary.pk)
    for alias in aliases:
        alias.organisation = request.organisation
    return aliases


def as_each_account(request: PersonRequest) -> Iterator[Actor]:
    """One account after the other: the request, and row-level security, go on as the last one given."""
    yield request.actor
    for alias in other_accounts(request):
        rowsecurity.set_for_transaction(rowsecurity.person(alias.pk))
        request.beneficiary, request.actor = alias, alias.as_actor()
        yield request.actor


def draft_under_way(request: PersonRequest) -> Referral | None:
    """The request being written: her own; else one begun on another account, gone on with as that one."""
    own = request.beneficiary, request.actor
    for _ in as_each_account(request):
        if (draft := draft_of(request.beneficiary)) is not None:
            return draft
    if request.actor != own[1]:
        rowsecurity.set_for_transaction(rowsecurity.person(own[0].pk))
        request.beneficiary, request.actor = own
    return None
