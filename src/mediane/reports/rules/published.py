"""The figures of the edition for everybody: those of the open data, and nothing that is not in them.

A report that masked by itself would tell what the open data hide, and the contrary: no count of the service
comes here, only what was published of the Caf and of the network.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mediane.reports.rules.figures import Cell, Days, Figures, Handled, Told, added
from mediane.statistics.rules.drafting_reasons import Reasons
from mediane.statistics.rules.figures import UNNAMED, share
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.rules.recipes import Told as Publication
from mediane.statistics.states import HANDLED, Population


@dataclass(frozen=True)
class Published(Figures):
    """By year, what was published of the place and of the network; a year that is absent is not published."""

    own: Mapping[int, Publication]
    network: Mapping[int, Publication]
    smallest: int

    @property
    def threshold(self) -> int:
        return self.smallest

    def is_known(self, year: int) -> bool:
        return year in self.own

    def handled(self, year: int) -> Handled:
        totals = self._of(year).totals
        return Handled(totals.get("mediation"), totals.get("out_of_scope"), totals.get("handled"))

    def months(self, year: int) -> list[int | None]:
        tables = [self._of(year).tables.get(f"months_{population}", {}) for population in HANDLED]
        names = [f"{year}-{month:02}" for month in range(1, 13)]
        return [added([table.get(name) for table in tables]) for name in names]

    def split(self, code: str, year: int) -> Told:
        told, axis = self._of(year), INDICATORS[code].axis
        base = told.bases.get(code)
        numbers = {one: n for one, n in told.tables.get(code, {}).items() if n != 0}
        # By what is told alone: the rank of a hidden number would say something of it.
        ranked = sorted(numbers, key=lambda one: (one in UNNAMED, -(numbers[one] or 0), one))
        cells = tuple(
            Cell(one, self.numbers.label(axis, one), numbers[one], _share(numbers[one], base))
            for one in ranked
        )
        return Told(cells, base)

    def of_network(self, code: str, year: int) -> Mapping[str, Decimal | None]:
        told = self.network.get(year, Publication())
        base = told.bases.get(code)
        return {one: _share(n, base) for one, n in told.tables.get(code, {}).items() if n is not None}

    def spread(self, code: str, year: int) -> Days | None:
        days = self._of(year).days.get(code)
        return Days(None, *days) if days else None

    def money(self, kind: str, year: int) -> int | None:
        return self._of(year).cents.get(kind)

    def online_money(self, kind: str) -> int | None:
        """By channel, amounts are not published."""
        return None

    def since_opening(self) -> tuple[int | None, int | None]:
        return None, None

    def came_online(self, population: Population) -> int | None:
        return None

    def reasons(self) -> Sequence[Reasons]:
        """By benefit, reasons are not published: two lists crossed."""
        return ()

    def _of(self, year: int) -> Publication:
        return self.own.get(year, Publication())


def _share(number: int | None, base: int | None) -> Decimal | None:
    return None if number is None or base is None else share(number, base)


# Where nothing was counted in the whole network, nothing was published: it is nobody, and zero is told.
NOBODY = Publication(totals={"handled": 0, "mediation": 0, "out_of_scope": 0, "received": 0})
