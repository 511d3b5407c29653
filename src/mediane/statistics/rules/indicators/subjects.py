"""What requests are about: benefits, grounds as people state them, causes as the mediation finds them."""

from mediane.statistics.rules.figures import Counted, Split, split
from mediane.statistics.rules.indicators.registry import indicator
from mediane.statistics.rules.indicators.ways import MEDIATION
from mediane.statistics.states import Axis, Population

SEVERAL = "Une demande peut en avoir plusieurs\u00a0: le total dépasse 100\u00a0%."


@indicator(
    name="Prestations concernées",
    definition=f"Les prestations dont parle la demande. {SEVERAL}",
    over=MEDIATION,
    axis=Axis.BENEFIT,
)
def benefits(counted: Counted) -> Split:
    return split(counted, Axis.BENEFIT, Population.MEDIATION)


@indicator(
    name="Prestation principale",
    definition="La première prestation dont parle la demande, une seule par demande.",
    over=MEDIATION,
    axis=Axis.FIRST_BENEFIT,
)
def first_benefits(counted: Counted) -> Split:
    return split(counted, Axis.FIRST_BENEFIT, Population.MEDIATION)


@indicator(
    name="Groupes de prestations",
    definition="Les prestations réunies par famille\u00a0: logement, handicap, minimum, activité, enfants. "
    f"Une demande compte une fois par groupe. {SEVERAL}",
    over=MEDIATION,
    axis=Axis.GROUP,
)
def benefit_groups(counted: Counted) -> Split:
    return split(counted, Axis.GROUP, Population.MEDIATION)


@indicator(
    name="Motifs donnés par les personnes",
    definition="Ce que les personnes reprochent, dans les mots du formulaire, comme la médiation l’a "
    f"confirmé à la clôture. {SEVERAL}",
    over="Les saisines traitées par la médiation dans la période, dont le motif est connu.",
    axis=Axis.GROUND,
)
def grounds(counted: Counted) -> Split:
    return split(counted, Axis.GROUND, Population.MEDIATION, known_only=True)


@indicator(
    name="Motif principal",
    definition="Le premier motif donné par la personne, un seul par demande.",
    over="Les saisines traitées par la médiation dans la période, dont le motif est connu.",
    axis=Axis.FIRST_GROUND,
)
def first_grounds(counted: Counted) -> Split:
    return split(counted, Axis.FIRST_GROUND, Population.MEDIATION, known_only=True)


@indicator(
    name="Causes analysées",
    definition="Ce que la médiation a trouvé à l’origine de la difficulté, à la clôture. "
    "Une seule cause par demande\u00a0; elle peut différer du motif donné par la personne.",
    over=MEDIATION,
    axis=Axis.CAUSE,
)
def causes(counted: Counted) -> Split:
    return split(counted, Axis.CAUSE, Population.MEDIATION)


@indicator(
    name="Raisons précises",
    definition="La raison sous la cause, propre à la prestation\u00a0: contrôle annuel des ressources, "
    "avis de pension manquant, titre de séjour de moins de cinq ans, par exemple.",
    over=MEDIATION,
    axis=Axis.REASON,
)
def reasons(counted: Counted) -> Split:
    return split(counted, Axis.REASON, Population.MEDIATION)
