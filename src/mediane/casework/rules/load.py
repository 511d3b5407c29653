"""What one person of a service carries: for the service itself, in no export, network figure or open data."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import timedelta

NAME = "Charge par personne"
OVER = "Les dossiers du service, par personne qui les suit."
DEFINITIONS = {
    "open": ("Ouverts", "Les dossiers suivis par la personne, et qui ne sont pas clos."),
    "waiting": ("En attente", "Parmi eux, ceux qui attendent une pièce de l’allocataire ou une décision."),
    "late": ("En retard", "Parmi les ouverts, ceux dont la prochaine échéance est passée."),
    "closed": (
        "Clos",
        "Les dossiers traités pendant la période, pour la personne qui les suivait à la clôture.",
    ),
}


@dataclass(frozen=True)
class Load:
    open: int = 0
    waiting: int = 0
    late: int = 0
    closed: int = 0


def whole(loads: Iterable[Load]) -> Load:
    return Load(*map(sum, zip(*map(astuple, loads), strict=True)))


A_MONTH, A_QUARTER = timedelta(days=30), timedelta(days=90)


@dataclass(frozen=True)
class Ages:
    """The open cases by how long ago they were received: within a month, within three, before."""

    young: int = 0
    middle: int = 0
    old: int = 0

    def shares(self, most: int) -> tuple[int, int, int]:
        """Lengths in hundredths of the longest bar, never past its end."""
        ends = [round(100 * part / most) if most else 0 for part in self._ends()]
        return ends[0], ends[1] - ends[0], ends[2] - ends[1]

    def _ends(self) -> tuple[int, int, int]:
        return self.young, self.young + self.middle, self.young + self.middle + self.old


def all_ages(ages: Iterable[Ages]) -> Ages:
    return Ages(*map(sum, zip(*map(astuple, ages), strict=True)))
