"""What pages read of findings, in a constant number of statements."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Min, OuterRef, Q, QuerySet

from mediane.casework.models import Recommendation
from mediane.findings.models import CitedFigure, Evidence, Finding, FollowUp, Proposal
from mediane.findings.rules.standing import standing
from mediane.findings.states import Outcome, Standing

MOST_OFFERED = 60


@dataclass(frozen=True)
class Listed:
    finding: Finding
    standing: Standing
    proposals: int
    # The soonest answer still awaited.
    due_on: date | None


@dataclass(frozen=True)
class ShownProposal:
    proposal: Proposal
    lines: list[FollowUp]

    @property
    def implemented_on(self) -> date | None:
        """The first day it was wholly in place."""
        days = (line.on for line in self.lines if line.outcome == Outcome.IMPLEMENTED)
        return min(days, default=None)


def findings_of(organisation_id: int) -> list[Listed]:
    """Of a Caf, in the order of their state, the latest first; one statement."""
    outcomes = Proposal.objects.filter(finding=OuterRef("pk")).order_by("rank").values_list("outcome")
    found = Finding.objects.of(organisation_id).annotate(
        outcomes=ArraySubquery(outcomes),
        proposed=Count("proposals"),
        due_on=Min("proposals__due_on", filter=Q(proposals__outcome=Outcome.PENDING)),
    )
    listed = [
        Listed(one, standing([Outcome(outcome) for outcome in one.outcomes]), one.proposed, one.due_on)
        for one in found.order_by("-number")
    ]
    order = list(Standing)
    return sorted(listed, key=lambda one: order.index(one.standing))


def finding_of(organisation_id: int, number: int) -> Finding | None:
    return Finding.objects.of(organisation_id).filter(number=number).first()


def figures_of(finding: Finding) -> list[CitedFigure]:
    return list(finding.figures.order_by("pk"))


def proposals_of(finding: Finding) -> list[ShownProposal]:
    """With what became of each, the first line first; two statements."""
    proposals = finding.proposals.order_by("rank").prefetch_related("follow_ups")
    return [ShownProposal(one, sorted(one.follow_ups.all(), key=lambda line: line.rank)) for one in proposals]


def proposal_of(finding: Finding, rank: int) -> Proposal | None:
    found = finding.proposals.filter(rank=rank).first()
    if found is not None:
        found.finding = finding
    return found


def evidence_of(finding: Finding) -> list[Evidence]:
    """The cases that show it, with their recommendation; nobody outside of the service reads any."""
    joined = finding.evidence.select_related("case", "recommendation")
    return list(joined.order_by("case__reference", "recommendation__rank"))


def recommendations_to_join(finding: Finding) -> QuerySet[Recommendation]:
    """The latest of the Caf that do not show this finding yet."""
    made = Recommendation.objects.filter(organisation_id=finding.organisation_id)
    others = made.exclude(shows__finding=finding).select_related("case")
    return others.order_by("-made_at", "-pk")[:MOST_OFFERED]
