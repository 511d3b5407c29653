"""What the values of each axis are called: everywhere the same words."""

from collections.abc import Mapping
from functools import cache

from mediane.casework.states import Effect, Outcome
from mediane.catalogue.models import (
    AgeBand,
    Benefit,
    Body,
    Cause,
    CauseReason,
    Channel,
    Dated,
    ErrorType,
    Ground,
    Household,
    Origin,
    QuotientBand,
    Reason,
    Service,
)
from mediane.catalogue.queries import every
from mediane.statistics.rules.questions import BODY, SERVICE
from mediane.statistics.states import Axis, Population

LISTS: Mapping[Axis, type[Dated]] = {
    Axis.CHANNEL: Channel,
    Axis.ORIGIN: Origin,
    Axis.BENEFIT: Benefit,
    Axis.FIRST_BENEFIT: Benefit,
    Axis.GROUND: Ground,
    Axis.FIRST_GROUND: Ground,
    Axis.CAUSE: Cause,
    Axis.REASON: CauseReason,
    Axis.ERROR: ErrorType,
    Axis.SERVICE: Service,
    Axis.SCOPE_REASON: Reason,
    Axis.BODY: Body,
    Axis.HOUSEHOLD: Household,
    Axis.AGE: AgeBand,
    Axis.QUOTIENT: QuotientBand,
}
GROUPS = {
    "logement": "Aide au logement",
    "activité": "Prime d’activité",
    "minimum": "Revenu de solidarité active",
    "handicap": "Handicap",
    "enfants": "Enfants",
    "parent seul": "Parent seul",
    "petite enfance": "Petite enfance",
    "retraite": "Retraite",
    "action sociale": "Action sociale",
    "autre": "Autre prestation",
}


@cache
def words() -> dict[Axis, dict[str, str]]:
    """By axis, each value in words. The catalogue changes only with the product."""
    listed = {axis: {row.code: row.label for row in every(rows).values()} for axis, rows in LISTS.items()}
    asked_of = {f"{SERVICE}:{row.code}": row.label for row in every(Service).values()}
    asked_of |= {f"{BODY}:{row.code}": row.label for row in every(Body).values()}
    effects = {str(code): str(label) for code, label in Effect.choices}
    return listed | {
        Axis.ALL: {"": "Ensemble"} | {str(code): str(label) for code, label in Population.choices},
        Axis.GROUP: GROUPS,
        Axis.OUTCOME: {str(code): str(label) for code, label in Outcome.choices},
        Axis.ASKED_OF: asked_of,
        Axis.ANSWERED: asked_of,
        Axis.IN_TIME: asked_of,
        Axis.OVERDUE: asked_of,
        Axis.REPEAT: {"yes": "Réitérations"},
        Axis.PRECEDED: {"yes": "Précédées d’une réclamation"},
        Axis.TOUCHED: effects,
        Axis.LINES: effects,
        Axis.CENTS: effects,
    }


def word(axis: Axis, code: str) -> str:
    """A value whose words are gone is told by its code."""
    return words().get(axis, {}).get(code, code)


def short_word(axis: Axis, code: str) -> str:
    """Beside a bar, where a benefit has its usual abbreviation."""
    if LISTS.get(axis) is not Benefit:
        return word(axis, code)
    known = every(Benefit)
    return known[code].short if code in known else code
