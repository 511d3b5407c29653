from datetime import date, datetime

from django.db import transaction

from mediane.casework import rights
from mediane.casework.actions.step import MoveRefused, happened, lock
from mediane.casework.models import Case, Forwarding, Reorientation
from mediane.casework.states import Act, State
from mediane.catalogue.models import Body
from mediane.catalogue.queries import every
from mediane.journal.rules import Actor


class AlreadyForwarded(MoveRefused):
    """The file of a redirection is prepared once; it may be printed again."""


@transaction.atomic
def forward(
    *, case: Case, agreed_on: date, seen_version: int | None = None, by: Actor, at: datetime
) -> Forwarding:
    """Prepare the file of a redirected case for the body, the person having agreed on a day.

    :raises ChangedMeanwhile: if somebody acted since the page was shown.
    :raises AlreadyForwarded: with who prepared it, and when.
    :raises MoveRefused: if the case is not redirected.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case, seen_version=seen_version)
    if case.state != State.REDIRECTED:
        raise MoveRefused("Ce dossier n’est pas réorienté\u00a0: rien ne se transmet.")
    sent = case.reorientations.latest("rank")
    before = Forwarding.objects.filter(reorientation=sent).first()
    if before is not None:
        raise AlreadyForwarded(f"{before.prepared_by} a déjà préparé ce dossier.")
    return prepare_forwarding(case=case, sent=sent, agreed_on=agreed_on, by=by, at=at)


def prepare_forwarding(
    *, case: Case, sent: Reorientation, agreed_on: date, by: Actor, at: datetime
) -> Forwarding:
    """The file of a redirection, on a locked case."""
    words = every(Body)[sent.body].label
    happened(case=case, act=Act.FORWARD, by=by, at=at, words=words)
    return Forwarding.objects.create(
        organisation_id=case.organisation_id,
        reorientation=sent,
        agreed_on=agreed_on,
        prepared_at=at,
        prepared_by=by.name,
    )
