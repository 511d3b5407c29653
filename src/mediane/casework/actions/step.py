"""The two gestures under every verb: move a case, and write down what happened."""

from datetime import date, datetime
from functools import partial

from mediane.casework.models import Case, Step
from mediane.casework.rules.register_facts import facts_of
from mediane.casework.rules.sentences import too_late
from mediane.casework.states import CLOSED, MOVES, Act, Move, State
from mediane.complaints.actions import note_facts
from mediane.complaints.rules import Fact
from mediane.documents.actions import to_be_read
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, jobs, rows
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id

# What an act may change of a case; the database refuses that its identity ever does.
CHANGING = (
    "state",
    "closed_at",
    "version",
    "assignee",
    "admissible_on",
    "due_on",
    "due_what",
    "is_paused",
    "has_news",
    "has_draft_reply",
    "cause",
    "grounds",
    "is_urgent",
)


class MoveRefused(Refusal):
    """The case is no longer where the screen showed it."""


class ChangedMeanwhile(Refusal):
    """Somebody else acted since the form was shown."""


def lock(case: Case, *, seen_version: int | None = None) -> Case:
    """Take the row for this transaction and read it again: of two people, one waits here.

    :raises ChangedMeanwhile: if the case moved since version `seen_version` was shown.
    """
    rows.hold(case, keep=("referral", "beneficiary", "key"))
    case.organisation = by_id(case.organisation_id)
    if seen_version is not None and seen_version != case.version:
        raise ChangedMeanwhile(_too_late(case))
    return case


def move(*, case: Case, to: Move, by: Actor, at: datetime, words: str = "", is_shared: bool = True) -> Step:
    """Carry a locked case to its next state and write the step down: the only code that changes it.

    :raises MoveRefused: if the state of the case does not allow this move; says who was first.
    """
    sources, target = MOVES[to]
    if case.state not in sources:
        raise MoveRefused(f"{_too_late(case)} {_impossible(to)}")
    source, case.state = case.state, target
    # What was closed and is seen otherwise was closed the first day.
    case.closed_at = (case.closed_at or at) if target in CLOSED else None
    if target in CLOSED:
        case.is_paused = False
    return _write(case, to, source=source, by=by, at=at, words=words, is_shared=is_shared)


def happened(
    *, case: Case, act: Act, by: Actor, at: datetime, words: str = "", is_shared: bool = True
) -> Step:
    """Write down what changes no state."""
    return _write(case, act, source="", by=by, at=at, words=words, is_shared=is_shared)


def _write(
    case: Case, act: Move | Act, *, source: str, by: Actor, at: datetime, words: str, is_shared: bool
) -> Step:
    case.version += 1
    if case.pk:
        rows.change(case, CHANGING)
    else:
        rows.add(case)
    step = Step(
        organisation_id=case.organisation_id,
        case=case,
        act=act,
        source=source,
        target=case.state,
        at=at,
        by_kind=by.kind,
        by_id=by.id,
        by_name=by.name,
        words=words,
        is_shared=is_shared,
    )
    rows.add(step)
    record(verb=act, subject=("case", case.reference), by=by, at=at, beneficiary_id=case.beneficiary_id)
    _tell(step, case)
    return step


def _tell(step: Step, case: Case) -> None:
    of_caf = partial(jobs.job, organisation_id=case.organisation_id)
    waiting = [of_caf("announce", case_id=case.pk, act=str(step.act))] if step.is_shared else []
    if facts := facts_of(step.act, step.source, step.target):
        note_facts(
            facts=[(fact, _true_since(fact, case, step.at)) for fact in facts],
            reference=case.reference,
            organisation_id=case.organisation_id,
            beneficiary_id=case.beneficiary_id,
            at=step.at,
        )
        waiting.append(of_caf("tell_register", reference=case.reference))
    if step.act == Act.FILE:
        # Files joined to a draft are read from the day it is sent.
        waiting.append(to_be_read(organisation_id=case.organisation_id, key_id=case.key_id))
    jobs.defer_all(*waiting)


def _true_since(fact: Fact, case: Case, at: datetime) -> date:
    known = {Fact.REGISTERED: case.received_on, Fact.ADMISSIBLE: case.admissible_on}.get(fact)
    return known or clock.day_of(at, by_id(case.organisation_id).time_zone)


def _too_late(case: Case) -> str:
    last = case.steps.order_by("-at", "-pk").first()
    return too_late(last, State(case.state).label, by_id(case.organisation_id).time_zone)


def _impossible(to: Move) -> str:
    return f"Impossible de {to.label[0].lower()}{to.label[1:]}."
