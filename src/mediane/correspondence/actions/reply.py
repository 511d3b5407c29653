import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.ending import NOT_SAID, Analysis, conclude
from mediane.casework.actions.step import MoveRefused, lock
from mediane.casework.models import Case
from mediane.casework.states import Outcome, State
from mediane.correspondence.actions.signing import sign
from mediane.correspondence.actions.writing import refuse_unseen, take
from mediane.correspondence.models import Kind, Letter, LetterTemplate
from mediane.correspondence.queries.letters import draft_reply_of
from mediane.correspondence.queries.library import first_words
from mediane.correspondence.queries.readings import is_reading_wanted
from mediane.correspondence.queries.sheets import address_of, mark_of
from mediane.correspondence.rules import readers
from mediane.correspondence.rules.readers import not_read
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.refusal import Refusal


class NotRead(Refusal):
    """The service wants a second reading, and some words had none."""


class AddressChanged(Refusal):
    """The letter would leave for another place than the one that was shown."""


@dataclass(frozen=True)
class Conclusion:
    """What came of the case; codes of the catalogue."""

    outcome: Outcome
    cause: str
    grounds: tuple[str, ...]
    analysis: Analysis = NOT_SAID


@transaction.atomic
def begin_reply(
    *, case: Case, template: LetterTemplate, by: Actor, at: datetime, outcome: str = ""
) -> Letter:
    """Begin the reply from a template, with the values of the case. One draft a case: a second call finds it.

    `outcome` is what the writer expects to come of it: it chooses paragraphs, and decides nothing.

    :raises MoveRefused: if the case is closed, or nobody has taken it up.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case)
    if not case.is_open:
        raise MoveRefused("Ce dossier est clos : il ne reçoit plus de réponse.")
    if case.state == State.RECEIVED:
        raise MoveRefused("Prenez d’abord ce dossier en charge.")
    begun = draft_reply_of(case)
    if begun is not None:
        return begun
    title, body = first_words(template, case, clock.day_of(at, case.organisation.time_zone), outcome)
    _tag(case, has_draft=True)
    record(
        verb="begin_reply", subject=("case", case.reference), by=by, at=at, beneficiary_id=case.beneficiary_id
    )
    return Letter.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        template=template,
        kind=Kind.REPLY,
        public_id=uuid.uuid4(),
        title=title[:160],
        body=body,
        saved_at=at,
        saved_by=by.name,
        unread_by=readers.written({}, by.id, by.name),
    )


@transaction.atomic
def keep_choices(*, letter: Letter, chosen: Mapping[str, str | list[str]], by: Actor, at: datetime) -> None:
    """Keep what is chosen of the closing until it is signed, while something else is done first.

    To each their own: nobody overwrites anybody, and the text that was read is still the same version.

    :raises AlreadySigned: with who signed, and when.
    """
    case = letter.case
    rights.require(rights.may_decide(by, case))
    take(letter)
    letter.chosen = letter.chosen | {str(by.id): dict(chosen)}
    rows.change(letter, ("chosen",))
    record(
        verb="keep_choices",
        subject=("case", case.reference),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id,
    )


@transaction.atomic
def discard_reply(*, letter: Letter, seen_version: int, by: Actor, at: datetime) -> None:
    """Throw a draft away, as it was seen.

    :raises SavedMeanwhile: if somebody saved it since.
    :raises AlreadySigned: with who signed, and when.
    """
    case = letter.case
    rights.require(rights.may_work_on(by, case))
    lock(case)
    take(letter)
    refuse_unseen(letter, seen_version)
    letter.delete()
    _tag(case, has_draft=False)
    record(
        verb="discard_reply",
        subject=("case", case.reference),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id,
    )


@transaction.atomic
def sign_and_send(
    *,
    letter: Letter,
    conclusion: Conclusion,
    seen_version: int,
    seen_address: str | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Sign the reply as it was read, close the case with it, and have its PDF made.

    :raises PermissionDenied: to anybody but the mediator.
    :raises AlreadySigned, SavedMeanwhile, MoveRefused: with who was first.
    :raises NotRead: while the service wants a second reading of words that had none.
    :raises AddressChanged: when it is no longer `seen_address`, the mark of the one that was shown.
    :raises NotReady: with what is still to be written; nothing is signed.
    """
    case = letter.case
    rights.require(rights.may_decide(by, case))
    # The case first, then its letter: two people who sign wait here, one behind the other.
    lock(case)
    take(letter)
    refuse_unseen(letter, seen_version)
    _refuse_unread(letter, at)
    _refuse_moved(case, seen_address)
    sign(letter=letter, by=by, at=at)
    conclude(
        case=case,
        outcome=conclusion.outcome,
        cause=conclusion.cause,
        grounds=list(conclusion.grounds),
        analysis=conclusion.analysis,
        by=by,
        at=at,
    )


def _refuse_unread(letter: Letter, at: datetime) -> None:
    caf = letter.case.organisation
    if letter.unread_by and is_reading_wanted(caf.pk, clock.day_of(at, caf.time_zone)):
        raise NotRead(not_read(letter.unread_by))


def _refuse_moved(case: Case, seen_address: str | None) -> None:
    current = address_of(case)
    if seen_address is not None and mark_of(current) != seen_address:
        raise AddressChanged(
            f"L’adresse a changé depuis que cette page est ouverte : {', '.join(current)}. "
            "Vérifiez-la sur la lettre, puis signez de nouveau."
        )


def _tag(case: Case, *, has_draft: bool) -> None:
    case.has_draft_reply = has_draft
    case.save(update_fields=["has_draft_reply"])
