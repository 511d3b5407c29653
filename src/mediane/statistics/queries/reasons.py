"""Precise reasons by benefit, over a period: one indexed read."""

from collections import defaultdict
from datetime import date

from mediane.statistics.models import Tally
from mediane.statistics.queries.counted import Place
from mediane.statistics.rules.counts import Counts, added
from mediane.statistics.rules.drafting_reasons import Reasons, reasons_of
from mediane.statistics.states import Axis, Population


def reasons_by_benefit(place: Place, *, since: date, until: date) -> list[Reasons]:
    """Of the benefits something was handled for, the most frequent first; the name is the code."""
    rows = Tally.objects.filter(
        organisation=place.organisation_id,
        region=place.region,
        channel="",
        population=Population.MEDIATION,
        month__gte=since,
        month__lt=until,
    ).exclude(benefit="")
    parts: dict[str, list[Counts]] = defaultdict(list)
    for benefit, everything, reasons in rows.values_list(
        "benefit", f"counts__{Axis.ALL}", f"counts__{Axis.REASON}"
    ):
        parts[benefit].append({str(Axis.ALL): everything or {}, str(Axis.REASON): reasons or {}})
    whole = {benefit: added(several) for benefit, several in parts.items()}
    found = [
        reasons_of(benefit, counts[Axis.ALL].get("", 0), counts[Axis.REASON])
        for benefit, counts in whole.items()
    ]
    return sorted((one for one in found if one.handled), key=lambda one: (-one.handled, one.benefit))
