"""How long it took, in calendar days: half of the requests, and nine in ten."""

from mediane.statistics.rules.figures import Counted, Spread, spread
from mediane.statistics.rules.indicators.registry import DAYS, indicator
from mediane.statistics.states import HANDLED, Axis, Population

ANSWERED = "Les saisines ayant reçu une réponse dans la période."
HANDLED_IN_PERIOD = "Toutes les saisines traitées dans la période, médiation et hors médiation."


@indicator(
    name="Délai d’enregistrement",
    definition="Du jour où la demande arrive à la Caf au jour où elle est enregistrée\u00a0; "
    "sans les demandes venues d’une autre Caf, enregistrées là-bas.",
    over=HANDLED_IN_PERIOD,
    axis=Axis.DAYS_ENTRY,
    unit=DAYS,
)
def delay_of_entry(counted: Counted) -> Spread:
    return spread(counted, Axis.DAYS_ENTRY, *HANDLED)


@indicator(
    name="Délai de l’accusé de réception",
    definition="Du jour de la réception à l’accusé de réception.",
    over=HANDLED_IN_PERIOD,
    axis=Axis.DAYS_ACKNOWLEDGED,
    unit=DAYS,
)
def delay_of_acknowledgement(counted: Counted) -> Spread:
    return spread(counted, Axis.DAYS_ACKNOWLEDGED, *HANDLED)


@indicator(
    name="Délai de la recevabilité",
    definition="Du jour de la réception à la notification de la décision de recevabilité.",
    over=HANDLED_IN_PERIOD,
    axis=Axis.DAYS_ADMISSIBILITY,
    unit=DAYS,
)
def delay_of_admissibility(counted: Counted) -> Spread:
    return spread(counted, Axis.DAYS_ADMISSIBILITY, *HANDLED)


@indicator(
    name="Délai de réponse",
    definition="Du jour de la réception à la réponse, attentes comprises.",
    over=ANSWERED,
    axis=Axis.DAYS_REPLY,
    unit=DAYS,
)
def delay_of_reply(counted: Counted) -> Spread:
    return spread(counted, Axis.DAYS_REPLY, Population.MEDIATION)


@indicator(
    name="Délai de réponse sans les attentes",
    definition="Le même, sans les jours où le service attendait une pièce de la personne "
    "ou la décision d’un organisme.",
    over=ANSWERED,
    axis=Axis.DAYS_OWN,
    unit=DAYS,
)
def delay_of_reply_without_waits(counted: Counted) -> Spread:
    return spread(counted, Axis.DAYS_OWN, Population.MEDIATION)


@indicator(
    name="Attentes",
    definition="Les jours où le service attendait une pièce de la personne ou la décision d’un organisme.",
    over=ANSWERED,
    axis=Axis.DAYS_WAITED,
    unit=DAYS,
)
def waits(counted: Counted) -> Spread:
    return spread(counted, Axis.DAYS_WAITED, Population.MEDIATION)
