"""Who refers a case to the mediation, and how."""

from mediane.statistics.rules.figures import Counted, Split, split
from mediane.statistics.rules.indicators.registry import indicator
from mediane.statistics.states import HANDLED, Axis, Population

MEDIATION = "Les saisines traitées par la médiation dans la période."
OUT_OF_SCOPE = "Les saisines traitées hors médiation dans la période."


@indicator(
    name="Origine des saisines",
    definition="Qui a saisi la médiation\u00a0: la personne elle-même, un partenaire, un élu, un délégué du "
    "Défenseur des droits, la Caf ou la Cnaf, un autre médiateur. Une seule origine par demande.",
    over="Toutes les saisines traitées dans la période, médiation et hors médiation.",
    axis=Axis.ORIGIN,
)
def origins(counted: Counted) -> Split:
    return split(counted, Axis.ORIGIN, *HANDLED)


@indicator(
    name="Canaux",
    definition="Par où la demande est arrivée. Un seul canal par demande.",
    over=MEDIATION,
    axis=Axis.CHANNEL,
)
def channels(counted: Counted) -> Split:
    return split(counted, Axis.CHANNEL, Population.MEDIATION)


@indicator(
    name="Canaux des demandes hors médiation",
    definition="Par où sont arrivées les demandes que la médiation n’a pu que réorienter "
    "ou déclarer irrecevables.",
    over=OUT_OF_SCOPE,
    axis=Axis.CHANNEL,
)
def channels_out_of_scope(counted: Counted) -> Split:
    return split(counted, Axis.CHANNEL, Population.OUT_OF_SCOPE)


@indicator(
    name="Motifs hors médiation",
    definition="Pourquoi une demande n’était pas pour la médiation\u00a0: "
    "motif de la réorientation ou de l’irrecevabilité.",
    over=OUT_OF_SCOPE,
    axis=Axis.SCOPE_REASON,
)
def out_of_scope_reasons(counted: Counted) -> Split:
    return split(counted, Axis.SCOPE_REASON, Population.OUT_OF_SCOPE)


@indicator(
    name="Organismes proposés",
    definition="À qui les personnes réorientées ont été adressées.",
    over=OUT_OF_SCOPE,
    axis=Axis.BODY,
)
def bodies(counted: Counted) -> Split:
    return split(counted, Axis.BODY, Population.OUT_OF_SCOPE)
