"""Which numbers an edition has: those of the service, or those of the open data."""

from datetime import date

from django.db.models import Q

from mediane.catalogue.rules import threshold_on
from mediane.organisations.models import Organisation
from mediane.reports.rules.figures import Figures
from mediane.reports.rules.numbers import Numbers
from mediane.reports.rules.published import NOBODY, Published
from mediane.reports.states import Audience
from mediane.statistics.models import Publication
from mediane.statistics.rules.recipes import Told


def figures_for(audience: Audience, organisation: Organisation, numbers: Numbers, *, on: date) -> Figures:
    """The threshold is that of the day the year was published; until it is, that of the day it is read."""
    if audience is Audience.INTERNAL:
        return Figures(numbers)
    caf = None if organisation.is_national else organisation.pk
    rows = Publication.objects.filter(
        Q(organisation=caf) | Q(organisation=None), year__in=numbers.years
    ).in_bulk()
    # Where nothing was counted yet, totals known or not, what is published would be a false zero. A report of
    # an unknown year is published all the same: it says so.
    past = numbers.from_totals | numbers.incomplete | (numbers.unknown - {numbers.year})
    own = {row.year: row for row in rows.values() if row.organisation_id == caf and row.year not in past}
    told = {year: Told(**row.content) for year, row in own.items()}
    empty = {year for year in numbers.years if not _is_counted(numbers, year)} - past
    told |= dict.fromkeys(empty - told.keys(), NOBODY)
    return Published(
        numbers.without_counts(),
        own=told,
        network={row.year: Told(**row.content) for row in rows.values() if row.organisation_id is None},
        smallest=own[numbers.year].threshold if numbers.year in own else threshold_on(on).smallest,
    )


def _is_counted(numbers: Numbers, year: int) -> bool:
    """Whether anything was that year, here or anywhere else."""
    return any((*numbers.own.get(year, {}).values(), *numbers.network.get(year, {}).values()))
