"""A cause that comes back lately in Paris, on one benefit: what an early warning is for."""

from collections.abc import Iterator
from datetime import date

from mediane.casework.states import Outcome
from mediane.integrations.demonstration.years import Told
from mediane.referrals.models import ONLINE

CAUSE, BENEFIT = "ASSESSMENT_ERROR", "APL"
LATELY, HOW_MANY = 3, 18
# The years up to this one are told as they were counted, whatever the day they are read.
EXACT_UNTIL = 2025
GROUNDS = ("DECISION_NOT_UNDERSTOOD", "NON_PAYMENT", "OVERPAYMENT_NOT_UNDERSTOOD")
CHANNELS = (ONLINE, "MAIL", ONLINE, "PHONE", ONLINE, "DESK")
OUTCOMES = (Outcome.REVISED, Outcome.REVISED, Outcome.PARTLY_REVISED, Outcome.UPHELD)


def risen(today: date) -> Iterator[Told]:
    """Over the last whole months of the year under way, which alone may have more than was counted."""
    months = range(max(1, today.month - LATELY), today.month)
    is_told = bool(months) and today.year > EXACT_UNTIL
    for rank in range(HOW_MANY if is_told else 0):
        yield Told(
            year=today.year,
            month=months[rank * len(months) // HOW_MANY],
            is_mediation=True,
            channel=CHANNELS[rank % len(CHANNELS)],
            benefits=[BENEFIT],
            grounds=[GROUNDS[rank % len(GROUNDS)]],
            cause=CAUSE,
            outcome=OUTCOMES[rank % len(OUTCOMES)],
        )
