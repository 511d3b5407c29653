from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.postings import tell_on_paper
from mediane.casework.actions.requests import close_if_complete
from mediane.casework.actions.schedule import reschedule
from mediane.casework.actions.step import MoveRefused, happened, lock, move
from mediane.casework.models import Case, DocumentRequest, Hold, RequestedDocument, WaitChange
from mediane.casework.rules.waits import Awaited, does_pause
from mediane.casework.states import Act, Ending, Move, Paper, State
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.documents.models import Document
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.french import contracted, long_date
from mediane.kit.refusal import Refusal


class WaitRefused(Refusal):
    """A wait has a day to come, and another one than it had; what arrived says something."""


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What came otherwise than by the space or by e-mail: of the decision awaited, or of one document."""

    of: Hold | RequestedDocument
    words: str = ""
    document: Document | None = None


@transaction.atomic
def await_decision(
    *,
    case: Case,
    body: str,
    reason: str,
    look_again_on: date,
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Hold a case until a named body decides. One wait at a time; the rule of the day says whether it pauses
    the service target.

    :raises MoveRefused: if the case is not under study.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    move(case=case, to=Move.AWAIT_DECISION, by=by, at=at, words=every(Body)[body].label)
    today = clock.day_of(at, case.organisation.time_zone)
    case.holds.filter(ended_on=None).update(ended_on=today, ending=Ending.REPLACED)
    Hold.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        body=body,
        reason=reason,
        since=today,
        look_again_on=look_again_on,
        pauses=does_pause(Awaited.DECISION, body, today),
    )
    reschedule(case)


@transaction.atomic
def resume(
    *, case: Case, because: str = "", seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Take a waiting case back to study, without waiting more; what is still missing stays asked for.

    :raises MoveRefused: if the case does not wait.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    case.has_news = False
    move(case=case, to=Move.RESUME, by=by, at=at)
    for hold in case.holds.filter(ended_on=None):
        _end(case, hold, Ending.RESUMED, because, by, at)
    reschedule(case)


@transaction.atomic
def change_wait(
    *,
    case: Case,
    wait: Hold | DocumentRequest,
    until: date,
    because: str,
    seen_version: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Say another day until which something is awaited, sooner or later; the person is told of it.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if it is not awaited any more.
    :raises WaitRefused: for a day gone by, or the same day.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    _require_awaited(case, wait)
    before = wait.look_again_on if isinstance(wait, Hold) else wait.due_on
    today = clock.day_of(at, case.organisation.time_zone)
    if until <= today:
        raise WaitRefused("Choisissez un jour à venir.")
    if until == before:
        raise WaitRefused(f"L’attente va déjà jusqu’au {long_date(until)}\u00a0: choisissez un autre jour.")
    _note_change(case, wait, before, until, because, by, at)
    what = _await_until(wait, until)
    words = f"{what}, jusqu’au {long_date(until)} (avant\u00a0: {long_date(before)})"
    happened(case=case, act=Act.CHANGE_WAIT, by=by, at=at, words=words)
    tell_on_paper(case=case, kind=Paper.MOVED, by=by, at=at)
    reschedule(case)


@transaction.atomic
def note_arrival(
    *, case: Case, arrived: Arrived, seen_version: int | None = None, by: Actor, at: datetime
) -> None:
    """Note that what was awaited came by letter, by telephone or at the desk: the case comes to the top.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises MoveRefused: if it is not awaited any more.
    :raises WaitRefused: without a word or a file of what came.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    if not arrived.words and arrived.document is None:
        raise WaitRefused("Dites ce qui est arrivé, ou joignez-le.")
    if isinstance(arrived.of, Hold):
        _require_awaited(case, arrived.of)
        what = f"Décision {contracted('de', every(Body)[arrived.of.body].with_article)}"
        _end(case, arrived.of, Ending.ARRIVED, arrived.words, by, at)
    else:
        what = _document_arrived(case, arrived.of, arrived, at)
    case.has_news = True
    happened(case=case, act=Act.NOTE_ARRIVAL, by=by, at=at, words=what[:300], is_shared=False)
    if isinstance(arrived.of, Hold) and case.state == State.AWAITING_DECISION:
        move(case=case, to=Move.RESUME, by=by, at=at)
    reschedule(case, arrived_at=at)


@transaction.atomic
def remind_on_paper(*, case: Case, by: Actor, at: datetime) -> None:
    """Prepare the letter that says again what is asked, for whoever is told by no e-mail; if it still is."""
    rights.require(_is_the_house(by, case))
    lock(case)
    if case.is_open and case.document_requests.filter(closed_at=None).exists():
        tell_on_paper(case=case, kind=Paper.AWAITED, by=by, at=at)


@transaction.atomic
def note_reminded(*, case: Case, by: Actor, at: datetime) -> None:
    """Write down that a reminder leaves by e-mail; one on paper is told by whoever sends the letter."""
    rights.require(_is_the_house(by, case))
    lock(case)
    words = f"Par courriel à {case.beneficiary.full_name}"
    happened(case=case, act=Act.REMIND_PERSON, by=by, at=at, words=words, is_shared=False)


@transaction.atomic
def reckon_again(*, case: Case, by: Actor, at: datetime) -> None:
    """Compute what is promised again, once the person gave all that was asked; twice, it changes nothing."""
    rights.require(_is_the_house(by, case))
    lock(case)
    if case.is_open:
        reschedule(case)


def _is_the_house(actor: Actor, case: Case) -> bool:
    return actor.kind == "system" and actor.organisation_id == case.organisation_id


def _await_until(wait: Hold | DocumentRequest, until: date) -> str:
    """Write the new day; what is awaited, in words that the person reads."""
    if isinstance(wait, Hold):
        wait.look_again_on = until
        wait.save(update_fields=["look_again_on"])
        return every(Body)[wait.body].label
    wait.due_on = until
    wait.save(update_fields=["due_on"])
    return "Pièces demandées"


def _document_arrived(case: Case, item: RequestedDocument, arrived: Arrived, at: datetime) -> str:
    asked = RequestedDocument.objects.select_related("request")
    item.refresh_from_db(from_queryset=asked.select_for_update(of=("self",)))
    if item.answered_at is not None or item.request.closed_at is not None or item.request.case_id != case.pk:
        raise MoveRefused(
            f"«\u00a0{item.label}\u00a0» n’est plus attendu\u00a0: quelqu’un a répondu avant vous."
        )
    item.document, item.answered_at = arrived.document, at
    item.excuse = "" if arrived.document else arrived.words[:300]
    item.save(update_fields=["document", "excuse", "answered_at"])
    close_if_complete(item.request, at)
    return item.label


def _require_awaited(case: Case, wait: Hold | DocumentRequest) -> None:
    """The row as it now is, held.

    :raises MoveRefused: if it ended, or belongs to another case.
    """
    wait.refresh_from_db()
    ended = wait.ended_on if isinstance(wait, Hold) else wait.closed_at
    if ended is not None or wait.case_id != case.pk or not case.is_open:
        raise MoveRefused(
            "Cette attente est terminée\u00a0: quelqu’un y a mis fin, ou la réponse est arrivée."
        )


def _end(case: Case, hold: Hold, ending: Ending, because: str, by: Actor, at: datetime) -> None:
    hold.ended_on, hold.ending = clock.day_of(at, case.organisation.time_zone), ending
    hold.save(update_fields=["ended_on", "ending"])
    if because:
        _note_change(case, hold, hold.look_again_on, None, because, by, at)


def _note_change(
    case: Case,
    wait: Hold | DocumentRequest,
    before: date,
    until: date | None,
    because: str,
    by: Actor,
    at: datetime,
) -> None:
    WaitChange.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        hold=wait if isinstance(wait, Hold) else None,
        request=wait if isinstance(wait, DocumentRequest) else None,
        before=before,
        until=until,
        because=because,
        changed_on=clock.day_of(at, case.organisation.time_zone),
        changed_at=at,
        changed_by=by.name,
    )
