"""The one way into a case from the desk: what is read is journaled, what is unknown is foreign."""

from django.http import Http404

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.kit import clock
from mediane.web.request import StaffRequest


def found(request: StaffRequest, reference: str) -> Case:
    try:
        return casework.consult(reference=reference, by=request.actor, at=clock.now())
    except Case.DoesNotExist as nowhere:
        raise Http404 from nowhere
