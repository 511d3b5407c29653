"""The rules of the test, version by version, and the drafts of the next ones."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.eligibility.models import EligibilityPolicy
from mediane.eligibility.queries import drafts, policy_on, published
from mediane.kit import clock
from mediane.web.request import StaffRequest
from mediane.web.steering import words
from mediane.web.steering.finding import require_national


@require_safe
def policies(request: StaffRequest) -> HttpResponse:
    require_national(request)
    today = clock.today(request.organisation.time_zone)
    current, _ = policy_on(today)
    shown = [
        {"row": row, "when": _when(row, current), "decisions": words.decisions(row)}
        for row in reversed(published())
    ]
    context = {
        "published": shown,
        "drafts": [{"row": row, "decisions": words.decisions(row)} for row in drafts()],
    }
    return render(request, "steering/policies.html", context)


def _when(row: EligibilityPolicy, current: EligibilityPolicy) -> str:
    if row.version == current.version:
        return "En vigueur"
    begins_later = (row.effective_from, row.version) > (current.effective_from, current.version)
    return "À venir" if begins_later else "Remplacée"
