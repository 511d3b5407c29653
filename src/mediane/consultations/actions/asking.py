"""What the mediation does with a question: ask it, move its date, chase it, call it off."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mediane.casework import rights as casework_rights
from mediane.casework.actions.step import happened, lock
from mediane.casework.models import Case
from mediane.casework.states import Act
from mediane.consultations import rights
from mediane.consultations.actions.telling import NotAwaited, hold, tell
from mediane.consultations.models import Consultation, Joined
from mediane.consultations.queries.desk import addressee, files_to_share, with_article
from mediane.consultations.queries.sealed import said_in, sealed_question
from mediane.consultations.rules import Said
from mediane.consultations.states import Kind, State, Word
from mediane.documents.actions import new_sealing_key
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.french import capital, contracted, long_date
from mediane.kit.once import AlreadySent, written_by_page
from mediane.kit.refusal import Refusal


class DueTooEarly(Refusal):
    """Nobody answers yesterday."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """To a service or to a body, by its code; `shared` are public numbers of files of the case."""

    service: str = ""
    body: str = ""
    question: str
    due_on: date
    is_named: bool = False
    shared: Sequence[UUID] = ()


@transaction.atomic
def ask(*, case: Case, asked: Asked, by: Actor, at: datetime, entry_key: UUID | None = None) -> Consultation:
    """Ask a question about an open case. What the service may know is chosen here, and nothing else leaves.

    :raises AlreadySent: if the page asked something else.
    :raises NotAwaited: if the case is closed.
    :raises DueTooEarly: if the answer is due before tomorrow.
    """
    rights.require(casework_rights.may_work_on(by, case))
    if first := _asked_by_page(case, asked, entry_key):
        return first
    lock(case)
    if not case.is_open:
        raise NotAwaited("Ce dossier est clos\u00a0: rouvrez-le avant de poser une question.")
    _require_to_come(case, asked.due_on, at)
    consultation = _new(case, asked, by, at)
    consultation.entry_key = entry_key
    rows.add(consultation)
    _share(consultation, asked.shared)
    tell(consultation, Word.ASKED, by, at)
    words = capital(contracted("à", with_article(consultation)))
    happened(case=case, act=Act.ASK_SERVICE, by=by, at=at, words=words, is_shared=False)
    return consultation


def _new(case: Case, asked: Asked, by: Actor, at: datetime) -> Consultation:
    consultation = Consultation(
        organisation_id=case.organisation_id,
        case=case,
        key=new_sealing_key(organisation_id=case.organisation_id, beneficiary_id=None),
        public_id=uuid.uuid4(),
        rank=case.consultations.count() + 1,
        service=asked.service,
        body=asked.body,
        is_named=asked.is_named,
        asked_at=at,
        asked_by=by.name,
        due_on=asked.due_on,
        dated_at=at,
    )
    consultation.sealed = sealed_question(consultation, _said(case, asked))
    return consultation


def _asked_by_page(case: Case, asked: Asked, entry_key: UUID | None) -> Consultation | None:
    first = written_by_page(
        Consultation,
        entry_key=entry_key,
        organisation_id=case.organisation_id,
        case_id=case.pk,
        service=asked.service,
        body=asked.body,
        due_on=asked.due_on,
    )
    if first is not None and said_in(first).question != asked.question:
        raise AlreadySent(
            "Cette page a déjà posé une autre question. Pour poser aussi celle-ci, envoyez de nouveau."
        )
    return first


def _said(case: Case, asked: Asked) -> Said:
    if not asked.is_named:
        return Said(question=asked.question)
    person = case.beneficiary
    return Said(question=asked.question, name=person.full_name, number=person.number)


def _share(consultation: Consultation, wanted: Sequence[UUID]) -> None:
    of_case = (
        {document.public_id: document for document in files_to_share(consultation.case)} if wanted else {}
    )
    Joined.objects.bulk_create(
        Joined(
            organisation_id=consultation.organisation_id,
            consultation=consultation,
            document=of_case[one],
            kind=Kind.SHARED,
        )
        for one in dict.fromkeys(wanted)
    )


@transaction.atomic
def change_due(
    *, consultation: Consultation, due_on: date, seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Give the service another date; what is said as days pass begins again from it.

    :raises NotAwaited, ChangedMeanwhile: if somebody was first.
    :raises DueTooEarly: if that day is not to come.
    """
    rights.require(rights.may_follow(by, consultation))
    case = hold(consultation, seen_version=seen_version)
    if due_on == consultation.due_on:
        return
    _require_to_come(case, due_on, at)
    consultation.due_on, consultation.dated_at = due_on, at
    _change(consultation, "due_on", "dated_at")
    tell(consultation, Word.DUE_CHANGED, by, at)
    words = f"{addressee(consultation)}, pour le {long_date(due_on)}"
    happened(case=case, act=Act.MOVE_CONSULTATION, by=by, at=at, words=words, is_shared=False)


@transaction.atomic
def remind(*, consultation: Consultation, seen_version: int | None = None, by: Actor, at: datetime) -> None:
    """Chase by hand; of two people who do at once, one is told that the other did.

    :raises NotAwaited, ChangedMeanwhile: if somebody was first.
    """
    rights.require(rights.may_follow(by, consultation))
    case = hold(consultation, seen_version=seen_version)
    consultation.reminded_at = at
    _change(consultation, "reminded_at")
    tell(consultation, Word.REMINDED, by, at)
    words = addressee(consultation)
    happened(case=case, act=Act.REMIND_SERVICE, by=by, at=at, words=words, is_shared=False)


@transaction.atomic
def call_off(*, consultation: Consultation, seen_version: int | None = None, by: Actor, at: datetime) -> None:
    """Say that the answer is not needed any more: from now on the service reads nothing of the question.

    :raises NotAwaited, ChangedMeanwhile: if somebody was first.
    """
    rights.require(rights.may_follow(by, consultation))
    case = hold(consultation, seen_version=seen_version)
    consultation.state, consultation.ended_at, consultation.ended_by = State.CALLED_OFF, at, by.name
    _change(consultation, "state", "ended_at", "ended_by")
    tell(consultation, Word.CALLED_OFF, by, at)
    words = addressee(consultation)
    happened(case=case, act=Act.CALL_OFF_CONSULTATION, by=by, at=at, words=words, is_shared=False)


def _change(consultation: Consultation, *names: str) -> None:
    consultation.version += 1
    rows.change(consultation, (*names, "version"))


def _require_to_come(case: Case, due_on: date, at: datetime) -> None:
    if due_on <= clock.day_of(at, case.organisation.time_zone):
        raise DueTooEarly("Choisissez un jour à venir\u00a0: le service doit avoir le temps de répondre.")
