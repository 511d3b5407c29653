from datetime import datetime

from django.db import transaction

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import State
from mediane.correspondence.actions.signing import LetterText, Ruling, sign_notice
from mediane.correspondence.models import Letter
from mediane.journal.rules import Actor
from mediane.kit import clock


@transaction.atomic
def decide_admissible(*, case: Case, ruling: Ruling, letter: LetterText, by: Actor, at: datetime) -> Letter:
    """Declare a case admissible, and send the letter that says so.

    :raises PermissionDenied: to anybody but the mediator.
    :raises AlreadyDecided, ChangedMeanwhile, MoveRefused: with who was first.
    :raises NotReady: with what is still to be written; nothing is decided.
    """
    notified_on = ruling.notified_on or clock.day_of(at, case.organisation.time_zone)
    casework.admit(case=case, notified_on=notified_on, seen_version=ruling.seen_version, by=by, at=at)
    return sign_notice(case=case, letter=letter, ruling=ruling, by=by, at=at)


@transaction.atomic
def decide_inadmissible(*, case: Case, ruling: Ruling, letter: LetterText, by: Actor, at: datetime) -> Letter:
    """Declare a case inadmissible for `ruling.reason`, close it, and send the letter that says why.

    :raises PermissionDenied: to anybody but the mediator.
    :raises AlreadyDecided, ChangedMeanwhile, MoveRefused: with who was first.
    :raises NotReady: with what is still to be written; nothing is decided.
    """
    notified_on = ruling.notified_on or clock.day_of(at, case.organisation.time_zone)
    casework.reject(
        case=case,
        reason=ruling.reason,
        notified_on=notified_on,
        seen_version=ruling.seen_version,
        by=by,
        at=at,
    )
    _forget_draft(case)
    return sign_notice(case=case, letter=letter, ruling=ruling, by=by, at=at)


@transaction.atomic
def redirect(*, case: Case, ruling: Ruling, letter: LetterText, by: Actor, at: datetime) -> Letter:
    """Send a case to the body `ruling.body` for `ruling.reason`, and tell the person by letter.

    :raises ChangedMeanwhile, MoveRefused: with who was first.
    :raises NotReady: with what is still to be written; nothing is decided.
    """
    casework.redirect(
        case=case,
        reason=ruling.reason,
        body=ruling.body,
        agreed_on=ruling.agreed_on,
        seen_version=ruling.seen_version,
        by=by,
        at=at,
    )
    _forget_draft(case)
    return sign_notice(case=case, letter=letter, ruling=ruling, by=by, at=at)


@transaction.atomic
def reclassify(
    *, case: Case, to: State, ruling: Ruling, letter: LetterText, by: Actor, at: datetime
) -> Letter:
    """See otherwise a decision on scope, because `ruling.because`, and tell the person by letter.

    :raises PermissionDenied: to anybody but the mediator.
    :raises ChangedMeanwhile, MoveRefused: with who was first.
    :raises NotReady: with what is still to be written; nothing is decided.
    """
    scope = casework.Scope(to=to, because=ruling.because, reason=ruling.reason, body=ruling.body)
    casework.reclassify(case=case, scope=scope, seen_version=ruling.seen_version, by=by, at=at)
    _forget_draft(case)
    return sign_notice(case=case, letter=letter, ruling=ruling, by=by, at=at)


@transaction.atomic
def end_by_litigation(*, case: Case, ruling: Ruling, letter: LetterText, by: Actor, at: datetime) -> Letter:
    """End a case because a court was seized on `ruling.seized_on`, and say so by letter.

    :raises ChangedMeanwhile, MoveRefused: with who was first.
    :raises NotReady: with what is still to be written; nothing is decided.
    """
    if ruling.seized_on is None:
        raise ValueError("the day the court was seized is part of the act")
    casework.end_by_litigation(
        case=case,
        seized_on=ruling.seized_on,
        evidence=ruling.evidence,
        seen_version=ruling.seen_version,
        by=by,
        at=at,
    )
    _forget_draft(case)
    return sign_notice(case=case, letter=letter, ruling=ruling, by=by, at=at)


def _forget_draft(case: Case) -> None:
    """A reply begun is no longer announced on a closed case; its text stays."""
    if case.has_draft_reply:
        case.has_draft_reply = False
        case.save(update_fields=["has_draft_reply"])
