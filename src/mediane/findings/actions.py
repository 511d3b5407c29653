"""The verbs of findings: opened, shown by cases and figures, answered by proposals, followed line by line."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max

from mediane.casework.models import Case, Recommendation
from mediane.findings import rights
from mediane.findings.models import CitedFigure, Evidence, Finding, FollowUp, Proposal
from mediane.findings.states import Motive, Outcome
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import long_date
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id

NUMBERING = 5_082_076  # any number, as long as nobody else locks it
MOST_FIGURES = 4


class FindingChanged(Refusal):
    """Somebody else changed it since the form was shown."""


class TooManyFigures(Refusal):
    """A finding rests on a few figures."""


class DueTooEarly(Refusal):
    """Nobody answers yesterday."""


class FollowedOutOfTurn(Refusal):
    """A follow-up comes after what it follows, and not tomorrow."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """`code` is a ground or a cause of the catalogue, as `motive` says; all three empty measure nothing."""

    title: str
    words: str
    motive: Motive | str = ""
    code: str = ""
    benefit: str = ""


@dataclass(frozen=True, kw_only=True)
class Cited:
    """A figure by its code, from the month of `since` to that of `until`."""

    indicator: str
    since: date
    until: date
    channel: str = ""
    benefit: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    words: str
    addressee: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Followed:
    outcome: Outcome
    on: date
    words: str
    evidence: str


@transaction.atomic
def open_finding(*, told: Told, by: Actor, at: datetime, entry_key: UUID | None = None) -> Finding:
    """:raises AlreadySent: if the page opened another one."""
    _require(rights.may_find(by))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": by.organisation_id}
    if first := written_by_page(Finding, **page, **asdict(told)):
        return first
    # Two opened at once take two numbers: one waits here.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERING, by.organisation_id])
    last = Finding.objects.of(by.organisation_id).aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(
        **page,
        number=last + 1,
        **asdict(told),
        opened_at=at,
        opened_by=by.name,
    )
    _journal("open_finding", finding, by, at)
    return finding


@transaction.atomic
def change_finding(*, finding: Finding, told: Told, seen_version: int, by: Actor, at: datetime) -> Finding:
    """Say it better; what shows it and what was proposed stays.

    :raises FindingChanged: if somebody else was first.
    """
    _require(rights.may_propose(by, finding))
    rows.hold(finding)
    if finding.version != seen_version:
        raise FindingChanged(
            "Une autre personne a modifié ce constat. Relisez-le, puis enregistrez de nouveau."
        )
    values = asdict(told) | {"version": finding.version + 1}
    for name, value in values.items():
        setattr(finding, name, value)
    rows.change(finding, tuple(values))
    _journal("change_finding", finding, by, at)
    return finding


@transaction.atomic
def join_case(*, finding: Finding, case: Case, by: Actor, at: datetime) -> None:
    """A case shows the finding; joined twice, it is there once."""
    _require(rights.may_work_on(by, finding))
    _join(finding, case.pk, None, by, at)


@transaction.atomic
def join_recommendations(
    *, finding: Finding, recommendations: Sequence[Recommendation], by: Actor, at: datetime
) -> None:
    """Several recommendations, made case by case, make one finding."""
    _require(rights.may_work_on(by, finding))
    for one in recommendations:
        _join(finding, one.case_id, one, by, at)


@transaction.atomic
def cite_figure(*, finding: Finding, cited: Cited, by: Actor, at: datetime) -> None:
    """:raises TooManyFigures: beyond a few."""
    _require(rights.may_work_on(by, finding))
    rows.hold(finding)
    if finding.figures.filter(**asdict(cited)).exists():
        return
    if finding.figures.count() >= MOST_FIGURES:
        raise TooManyFigures(f"Un constat cite {MOST_FIGURES} chiffres au plus.")
    CitedFigure.objects.create(
        organisation_id=finding.organisation_id,
        finding=finding,
        **asdict(cited),
        cited_at=at,
        cited_by=by.name,
    )
    _journal("cite_figure", finding, by, at)


@transaction.atomic
def propose(
    *, finding: Finding, proposed: Proposed, by: Actor, at: datetime, entry_key: UUID | None = None
) -> Proposal:
    """
    :raises AlreadySent: if the page wrote another one.
    :raises DueTooEarly: unless the answer is expected on a day to come.
    """
    _require(rights.may_propose(by, finding))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": finding.organisation_id}
    if first := written_by_page(Proposal, **page, finding_id=finding.pk, **asdict(proposed)):
        return first
    rows.hold(finding)
    if proposed.due_on <= clock.day_of(at, by_id(finding.organisation_id).time_zone):
        raise DueTooEarly("Choisissez un jour à venir pour la réponse.")
    proposal = Proposal.objects.create(
        **page,
        finding=finding,
        rank=finding.proposals.count() + 1,
        **asdict(proposed),
        proposed_at=at,
        proposed_by=by.name,
    )
    _journal("propose", finding, by, at)
    return proposal


@transaction.atomic
def follow_up(
    *, proposal: Proposal, followed: Followed, by: Actor, at: datetime, entry_key: UUID | None = None
) -> FollowUp:
    """Write the next line of what became of a proposal; the lines before stay.

    :raises AlreadySent: if the page wrote another one.
    :raises FollowedOutOfTurn: before the proposal or the last line, or on a day to come.
    """
    _require(rights.may_work_on(by, proposal.finding))
    page: dict[str, Any] = {"entry_key": entry_key, "organisation_id": proposal.organisation_id}
    if line := written_by_page(FollowUp, **page, proposal_id=proposal.pk, **asdict(followed)):
        return line
    rows.hold(proposal)
    zone = by_id(proposal.organisation_id).time_zone
    first = proposal.since or clock.day_of(proposal.proposed_at, zone)
    if not first <= followed.on <= clock.day_of(at, zone):
        raise FollowedOutOfTurn(f"Choisissez un jour entre le {long_date(first)} et aujourd’hui.")
    line = FollowUp.objects.create(
        **page,
        proposal=proposal,
        rank=proposal.follow_ups.count() + 1,
        **asdict(followed),
        noted_at=at,
        noted_by=by.name,
    )
    proposal.outcome, proposal.since = followed.outcome, followed.on
    rows.change(proposal, ("outcome", "since"))
    _journal("follow_up_proposal", proposal.finding, by, at)
    return line


def _join(
    finding: Finding, case: int, recommendation: Recommendation | None, by: Actor, at: datetime
) -> None:
    rows.hold(finding)
    Evidence.objects.get_or_create(
        organisation_id=finding.organisation_id,
        finding=finding,
        case_id=case,
        recommendation=recommendation,
        defaults={"joined_at": at, "joined_by": by.name},
    )
    _journal("join_evidence", finding, by, at)


def _journal(verb: str, finding: Finding, by: Actor, at: datetime) -> None:
    record(verb=verb, subject=("finding", str(finding.number)), by=by, at=at)


def _require(answer: bool) -> None:
    """:raises PermissionDenied: when a right is missing; no screen proposes what is not allowed."""
    if not answer:
        raise PermissionDenied
