"""How many requests came and were handled, and how often the same person comes back."""

from mediane.statistics.rules.figures import Counted, Line, Split, number, share, split
from mediane.statistics.rules.indicators.registry import indicator
from mediane.statistics.states import HANDLED, Axis, Population

ALL_HANDLED = "Toutes les saisines traitées dans la période, médiation et hors médiation."


@indicator(
    name="Saisines reçues",
    definition="Les demandes arrivées au service pendant la période, quel que soit leur canal. "
    "Une demande venue d’une autre Caf compte là où elle est arrivée en premier, "
    "et deux demandes réunies comptent pour une.",
    over="Toutes les saisines reçues dans la période.",
    axis=Axis.ALL,
)
def received(counted: Counted) -> Split:
    return split(counted, Axis.ALL, Population.RECEIVED)


@indicator(
    name="Saisines traitées",
    definition="Les demandes closes pendant la période. Hors médiation\u00a0: celles qui ont été réorientées "
    "ou déclarées irrecevables. Médiation\u00a0: toutes les autres.",
    over=ALL_HANDLED,
    axis=Axis.ALL,
)
def handled(counted: Counted) -> Split:
    numbers = {population: number(counted, population) for population in HANDLED}
    base = sum(numbers.values())
    lines = tuple(Line(str(name), found, share(found, base)) for name, found in numbers.items())
    return Split(lines, base)


@indicator(
    name="Réitérations",
    definition="Les demandes d’une personne qui avait déjà saisi la médiation pour le même sujet, "
    "quand un membre du service l’a constaté.",
    over=ALL_HANDLED,
    axis=Axis.REPEAT,
)
def repeats(counted: Counted) -> Split:
    return split(counted, Axis.REPEAT, *HANDLED)


@indicator(
    name="Demandes précédées d’une réclamation",
    definition="Les demandes auxquelles une réclamation préalable est rattachée, "
    "connue de la Caf ou déclarée par la personne.",
    over=ALL_HANDLED,
    axis=Axis.PRECEDED,
)
def preceded(counted: Counted) -> Split:
    return split(counted, Axis.PRECEDED, *HANDLED)
