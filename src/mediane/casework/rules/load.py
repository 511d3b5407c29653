"""What one person of a service carries: for the service itself, in no export, network figure or open data."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

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
