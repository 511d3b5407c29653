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
