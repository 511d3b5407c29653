"""What became of the tests: how many, what stopped them, what was said, who came back."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.eligibility import rights
from mediane.eligibility.models import EligibilityPolicy
from mediane.eligibility.queries import RETURNED, Funnel, published
from mediane.eligibility.queries import funnel as counted_funnel
from mediane.eligibility.rules import Obstacle, Verdict
from mediane.kit import clock
from mediane.kit.french import MONTHS, count, long_date
from mediane.kit.months import months_later
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs
from mediane.web.request import StaffRequest
from mediane.web.steering import periods, regions, words

Row = dict[str, Any]
EVERYWHERE = (("", "Toutes, par région"), (regions.LIST, "Toutes, en une liste"))
DELAYS = (
    ("Le jour même", 0, 0),
    ("Dans la semaine", 1, 7),
    ("Dans le mois", 8, 30),
    ("Dans les deux mois", 31, 61),
    ("Plus tard", 62, 10_000),
)


@require_safe
def funnel(request: StaffRequest) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    cafs = all_cafs() if rights.may_see_every_caf(request.actor) else []
    versions = published()
    asked = request.GET
    months = next((n for n, _ in periods.CHOICES if str(n) == asked.get("mois")), periods.USUAL)
    caf = next((one for one in cafs if one.code == asked.get("caf")), None)
    version = next((one for one in versions if str(one.version) == asked.get("version")), None)
    since = periods.beginning(today, months)
    counted = counted_funnel(
        since=since, until=today, caf=caf.pk if caf else None, version=version.version if version else None
    )
    by_caf = _by_caf(counted, cafs) if caf is None else []
    context = {
        "months": months,
        "periods": periods.CHOICES,
        "caf": caf,
        "cafs": cafs,
        "version": version,
        "versions": versions,
        "is_narrowed": bool(caf or version or months != periods.USUAL),
        "lead": _lead(_numbers(counted.total), since),
        "has_tests": bool(counted.total),
        "by_month": _by_month(counted, since, today),
        "obstacles": _obstacles(counted),
        "returns": _returns(counted),
        "by_version": _by_version(counted, versions),
        "by_caf": by_caf,
        "regions": [] if asked.get("caf") == regions.LIST else _by_region(by_caf),
        "everywhere": EVERYWHERE,
        "shown": caf.code if caf else asked.get("caf", ""),
    }
    return render(request, "steering/funnel.html", context)


def _lead(total: Row, since: date) -> str:
    if total["tests"] == 0:
        return f"Aucun test depuis le {long_date(since)}."
    told = count(total["tests"], "test", "tests")
    stopped = (
        count(total["stopped"], "a été arrêté", "ont été arrêtés") if total["stopped"] else "aucun arrêté"
    )
    early = f" et {count(total['early'], 'venait', 'venaient')} trop tôt" if total["early"] else ""
    said = f"Depuis le {long_date(since)}, {told}\u00a0: {stopped}{early}."
    if total["returned"]:
        returned = count(total["returned"], "personne est revenue", "personnes sont revenues")
        said += f" Ensuite, {returned} et {'a pu' if total['returned'] < 2 else 'ont pu'} déposer."
    return said


def _numbers(counter: Counter[str]) -> Row:
    tests = sum(counter[verdict] for verdict in Verdict)
    opened, early = (_share(counter[name], tests) for name in (Verdict.OPEN, Verdict.EARLY))
    return {
        "tests": tests,
        "open": counter[Verdict.OPEN],
        "early": counter[Verdict.EARLY],
        "stopped": counter[Verdict.STOPPED],
        "returned": counter[RETURNED],
        "shares": (opened, early, 100 - opened - early) if tests else None,
    }


def _share(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def _by_month(counted: Funnel, since: date, today: date) -> list[tuple[str, Row]]:
    rows, month = [], today.replace(day=1)
    while month >= since:
        name = f"{MONTHS[month.month - 1].capitalize()} {month.year}"
        rows.append((name, _numbers(counted.months.get(month, Counter()))))
        month = months_later(month, -1)
    return rows


def _obstacles(counted: Funnel) -> list[Row]:
    """One row an obstacle, the most frequent first, with every wording that was used.

    Some were met before what is counted: people only came back from them.
    """
    tests = sum(counted.total[verdict] for verdict in Verdict)
    met: Counter[str] = Counter()
    for (obstacle, _), number in counted.obstacles.items():
        met[obstacle] += number
    for obstacle, _ in counted.returns:
        met[obstacle] += 0
    return [
        {
            "label": words.OBSTACLES[Obstacle(obstacle)],
            "number": number,
            "share": _share(number, tests),
            "told": sorted({told for (one, told) in counted.obstacles if one == obstacle and told}),
            "returned": sum(_days(counted, obstacle).values()),
            "median": _median(_days(counted, obstacle)),
        }
        for obstacle, number in met.most_common()
    ]


def _days(counted: Funnel, obstacle: str) -> Counter[int]:
    return Counter({days: number for (one, days), number in counted.returns.items() if one == obstacle})


def _median(days: Counter[int]) -> int | None:
    return sorted(days.elements())[(days.total() - 1) // 2] if days else None


def _returns(counted: Funnel) -> list[Row]:
    total = sum(counted.returns.values())
    rows = []
    for label, shortest, longest in DELAYS:
        number = sum(n for (_, days), n in counted.returns.items() if shortest <= days <= longest)
        rows.append({"label": label, "number": number, "share": _share(number, total)})
    return rows if total else []


def _by_version(counted: Funnel, versions: list[EligibilityPolicy]) -> list[tuple[EligibilityPolicy, Row]]:
    return [
        (one, _numbers(counted.versions[one.version]))
        for one in reversed(versions)
        if one.version in counted.versions
    ]


def _by_caf(counted: Funnel, cafs: list[Organisation]) -> list[tuple[Organisation, Row]]:
    return [(caf, _numbers(counted.cafs[caf.pk])) for caf in cafs if caf.pk in counted.cafs]


def _by_region(rows: list[tuple[Organisation, Row]]) -> list[Row]:
    if len(rows) <= regions.FEW:
        return []
    return [
        {"name": name, "rows": some, "tests": sum(row["tests"] for _, row in some)}
        for name, some in regions.folded(rows, lambda one: one[0]).items()
    ]
