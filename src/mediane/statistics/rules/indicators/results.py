"""What came of requests: outcomes and money."""

from mediane.statistics.rules.figures import Counted, Split, Sums, split, sums
from mediane.statistics.rules.indicators.registry import EUROS, indicator
from mediane.statistics.rules.indicators.ways import MEDIATION
from mediane.statistics.states import HANDLED, Axis, Population


@indicator(
    name="Résultats",
    definition="Ce que la décision de la Caf est devenue après la médiation\u00a0: révisée, "
    "révisée en partie, maintenue. «\u00a0Sans décision\u00a0» quand il n’y avait rien à réviser.",
    over=MEDIATION,
    axis=Axis.OUTCOME,
)
def outcomes(counted: Counted) -> Split:
    return split(counted, Axis.OUTCOME, Population.MEDIATION)


@indicator(
    name="Erreurs constatées",
    definition="Ce que la médiation a constaté dans le travail de la Caf, à la clôture\u00a0: "
    "une pièce mal interprétée, un délai, une notification peu claire, ou aucune erreur. "
    "Une seule par demande.",
    over=MEDIATION,
    axis=Axis.ERROR,
)
def error_types(counted: Counted) -> Split:
    return split(counted, Axis.ERROR, Population.MEDIATION)


@indicator(
    name="Services concernés",
    definition="Le service de la Caf dont vient l’erreur constatée, quand il y en a une.",
    over=MEDIATION,
    axis=Axis.SERVICE,
)
def services(counted: Counted) -> Split:
    return split(counted, Axis.SERVICE, Population.MEDIATION)


@indicator(
    name="Impact financier",
    definition="Ce que les dossiers clos dans la période ont changé pour les personnes, "
    "en quatre montants qui ne se compensent jamais\u00a0: rappels versés, trop-perçus détectés, "
    "indus annulés, dettes remises.",
    over="Toutes les saisines traitées dans la période.",
    axis=Axis.CENTS,
    unit=EUROS,
)
def money(counted: Counted) -> Sums:
    return sums(counted, *HANDLED)
