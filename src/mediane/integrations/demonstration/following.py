"""The follow-up code of one posted request: it is kept nowhere else, and no visitor has the letter."""

import json

from django.conf import settings

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity

FILE = "code-de-suivi.json"
BY_POST = "2604418"


def hand_out(service: Service) -> None:
    with rowsecurity.working_for(rowsecurity.staff(service.caf.pk)):
        cases = Case.objects.select_related("beneficiary").open().of(service.caf.pk)
        posted = cases.filter(beneficiary__number=BY_POST).order_by("-received_at").first()
        if posted is None:
            return
        code = casework.give_follow_code(case=posted, by=service.team[0], at=service.now)
        kept = {"reference": posted.reference, "code": code, "name": posted.beneficiary.full_name}
    (settings.DATA / FILE).write_text(json.dumps(kept), encoding="utf-8")


def handed_out() -> dict[str, str] | None:
    """What stands on her receipt: reference, code, name."""
    file = settings.DATA / FILE
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
