from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.links import kept_for
from mediane.casework.actions.schedule import bring_up, sort_by_next_due
from mediane.casework.actions.step import MoveRefused, happened, lock
from mediane.casework.models import Case, Message, MessageDocument, Note
from mediane.casework.queries.casefile import NOTE
from mediane.casework.queries.own_case import answered_with
from mediane.casework.rules.public_words import ANOTHER_CAF
from mediane.casework.states import Act, State
from mediane.documents.models import Document
from mediane.documents.queries import opened
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import sealing
from mediane.kit.french import of


@transaction.atomic
def write_to_person(
    *, case: Case, body: str, seen_version: int | None = None, by: Actor, at: datetime
) -> Message:
    """Write in the follow-up space; the notice by e-mail says nothing of it.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    message = Message.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        is_from_person=False,
        author=f"{by.name}, {by.title}",
        body=body,
        sent_at=at,
    )
    happened(case=case, act=Act.WRITE, by=by, at=at)
    return message


@transaction.atomic
def write_to_service(
    *, case: Case, body: str, documents: Sequence[Document] = (), by: Actor, at: datetime
) -> Message:
    """Write to the mediation service from the follow-up space; also after the case is closed."""
    rights.require(rights.may_act_for_oneself(by, case))
    lock(case)
    if case.state == State.TRANSFERRED:
        # Nobody here would read it. Where she lives now is hers to tell whoever speaks for her.
        now_at = ANOTHER_CAF if by.kind == "mandate" else case.file_transfer.to.of_name
        raise MoveRefused(f"Votre demande est maintenant suivie par la médiation {of(now_at)}.")
    if case.state == State.MERGED:
        raise MoveRefused(f"Écrivez depuis votre demande {answered_with(case)}\u00a0: elle répond aux deux.")
    return _received(case, (by.name, body, at), documents, Act.WRITE, by=by, at=at)


@transaction.atomic
def receive_email(
    *,
    case: Case,
    author: str,
    body: str,
    documents: Sequence[Document] = (),
    sent_at: datetime,
    by: Actor,
    at: datetime,
) -> Message:
    """Put an e-mail received among the messages of the case, as its sender signs it; nobody is notified.

    What is sent about a duplicate is read in the case that answers for it.

    :raises MoveRefused: if another Caf goes on with the case: what left is no longer added to.
    """
    rights.require(rights.may_work_on(by, case) or _is_the_house(by, case))
    lock(case)
    if case.state == State.TRANSFERRED:
        now_at = case.file_transfer.to.of_name
        raise MoveRefused(
            f"Ce dossier est suivi par la médiation de {now_at}\u00a0: transmettez-lui ce courriel."
        )
    if case.state == State.MERGED:
        case = kept_for(case)
    said = (f"{author[:100]}, par courriel", body, sent_at)
    return _received(case, said, documents, Act.RECEIVE_EMAIL, by=by, at=at)


def _received(
    case: Case,
    said: tuple[str, str, datetime],
    documents: Sequence[Document],
    act: Act,
    *,
    by: Actor,
    at: datetime,
) -> Message:
    """Write what came from outside in a locked case; `said` is who wrote, what and when."""
    author, body, sent_at = said
    message = Message.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        is_from_person=True,
        author=author,
        body=body,
        sent_at=sent_at,
    )
    MessageDocument.objects.bulk_create(
        MessageDocument(organisation_id=case.organisation_id, message=message, document=document)
        for document in documents
    )
    case.has_news = True
    bring_up(case, at)
    happened(case=case, act=act, by=by, at=at)
    return message


def _is_the_house(actor: Actor, case: Case) -> bool:
    return actor.kind == "system" and actor.organisation_id == case.organisation_id


@transaction.atomic
def read_news(*, case: Case, seen_version: int | None = None, by: Actor, at: datetime) -> None:
    """Note that what the person sent was read.

    :raises ChangedMeanwhile: if something else arrived since the page was shown.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    Message.objects.filter(case=case, is_from_person=True, read_at=None).update(read_at=at)
    case.has_news = False
    if case.is_open:
        sort_by_next_due(case)
    happened(case=case, act=Act.SET_ASIDE, by=by, at=at, is_shared=False)


@transaction.atomic
def note(*, case: Case, text: str, by: Actor, at: datetime) -> Note:
    """Keep a private note, sealed; only the mediation service ever opens it."""
    rights.require(rights.may_work_on(by, case))
    record(verb="note", subject=("case", case.reference), by=by, at=at, beneficiary_id=case.beneficiary_id)
    return Note.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        sealed=sealing.seal(text.encode(), opened(case.key), context=NOTE),
        author=by.name,
        written_at=at,
    )
