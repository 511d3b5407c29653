"""The texts the clock applies, as dated data: what mediation does to a period, and how long each period is.

A change of the law is one more row, with its day; `VERSION` then grows, and what a Caf had signed off is to
be signed off again. What no text that was read settles is said under `to_confirm`: the prudent way is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

VERSION = 1


class Effect(StrEnum):
    SUSPENSION = "suspension"
    INTERRUPTION = "interruption"


@dataclass(frozen=True)
class Policy:
    """The effect of a mediation engaged from a day on, until its end is communicated."""

    effective_from: date
    effect: Effect
    short: str
    words: str
    source: str
    to_confirm: str = ""
    # From the day it was promulgated to the day it entered into force, which rule holds is not settled.
    promulgated_on: date | None = None

    def is_doubtful(self, engaged_on: date) -> bool:
        return self.promulgated_on is not None and self.promulgated_on <= engaged_on < self.effective_from


POLICIES = (
    Policy(
        date.min,
        Effect.SUSPENSION,
        "suspendu",
        "le reste du délai repartira à la fin de la médiation",
        "Article L. 217-7-1 du code de la sécurité sociale, rédaction de 2018.",
    ),
    Policy(
        date(2026, 5, 28),
        Effect.INTERRUPTION,
        "interrompu",
        "un nouveau délai entier partira à la fin de la médiation",
        "Article L. 421-3 du code des relations entre le public et l’administration, "
        "issu de la loi n° 2026-403 du 26 mai 2026, en vigueur depuis le 28 mai 2026.",
        "Que l’article L. 217-7-1 du code de la sécurité sociale dise lui aussi «\u00a0interrompt\u00a0» "
        "depuis ce jour, et que le jour de la notification de la recevabilité décide entre les deux règles.",
        date(2026, 5, 26),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Path:
    """One way to appeal: until when, from the notification."""

    code: str
    label: str
    source: str
    to_confirm: str
    months: int = 2
    # Neither the day it begins nor the day it ends is counted: one more day.
    is_franc: bool = False
    # Months added for whoever lives overseas, and abroad.
    further: tuple[int, int] = (0, 0)
    # Codes of the catalogue it is usual for; none for a court.
    benefits: tuple[str, ...] = ()


PRIOR = (
    "Que l’article L. 421-3, qui parle de recours contentieux, vaille aussi pour ce recours préalable, "
    "et que ce délai ne soit pas franc\u00a0: le calcul retient le jour le plus proche."
)
FAMILY = (
    *("AF", "CF", "ASF", "ARS", "PN", "AB", "PREPARE", "CMG", "ADE", "AJPP", "AJPA", "MVA", "AVPF"),
    *("AAH", "AEEH"),
)

PATHS = (
    Path(
        code="CRA",
        label="Commission de recours amiable\u00a0: prestations familiales, montant de l’AAH ou de l’AEEH",
        source="Article R. 142-1 du code de la sécurité sociale.",
        to_confirm=PRIOR,
        benefits=FAMILY,
    ),
    Path(
        code="CRA_PPA",
        label="Commission de recours amiable\u00a0: prime d’activité",
        source="Article L. 845-2 du code de la sécurité sociale.",
        to_confirm=PRIOR,
        benefits=("PPA",),
    ),
    Path(
        code="HOUSING",
        label="Direction de la Caf, après avis de la commission\u00a0: aides au logement",
        source="Article L. 825-2 du code de la construction et de l’habitation.",
        to_confirm=PRIOR,
        benefits=("APL", "ALF", "ALS", "PRIME_DEM"),
    ),
    Path(
        code="RSA",
        label="Présidence du conseil départemental\u00a0: RSA",
        source="Articles L. 262-47 et R. 262-88 du code de l’action sociale et des familles.",
        to_confirm=PRIOR,
        benefits=("RSA",),
    ),
    Path(
        code="MDPH",
        label="MDPH\u00a0: taux de handicap, accord ou renouvellement",
        source="Recours administratif préalable obligatoire, code de l’action sociale et des familles.",
        to_confirm=f"L’article exact, et que la médiation de la Caf change ce délai. {PRIOR}",
        benefits=("AAH", "AEEH"),
    ),
    Path(
        code="TA",
        label="Tribunal administratif",
        source="Articles R. 421-1 et R. 421-7 du code de justice administrative.",
        to_confirm="Le territoire du tribunal, pour qui habite outre-mer.",
        is_franc=True,
        further=(1, 2),
    ),
    Path(
        code="TJ",
        label="Tribunal judiciaire, pôle social",
        source="Articles 640 à 643 du code de procédure civile.",
        to_confirm="La durée de deux mois devant le pôle social, et l’article qui la fixe.",
        further=(1, 2),
    ),
)
PATH = {path.code: path for path in PATHS}

NEXT_WORKING_DAY = "Article 642 du code de procédure civile."
SAME_NUMBER = "Article 641 du code de procédure civile."
NOT_STATED = (
    "Article R. 421-5 du code de justice administrative\u00a0; "
    "article R. 133-9-2 du code de la sécurité sociale pour un trop-perçu."
)
STILL_A_LIMIT = (
    "Un recours trop tardif, en principe plus d’un an après que la décision a été connue, "
    "peut être refusé par le juge administratif."
)
ENDED_BY_COURT = "Article L. 217-7-1, II, du code de la sécurité sociale."


def policy_on(engaged_on: date) -> Policy:
    """Of a mediation engaged on a day: the latest rule to have begun."""
    begun = [policy for policy in POLICIES if policy.effective_from <= engaged_on]
    return max(begun, key=lambda policy: policy.effective_from)


def paths_for(benefits: Sequence[str]) -> list[Path]:
    """Those usual for these benefits, or a court."""
    return [path for path in PATHS if not path.benefits or set(path.benefits) & set(benefits)]
