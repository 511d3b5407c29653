"""What the conditions of a template may ask, and what a case answers."""

from functools import cache

from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.correspondence.rules.conditions import Criterion, Facts

BENEFIT, REMEDY, OUTCOME = "prestation", "recours", "issue"
BOARD = "la commission de recours amiable de la Caf"
COURT = "tribunal administratif"
# The way a decision on a benefit is contested, by what the catalogue says of it.
REMEDIES = {
    "board": "CRA",
    "board_then_court": "CRA puis tribunal administratif",
    "management": "direction",
    "department": "département",
    "disability": "MDPH",
    "court": "tribunal",
    "other": "autre",
}
BY_APPEAL = {
    "la direction de la Caf, après avis de la commission de recours amiable": "management",
    "la présidence du conseil départemental": "department",
    "la MDPH pour le taux, la commission de recours amiable pour le montant": "disability",
    "aucun": "court",
}
OUTCOMES = {
    Outcome.UPHELD.value: "maintenue",
    Outcome.REVISED.value: "révisée",
    Outcome.PARTLY_REVISED.value: "révisée en partie",
    Outcome.NO_DECISION.value: "sans décision",
}


@cache
def known_criteria() -> tuple[Criterion, ...]:
    """Kept by the process: the lists change by migration only."""
    benefits = {code: row.short for code, row in every(Benefit).items()}
    return (
        Criterion(BENEFIT, "prestation", benefits),
        Criterion(REMEDY, "recours", REMEDIES),
        Criterion(OUTCOME, "issue", OUTCOMES),
    )


def facts_of(case: Case, outcome: str = "") -> Facts:
    """What came of it is known when somebody says it: until then, what hangs on it is left to choose."""
    return {
        BENEFIT: frozenset(case.benefits),
        REMEDY: frozenset(remedy_of(every(Benefit)[code]) for code in case.benefits),
        OUTCOME: frozenset({outcome}) if outcome else None,
    }


def remedy_of(benefit: Benefit) -> str:
    if benefit.prior_appeal == BOARD:
        return "board_then_court" if benefit.court == COURT else "board"
    return BY_APPEAL.get(benefit.prior_appeal, "other")
