"""Who else is on the case, as the page is shown; the script keeps it true afterwards."""

from typing import Any
from uuid import uuid4

from mediane.attendance.actions.presence import be_here
from mediane.attendance.states import Doing
from mediane.casework.models import Case
from mediane.kit import clock
from mediane.web.request import StaffRequest


def present(request: StaffRequest, case: Case, doing: Doing = Doing.READING) -> dict[str, Any]:
    page = uuid4()
    others = be_here(case_id=case.pk, page=page, doing=doing, by=request.actor, at=clock.now())
    return {"page": page, "doing": doing.value, "others": others}
