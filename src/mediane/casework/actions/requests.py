from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.schedule import bring_up, reschedule, sort_by_next_due
from mediane.casework.actions.step import MoveRefused, happened, lock, move
from mediane.casework.models import Case, DocumentRequest, RequestedDocument, WaitChange
from mediane.casework.states import Act, Ending, Move, State
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.documents.models import Document
from mediane.journal.rules import Actor
from mediane.kit import clock, jobs
from mediane.kit.refusal import Refusal


class NothingAsked(Refusal):
    """A request needs at least one document."""


class AlreadyAnswered(Refusal):
    """The document was sent, or excused, before."""


@transaction.atomic
def ask_documents(
    *,
    case: Case,
    labels: Sequence[str],
    due_on: date,
    words: str = "",
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> DocumentRequest:
    """Ask the person for a list of documents before a date (CRPA L.114-5). Study goes on meanwhile, and the
    day promised for the reply moves by the time given.

    :raises NothingAsked: without any document in the list.
    :raises MoveRefused: if the case is closed or was never taken up.
    """
    rights.require(rights.may_work_on(by, case))
    if not labels:
        raise NothingAsked("Indiquez au moins un document à demander.")
    lock(case, seen_version=seen_version)
    request = DocumentRequest.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        words=words,
        asked_at=at,
        asked_by=by.name,
        due_on=due_on,
    )
    RequestedDocument.objects.bulk_create(
        RequestedDocument(organisation_id=case.organisation_id, request=request, label=label)
        for label in labels
    )
    move(case=case, to=Move.ASK_BENEFICIARY, by=by, at=at, words=", ".join(labels)[:300])
    reschedule(case)
    return request


@transaction.atomic
def send_document(
    *, case: Case, item: RequestedDocument, document: Document, by: Actor, at: datetime
) -> None:
    """Give a requested document; the case shows « réponse reçue ».

    :raises AlreadyAnswered: if it was sent or excused before.
    """
    _answer(case, item, by, at)
    item.document, item.answered_at = document, at
    item.save(update_fields=["document", "answered_at"])
    happened(case=case, act=Act.SEND_DOCUMENT, by=by, at=at, words=item.label, is_shared=True)
    _close_when_complete(case, item.request, at)


@transaction.atomic
def excuse_document(*, case: Case, item: RequestedDocument, excuse: str, by: Actor, at: datetime) -> None:
    """Say why a requested document cannot be sent.

    :raises AlreadyAnswered: if it was sent or excused before.
    """
    _answer(case, item, by, at)
    item.excuse, item.answered_at = excuse, at
    item.save(update_fields=["excuse", "answered_at"])
    happened(case=case, act=Act.EXCUSE_DOCUMENT, by=by, at=at, words=item.label, is_shared=True)
    _close_when_complete(case, item.request, at)


@transaction.atomic
def lift_request(
    *,
    case: Case,
    request: DocumentRequest,
    because: str = "",
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Stop waiting for documents that are no longer needed; after the last list, the case goes back.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if the case is closed.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos\u00a0: plus aucune pièce n’est attendue.")
    request.refresh_from_db()
    if request.closed_at is not None:
        raise MoveRefused("Ces pièces ne sont plus attendues\u00a0: elles sont arrivées, ou déjà levées.")
    request.closed_at, request.ending = at, Ending.LIFTED
    request.save(update_fields=["closed_at", "ending"])
    if because:
        _say_why(case, request, because, by, at)
    labels = ", ".join(request.items.order_by("pk").values_list("label", flat=True))[:300]
    happened(case=case, act=Act.LIFT, by=by, at=at, words=labels)
    if (
        case.state == State.AWAITING_BENEFICIARY
        and not case.document_requests.filter(closed_at=None).exists()
    ):
        _go_back(case, by, at)
    reschedule(case)


def _say_why(case: Case, request: DocumentRequest, because: str, by: Actor, at: datetime) -> None:
    WaitChange.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        request=request,
        before=request.due_on,
        because=because,
        changed_on=clock.day_of(at, case.organisation.time_zone),
        changed_at=at,
        changed_by=by.name,
    )


def _go_back(case: Case, by: Actor, at: datetime) -> None:
    """To the decision still awaited from somebody else, if any; else to study."""
    hold = case.holds.filter(ended_on=None).first()
    if hold is None:
        move(case=case, to=Move.RESUME, by=by, at=at)
    else:
        move(case=case, to=Move.AWAIT_DECISION, by=by, at=at, words=every(Body)[hold.body].label)


def _answer(case: Case, item: RequestedDocument, by: Actor, at: datetime) -> None:
    rights.require(rights.may_act_for_oneself(by, case))
    lock(case)
    item.refresh_from_db(from_queryset=RequestedDocument.objects.select_for_update(of=("self",)))
    if item.answered_at is not None:
        raise AlreadyAnswered(f"Vous avez déjà répondu pour «\u00a0{item.label}\u00a0».")
    if not case.is_open:
        raise MoveRefused("Cette demande est terminée\u00a0: elle ne reçoit plus de document.")
    case.has_news = True
    bring_up(case, at)


def _close_when_complete(case: Case, request: DocumentRequest, at: datetime) -> None:
    """The last document brings the case back to the top of the list by itself.

    What was promised for the reply is the service’s to write: it is computed again, sooner, by a job.
    """
    if close_if_complete(request, at):
        sort_by_next_due(case)
        bring_up(case, at)
        case.save(update_fields=["due_on", "due_what", "is_paused"])
        jobs.defer("reckon_again", organisation_id=case.organisation_id, case_id=case.pk)


def close_if_complete(request: DocumentRequest, at: datetime) -> bool:
    if request.items.filter(answered_at=None).exists():
        return False
    # Lifted a moment before, it stays so; what arrived is kept all the same.
    still_asked = DocumentRequest.objects.filter(pk=request.pk, closed_at=None)
    return still_asked.update(closed_at=at, ending=Ending.ARRIVED) == 1
