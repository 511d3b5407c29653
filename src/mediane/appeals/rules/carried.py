"""The days of a period for appeal, as a case takes them to another Caf."""

from dataclasses import dataclass
from datetime import date, datetime

from mediane.appeals.rules.law import PATH
from mediane.appeals.states import Evidence, Home, Remedies, What


@dataclass(frozen=True, kw_only=True)
class CarriedDay:
    """What stood of one day when the case left: `noted_in` is the Caf that has its proof."""

    what: What
    on: date
    evidence: Evidence
    precision: str
    path: str
    remedies: Remedies | str
    home: Home | str
    noted_at: datetime
    noted_by: str
    noted_in: str

    def __post_init__(self) -> None:
        """:raises ValueError: for what no clock could read."""
        is_decision = self.what == What.DECISION
        if is_decision != bool(self.path) or (is_decision and self.path not in PATH):
            raise ValueError(f"no way to appeal: {self.path!r}")
        if is_decision:
            Remedies(self.remedies), Home(self.home)
        elif self.remedies or self.home:
            raise ValueError("only a decision says its remedies")
