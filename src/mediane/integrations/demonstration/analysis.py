"""What a closing says beside its cause: as its subject tells it or, of the past, drawn by lot."""

from datetime import datetime
from random import Random
from typing import Any

from mediane.casework.actions import Analysis
from mediane.casework.states import Outcome
from mediane.catalogue.models import Benefit, CauseReason
from mediane.catalogue.queries import every, in_force

REVISED = (Outcome.REVISED, Outcome.PARTLY_REVISED)
# Error and service, by cause; the last one stands for the causes that are not named.
ERRORS = {
    "NON_PAYMENT": (("DELAY", "BENEFITS"), ("RIGHTS_NOT_EXAMINED", "BENEFITS"), ("SOFTWARE", "IT")),
    "OVERPAYMENT_NOT_UNDERSTOOD": (("UNCLEAR_NOTICE", "BENEFITS"), ("SOFTWARE", "IT")),
    "ASSESSMENT_ERROR": (("EVIDENCE_MISREAD", "BENEFITS"), ("WRONG_ENTRY", "BENEFITS")),
    "EXCESSIVE_DEDUCTION": (("EXCESSIVE_DEDUCTION", "RECOVERY"),),
    "": (("UNCLEAR_NOTICE", "BENEFITS"), ("DELAY", "BENEFITS"), ("WRONG_INFORMATION", "RECEPTION")),
}


def analysed(topic: dict[str, Any], outcome: str, closed_at: datetime) -> Analysis:
    """A decision upheld shows no error."""
    said = topic.get("analysis") or _drawn(topic, closed_at)
    if outcome in REVISED:
        return Analysis(**said)
    return Analysis(reason=said["reason"], error_type="NONE", is_without_effect=True)


def _drawn(topic: dict[str, Any], closed_at: datetime) -> dict[str, str]:
    """Always the same for the same moment."""
    chance, benefits = Random(closed_at.isoformat()), topic["benefits"]  # noqa: S311 — nothing secret is drawn
    groups = {every(Benefit)[code].group for code in benefits}
    rows = in_force(CauseReason, closed_at.date())
    offered = [row.code for row in rows if row.is_offered_for(benefits, groups)]
    error, service = chance.choice(ERRORS.get(topic["cause"], ERRORS[""]))
    return {"reason": chance.choice(offered) if offered else "", "error_type": error, "service": service}
