"""What is published of a year, and what it is made of."""

from collections import defaultdict
from collections.abc import Sequence

from mediane.imports.models import PastTotal
from mediane.statistics.models import Publication, Tally
from mediane.statistics.queries.lists import words
from mediane.statistics.rules.counts import Counts, added
from mediane.statistics.rules.recipes import Year
from mediane.statistics.states import Axis, Population

PUBLISHED = (
    Axis.CHANNEL,
    Axis.ORIGIN,
    Axis.BENEFIT,
    Axis.GROUND,
    Axis.CAUSE,
    Axis.REASON,
    Axis.SCOPE_REASON,
    Axis.REPEAT,
    Axis.PRECEDED,
    Axis.OUTCOME,
    Axis.TOUCHED,
)


def labels() -> dict[Axis, dict[str, str]]:
    """Every value of each axis that is published, with its words: a value that nobody has is told too."""
    return {axis: words()[axis] for axis in PUBLISHED}


def codes() -> dict[Axis, list[str]]:
    return {axis: list(words) for axis, words in labels().items()}


def years_counted(year: int, cafs: Sequence[tuple[int, str]]) -> dict[str, Year]:
    """What was counted of each Caf that year, by its code. In the national context, which sees them all.

    A Caf that counted nothing is left out, unless its zero is known: it counted before, and no total imported
    for that year says otherwise.
    """
    tallies = Tally.objects.filter(organisation__isnull=False, channel="", benefit="")
    rows = tallies.filter(month__year=year)
    found: dict[int, dict[str, dict[Population, Counts]]] = defaultdict(lambda: defaultdict(dict))
    for caf, month, population, counts in rows.values_list("organisation", "month", "population", "counts"):
        found[caf or 0][f"{month:%Y-%m}"][Population(population)] = counts
    earlier = set(tallies.filter(month__year__lt=year).values_list("organisation", flat=True).distinct())
    totals = PastTotal.objects.filter(year=year).values_list("organisation", flat=True)
    known = found.keys() | (earlier - set(totals))
    names = [f"{year}-{month:02}" for month in range(1, 13)]
    return {
        code: Year(
            {one: added(month.get(one, {}) for month in found[number].values()) for one in Population},
            {name: found[number].get(name, {}) for name in names},
        )
        for number, code in cafs
        if number in known
    }


def published_years(organisation_id: int | None = None) -> list[Publication]:
    """Of a Caf or of the network, the latest first: every Caf was published the same day."""
    rows = Publication.objects.filter(organisation=organisation_id)
    return list(rows.defer("content").order_by("-year"))


def publication(year: int, organisation_id: int | None) -> Publication | None:
    return Publication.objects.filter(year=year, organisation=organisation_id).first()


def years_to_publish(this_year: int) -> list[int]:
    """Whole years in which something was counted, not published yet; the latest first."""
    counted = {month.year for month in Tally.objects.values_list("month", flat=True).distinct()}
    done = set(Publication.objects.values_list("year", flat=True).distinct())
    return sorted((year for year in counted - done if year < this_year), reverse=True)
