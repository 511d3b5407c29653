"""What the codes of each axis are called on a page of figures."""

from collections.abc import Callable, Mapping

from mediane.casework.states import Outcome
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
from mediane.kit.french import capital
from mediane.statistics.states import Axis

GROUPS = {
    "logement": "Aide au logement",
    "activité": "Prime d’activité",
    "minimum": "RSA et prime de Noël",
    "enfants": "Famille et enfants",
    "parent seul": "Parent seul",
    "autre": "Autre aide",
}
OUTCOMES = {str(code): label for code, label in Outcome.choices}


def _of(model: type[Dated]) -> Callable[[str], str]:
    def label(code: str) -> str:
        known = every(model)
        return known[code].label if code in known else code

    return label


def _short(code: str) -> str:
    known = every(Benefit)
    return known[code].short if code in known else code


LABELS: Mapping[Axis, Callable[[str], str]] = {
    Axis.CHANNEL: _of(Channel),
    Axis.ORIGIN: _of(Origin),
    Axis.BENEFIT: _short,
    Axis.FIRST_BENEFIT: _short,
    Axis.GROUP: lambda code: GROUPS.get(code, capital(code)),
    Axis.GROUND: _of(Ground),
    Axis.FIRST_GROUND: _of(Ground),
    Axis.CAUSE: _of(Cause),
    Axis.REASON: _of(CauseReason),
    Axis.ERROR: _of(ErrorType),
    Axis.SERVICE: _of(Service),
    Axis.HOUSEHOLD: _of(Household),
    Axis.AGE: _of(AgeBand),
    Axis.QUOTIENT: _of(QuotientBand),
    Axis.OUTCOME: lambda code: OUTCOMES.get(code, code),
    Axis.SCOPE_REASON: _of(Reason),
    Axis.BODY: _of(Body),
}
