"""Who asks, as far as the service noted it: never required, in bands, and only here."""

from mediane.statistics.rules.figures import Counted, Split, split_of_known
from mediane.statistics.rules.indicators.registry import indicator
from mediane.statistics.states import Axis, Population

KNOWN = "Les saisines traitées par la médiation dans la période, quand la donnée a été notée."
OPTIONAL = "Donnée facultative\u00a0: les saisines où elle n’est pas notée ne comptent pas dans la part."


@indicator(
    name="Foyers",
    definition=f"Avec qui vit la personne, au moment de la demande. {OPTIONAL}",
    over=KNOWN,
    axis=Axis.HOUSEHOLD,
)
def households(counted: Counted) -> Split:
    return split_of_known(counted, Axis.HOUSEHOLD, Population.MEDIATION)


@indicator(
    name="Âges",
    definition=f"L’âge de la personne au moment de la demande, par tranche. {OPTIONAL}",
    over=KNOWN,
    axis=Axis.AGE,
)
def ages(counted: Counted) -> Split:
    return split_of_known(counted, Axis.AGE, Population.MEDIATION)


@indicator(
    name="Quotients familiaux",
    definition=f"Le quotient familial au moment de la demande, par tranche. {OPTIONAL}",
    over=KNOWN,
    axis=Axis.QUOTIENT,
)
def quotients(counted: Counted) -> Split:
    return split_of_known(counted, Axis.QUOTIENT, Population.MEDIATION)
