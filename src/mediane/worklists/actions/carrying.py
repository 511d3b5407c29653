"""Carrying an operation on: a piece is a transaction; each case is done by the verb that does one alone."""

import json
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from mediane.accounts.models import User
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.journal.rules import Actor
from mediane.kit import clock, rows, sealing
from mediane.kit.french import long_date
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id, membership_of, team_of
from mediane.worklists import rules
from mediane.worklists.actions.operations import FIELDS, NotDone
from mediane.worklists.models import Operation, Pick
from mediane.worklists.queries import operations as queries
from mediane.worklists.states import GOING, Fate, Kind, State

CHANGED = ("fate", "why", "done_at", "was_with", "left_at", "line")
# What is known of a case that never changes: not read again with it.
FOR_EVER = ("beneficiary", "referral", "key")


@transaction.atomic
def go_on(*, operation: Operation, at: datetime) -> bool:
    """Do the cases that follow; whether more remain. One that is done is never done again."""
    rows.hold(operation, keep=("to",))
    if operation.state not in GOING:
        return False
    by = _in_whose_name(operation)
    if by is None or (stops := _has_nobody_to_give_to(operation)):
        _stop(operation, stops if by else f"{operation.asked_by} ne travaille plus dans ce service.", at)
        return False
    carry = put_back if operation.state == State.UNDOING else HOW[Kind(operation.kind)]
    for pick in queries.next_picks(operation):
        _one(operation, pick, carry, by, at)
    operation.moved_at = at
    remains = queries.has_more(operation)
    if not remains:
        is_undoing = operation.state == State.UNDOING
        operation.state = State.UNDONE if is_undoing else State.DONE
        operation.ended_at = operation.ended_at if is_undoing else at
    rows.change(operation, FIELDS)
    return remains


def _in_whose_name(operation: Operation) -> Actor | None:
    """Read again with each piece: a right that ends, ends what is done in its name."""
    member = membership_of(operation.asked_by_id, operation.organisation_id)
    actor = member.as_actor() if member else None
    return actor if actor and actor.kind == "staff" else None


def _has_nobody_to_give_to(operation: Operation) -> str:
    if operation.state == State.UNDOING or operation.kind != Kind.ASSIGN:
        return ""
    if any(member.user_id == operation.to_id for member in team_of(operation.organisation_id)):
        return ""
    name = operation.to.full_name if operation.to else ""
    return f"{name} ne fait plus partie de l’équipe."


def _stop(operation: Operation, why: str, at: datetime) -> None:
    operation.picks.filter(fate=Fate.TODO).update(fate=Fate.LEFT, why=f"Pas atteint\u00a0: {why}")
    operation.state, operation.why = State.STOPPED, why
    operation.ended_at, operation.moved_at = operation.ended_at or at, at
    rows.change(operation, FIELDS)


Carry = Callable[[Operation, Pick, Case, Actor, datetime], None]


def _one(operation: Operation, pick: Pick, carry: Carry, by: Actor, at: datetime) -> None:
    """Of somebody who acts on the case at the same moment, one waits here, and the other’s act is seen."""
    is_undoing = operation.state == State.UNDOING
    case = queries.case_of(pick)
    try:
        with transaction.atomic():
            rows.hold(case, keep=FOR_EVER)
            case.organisation = by_id(case.organisation_id)
            carry(operation, pick, case, by, at)
        pick.fate = Fate.BACK if is_undoing else Fate.DONE
    except Refusal as refusal:
        pick.fate, pick.why = Fate.KEPT if is_undoing else Fate.LEFT, refusal.sentence[:400]
    if not is_undoing:
        pick.done_at = at
    rows.change(pick, CHANGED)


def give(operation: Operation, pick: Pick, case: Case, by: Actor, at: datetime) -> None:
    to, before = operation.to, case.assignee_id
    if to is None:
        raise TypeError("An assignment is to somebody")
    if before == to.pk:
        raise NotDone(f"{to.full_name} le suit déjà.")
    casework.assign(case=case, to=to, seen_version=pick.seen_version, by=by, at=at)
    pick.was_with, pick.left_at = before, case.version


def remind(operation: Operation, pick: Pick, case: Case, by: Actor, at: datetime) -> None:
    """Write to the person what is still awaited of her; nobody is reminded twice within a week."""
    if not case.is_open:
        raise NotDone("Ce dossier est clos.")
    awaited = queries.awaited_of(case)
    if not awaited:
        raise NotDone("Aucune pièce n’est attendue de la personne.")
    time_zone = case.organisation.time_zone
    if lately := queries.reminded_lately(case, at):
        on = clock.day_of(lately.done_at or at, time_zone)
        raise NotDone(f"La personne a déjà été relancée le {long_date(on)}.")
    body = rules.reminder(
        [item.label for item in awaited], awaited[0].request.due_on, clock.day_of(at, time_zone)
    )
    casework.write_to_person(case=case, body=body, seen_version=pick.seen_version, by=by, at=at)


def tell(operation: Operation, pick: Pick, case: Case, by: Actor, at: datetime) -> None:
    """Seal the line of a case. Who follows it was let go of when the row was held."""
    on = clock.day_of(operation.asked_at, case.organisation.time_zone)
    mark = f"{operation.number}, demandée par {operation.asked_by}, le {on:%d/%m/%Y}"
    data = json.dumps(queries.line_of(case, mark), ensure_ascii=False).encode()
    context = queries.context_of(operation, pick.rank)
    pick.line = sealing.seal(data, queries.key_of(operation), context=context)


def put_back(operation: Operation, pick: Pick, case: Case, by: Actor, at: datetime) -> None:
    if pick.left_at is None:
        raise NotDone("Rien n’y avait changé.")
    if queries.noted_since(pick):
        raise NotDone("Une note y a été écrite depuis.")
    casework.put_back(case=case, to=_was_with(pick), seen_version=pick.left_at, by=by, at=at)


def _was_with(pick: Pick) -> User | None:
    """Who followed it; never somebody who left."""
    if pick.was_with is None:
        return None
    for member in team_of(pick.organisation_id):
        if member.user_id == pick.was_with:
            return member.user
    raise NotDone("La personne qui le suivait ne fait plus partie de l’équipe.")


HOW: dict[Kind, Carry] = {Kind.ASSIGN: give, Kind.REMIND: remind, Kind.EXPORT: tell}
