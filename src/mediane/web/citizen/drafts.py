"""The request being written, given to the pages that fill it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpResponse
from django.shortcuts import redirect

from mediane.kit import clock
from mediane.organisations.queries import is_online
from mediane.referrals.models import Referral
from mediane.web.citizen.accounts import draft_under_way
from mediane.web.request import PersonRequest

Rest = ParamSpec("Rest")


def with_draft(
    view: Callable[Concatenate[PersonRequest, Referral, Rest], HttpResponse],
) -> Callable[Concatenate[PersonRequest, Rest], HttpResponse]:
    """Give the view the draft under way; without one, the follow-up space says what was sent."""

    @wraps(view)
    def given(request: PersonRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not is_online(request.organisation, clock.today(request.organisation.time_zone)):
            return redirect("citizen:caf", code=request.organisation.code)
        draft = draft_under_way(request)
        if draft is None:
            return redirect("citizen:space")
        draft.organisation, draft.beneficiary = request.organisation, request.beneficiary
        return view(request, draft, *args, **kwargs)

    return cast(Callable[Concatenate[PersonRequest, Rest], HttpResponse], given)
