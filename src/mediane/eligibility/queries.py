from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from mediane.eligibility import rules
from mediane.eligibility.models import AnonymousAttempt, EligibilityCheck, EligibilityPolicy
from mediane.kit.prepared import prepared
from mediane.people.models import Beneficiary

# Beside the verdicts: who had been told to wait or stop, and came back able to go on.
RETURNED = "returned"


@prepared
def published() -> QuerySet[EligibilityPolicy]:
    """Every policy published, in force or to come. Read each time: one may be published at any moment."""
    return EligibilityPolicy.objects.filter(version__isnull=False).order_by("version")


def drafts() -> QuerySet[EligibilityPolicy]:
    return EligibilityPolicy.objects.filter(version=None).order_by("pk")


def policy_on(day: date) -> tuple[EligibilityPolicy, rules.Policy]:
    """The policy in force; the first one for a day before all of them."""
    known = {str(row.version): (row, as_rule(row)) for row in published()}
    chosen = rules.policy_on([rule for _, rule in known.values()], day)
    return known[chosen.version] if chosen else next(iter(known.values()))


def last_check(of: Beneficiary, since: datetime) -> EligibilityCheck | None:
    return (
        EligibilityCheck.objects.filter(beneficiary=of, taken_at__gte=since)
        .order_by("-taken_at", "-pk")
        .first()
    )


def as_rule(row: EligibilityPolicy) -> rules.Policy:
    """As the rules read it; a draft applies from no day in particular."""
    return rules.Policy(
        version=str(row.version or 0),
        effective_from=row.effective_from or date.max,
        waiting_months=row.waiting_months,
        early_filing_allowed=row.early_filing_allowed,
        cra_pending="block" if row.cra_pending_blocks else "warn",
        skipped=frozenset(map(rules.Question, row.skipped)),
    )


def attempts_to_resume(of: Beneficiary) -> list[EligibilityCheck]:
    """Attempts made too early: the latest for each day on which it becomes possible."""
    return list({check.possible_from: check for check in _made_too_early(of.pk)}.values())


@prepared
def _made_too_early(beneficiary_id: int) -> QuerySet[EligibilityCheck]:
    checks = EligibilityCheck.objects.filter(beneficiary_id=beneficiary_id, possible_from__isnull=False)
    return checks.order_by("taken_at", "pk")


@prepared
def attempts_of(beneficiary_id: int) -> QuerySet[EligibilityCheck]:
    """The runs of the test of one person, latest first: as many as matter to know that she came back."""
    runs = EligibilityCheck.objects.select_related("policy").filter(beneficiary_id=beneficiary_id)
    return runs.order_by("-taken_at", "-pk")[:30]


@dataclass(frozen=True)
class Simulation:
    """What the runs of the test since a month would have become under other rules."""

    since: date
    total: int = 0
    moves: Counter[tuple[rules.Ending, rules.Ending]] = field(default_factory=Counter)
    by_caf: dict[int, Counter[tuple[rules.Ending, rules.Ending]]] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        return sum(number for (before, after), number in self.moves.items() if before != after)


def simulate(policy: rules.Policy, *, since: date) -> Simulation:
    """Replay what was answered, without knowing by whom. One statement; each profile is judged once."""
    groups = (
        AnonymousAttempt.objects.filter(month__gte=since)
        .values_list("organisation_id", "profile", "verdict", "obstacle")
        .annotate(number=Count("pk"))
        .order_by()
    )
    moves: Counter[tuple[rules.Ending, rules.Ending]] = Counter()
    by_caf: dict[int, Counter[tuple[rules.Ending, rules.Ending]]] = {}
    judged: dict[rules.Profile, rules.Ending] = {}
    for caf, kept, verdict, obstacle, number in groups:
        run = rules.Profile(**kept)
        if run not in judged:
            judged[run] = rules.replay(run, policy)
        before = (rules.Verdict(verdict), rules.Obstacle(obstacle) if obstacle else None)
        moves[before, judged[run]] += number
        by_caf.setdefault(caf, Counter())[before, judged[run]] += number
    return Simulation(since, sum(moves.values()), moves, by_caf)


@dataclass(frozen=True)
class Funnel:
    """What became of the runs of the test: counted by month, by obstacle, by version and by Caf.

    A run has one verdict; those of people who came back are counted once more, as returns.
    """

    months: dict[date, Counter[str]] = field(default_factory=dict)
    obstacles: Counter[tuple[str, str]] = field(default_factory=Counter)  # obstacle, what was told
    versions: dict[int, Counter[str]] = field(default_factory=dict)
    cafs: dict[int, Counter[str]] = field(default_factory=dict)
    returns: Counter[tuple[str, int]] = field(default_factory=Counter)  # obstacle, days

    @property
    def total(self) -> Counter[str]:
        return sum(self.months.values(), Counter())

    def add(self, *, month: date, version: int, caf: int, what: str, number: int) -> None:
        self.months.setdefault(month, Counter())[what] += number
        self.versions.setdefault(version, Counter())[what] += number
        self.cafs.setdefault(caf, Counter())[what] += number


def funnel(*, since: date, until: date, caf: int | None = None, version: int | None = None) -> Funnel:
    """Within what the context may see; two statements whatever the number of attempts."""
    attempts = AnonymousAttempt.objects.filter(month__gte=since, month__lte=until)
    if caf is not None:
        attempts = attempts.filter(organisation_id=caf)
    if version is not None:
        attempts = attempts.filter(policy__version=version)
    counted = Funnel()
    for month, asked, where, verdict, obstacle, told, number in _numbers(
        attempts, "verdict", "obstacle", "told"
    ):
        counted.add(month=month, version=asked, caf=where, what=verdict, number=number)
        if obstacle:
            counted.obstacles[obstacle, told] += number
    came_back = attempts.exclude(returned_from="")
    for month, asked, where, obstacle, days, number in _numbers(came_back, "returned_from", "returned_after"):
        counted.add(month=month, version=asked, caf=where, what=RETURNED, number=number)
        counted.returns[obstacle, days] += number
    return counted


def _numbers(attempts: QuerySet[AnonymousAttempt], *what: str) -> Iterable[tuple[Any, ...]]:
    place = ("month", "policy__version", "organisation_id")
    return attempts.values_list(*place, *what).annotate(number=Count("pk")).order_by()
