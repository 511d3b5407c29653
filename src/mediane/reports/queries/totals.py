"""Years of before Médiane, of which totals alone are known."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Min

from mediane.imports.models import PastTotal
from mediane.organisations.models import Organisation
from mediane.reports.rules.numbers import Counted
from mediane.reports.rules.totals import rebuilt
from mediane.statistics.queries.counted import NETWORK, Place, first_month, months_of, whole


def is_of_totals_alone(organisation: Organisation, year: int) -> bool:
    """Whether totals tell this year, and no case of it is counted: it then stays inside."""
    totals = PastTotal.objects.filter(organisation=organisation, year=year)
    counted = months_of(Place(organisation.pk), since=date(year, 1, 1), until=date(year + 1, 1, 1))
    return not any(whole(counted, year=year).values()) and totals.exists()


def year_to_open(organisation: Organisation, done: Collection[int], *, this_year: int) -> int | None:
    """The last finished year of which something may be told and that is not done; None where all are."""
    counted = first_month(NETWORK if organisation.is_national else Place(organisation.pk))
    totals = PastTotal.objects.filter(organisation=organisation).aggregate(year=Min("year"))["year"]
    last = this_year - 1
    first = min(counted.year if counted else last, totals or last, last)
    return next((year for year in range(last, first - 1, -1) if year not in done), None)


def totals_of(organisation: Organisation, years: Sequence[int]) -> tuple[dict[int, Counted], list[int]]:
    """What their totals rebuild, and the years of which they say too little."""
    found: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    rows = PastTotal.objects.filter(organisation=organisation, year__in=years)
    for year, measure, code, number in rows.values_list("year", "measure", "code", "number"):
        found[year][measure, code] = number
    made = {year: rebuilt(totals) for year, totals in found.items()}
    return (
        {year: counted for year, counted in made.items() if counted is not None},
        [year for year, counted in made.items() if counted is None],
    )
