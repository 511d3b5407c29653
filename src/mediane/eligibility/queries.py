from datetime import date, datetime
from functools import cache

from django.db.models import QuerySet

from mediane.eligibility import rules
from mediane.eligibility.models import EligibilityCheck, EligibilityPolicy
from mediane.kit.prepared import prepared
from mediane.people.models import Beneficiary


@cache
def policies() -> dict[str, tuple[EligibilityPolicy, rules.Policy]]:
    """Every policy, as a row and as the rules read it. Reference data, kept by the process."""
    return {str(row.version): (row, _as_rule(row)) for row in EligibilityPolicy.objects.order_by("version")}


def policy_on(day: date) -> tuple[EligibilityPolicy, rules.Policy]:
    """The policy in force; the first one for a day before all of them."""
    known = policies()
    chosen = rules.policy_on([rule for _, rule in known.values()], day)
    return known[chosen.version] if chosen else next(iter(known.values()))


def last_check(of: Beneficiary, since: datetime) -> EligibilityCheck | None:
    return (
        EligibilityCheck.objects.filter(beneficiary=of, taken_at__gte=since)
        .order_by("-taken_at", "-pk")
        .first()
    )


def _as_rule(row: EligibilityPolicy) -> rules.Policy:
    return rules.Policy(
        version=str(row.version),
        effective_from=row.effective_from,
        waiting_months=row.waiting_months,
        early_filing_allowed=row.early_filing_allowed,
        cra_pending="block" if row.cra_pending_blocks else "warn",
    )


def attempts_to_resume(of: Beneficiary) -> list[EligibilityCheck]:
    """Attempts made too early: the latest for each day on which it becomes possible."""
    return list({check.possible_from: check for check in _made_too_early(of.pk)}.values())


@prepared
def _made_too_early(beneficiary_id: int) -> QuerySet[EligibilityCheck]:
    checks = EligibilityCheck.objects.filter(beneficiary_id=beneficiary_id, possible_from__isnull=False)
    return checks.order_by("taken_at", "pk")
