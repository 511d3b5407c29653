"""The one answer to a question: sent by the service on its page, or noted at the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mediane.casework.actions.step import happened
from mediane.casework.states import Act
from mediane.consultations import rights
from mediane.consultations.actions.files import keep_file
from mediane.consultations.actions.telling import hold, hold_any, refuse_another_text, require_awaited
from mediane.consultations.models import AnswerDraft, Consultation, Joined
from mediane.consultations.queries.desk import addressee
from mediane.consultations.queries.sealed import answer_of, sealed_answer
from mediane.consultations.states import Heard, Kind, State
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import rows
from mediane.kit.rowsecurity import staff, working_for


@dataclass(frozen=True, kw_only=True)
class NotedAnswer:
    """What was said by telephone, mail…; files are names and bytes."""

    heard: Heard
    text: str
    files: Sequence[tuple[str, bytes]] = ()


@transaction.atomic
def answer(
    *,
    consultation: Consultation,
    text: str,
    page: UUID | None = None,
    seen_version: int = 0,
    by: Actor,
    at: datetime,
) -> None:
    """Send the answer of a service, with the files it joined; the case comes back to the top by itself.

    Found by the service in its own context; the case, that it never sees, is written in the Caf’s. The same
    words sent twice by one person are one answer.

    :raises NotAwaited: if the question was answered, called off, or closed with its case.
    :raises WrittenMeanwhile: if a colleague saved another text since the page was shown.
    """
    rights.require(rights.may_answer(by, consultation))
    with working_for(staff(consultation.organisation_id)):
        case = hold_any(consultation)
        if consultation.state == State.ANSWERED and _is_the_same(consultation, text, by):
            return
        require_awaited(consultation)
        if draft := AnswerDraft.objects.filter(consultation=consultation).first():
            refuse_another_text(draft, consultation, text, page=page, seen_version=seen_version)
            draft.delete()
        _end(consultation, text, Heard.ONLINE, by, at)
        Joined.objects.filter(consultation=consultation, kind=Kind.DRAFT).update(kind=Kind.ANSWER)
        case.has_news = True
        words = f"{addressee(consultation)}\u00a0: {by.name}"
        happened(case=case, act=Act.ANSWER_CONSULTATION, by=by, at=at, words=words, is_shared=False)


@transaction.atomic
def note_answer(
    *,
    consultation: Consultation,
    said: NotedAnswer,
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write down an answer that came otherwise. What the service joined to a draft stays its own, unsent.

    :raises NotAwaited, ChangedMeanwhile: if somebody was first.
    :raises FileRefused: with what to do.
    """
    rights.require(rights.may_follow(by, consultation))
    case = hold(consultation, seen_version=seen_version)
    for name, data in said.files:
        keep_file(consultation, name, data, Kind.ANSWER, by, at)
    consultation.read_at = at
    _end(consultation, said.text, said.heard, by, at)
    words = f"{addressee(consultation)}, {said.heard.label.lower()}"
    happened(case=case, act=Act.ANSWER_CONSULTATION, by=by, at=at, words=words, is_shared=False)


@transaction.atomic
def read_answer(*, consultation: Consultation, by: Actor, at: datetime) -> None:
    """Note that somebody of the mediation opened the answer, the first time."""
    rights.require(rights.may_follow(by, consultation))
    if consultation.state != State.ANSWERED or consultation.read_at is not None:
        return
    consultation.read_at = at
    rows.change(consultation, ("read_at",))
    record(verb="read_consultation", subject=("consultation", str(consultation.public_id)), by=by, at=at)


def _is_the_same(consultation: Consultation, text: str, by: Actor) -> bool:
    return consultation.ended_by == by.name and answer_of(consultation) == text


def _end(consultation: Consultation, text: str, heard: Heard, by: Actor, at: datetime) -> None:
    consultation.state, consultation.heard = State.ANSWERED, heard
    consultation.sealed_answer = sealed_answer(consultation, text)
    consultation.ended_at, consultation.ended_by = at, by.name
    consultation.version += 1
    fields = ("state", "heard", "sealed_answer", "ended_at", "ended_by", "read_at", "version")
    rows.change(consultation, fields)
