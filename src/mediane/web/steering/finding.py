"""The one way to a draft: asked of the national mediation, unknown once thrown away."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from mediane.eligibility import rights
from mediane.eligibility.models import EligibilityPolicy
from mediane.web.request import StaffRequest


def require_national(request: StaffRequest) -> None:
    if not rights.may_set_policies(request.actor):
        raise PermissionDenied


def found(request: StaffRequest, draft_id: int) -> EligibilityPolicy:
    """A draft, or what somebody else has just published of it: the verb will say so."""
    require_national(request)
    draft = EligibilityPolicy.objects.filter(pk=draft_id).first()
    if draft is None or (not draft.is_draft and request.method != "POST"):
        raise Http404
    return draft
