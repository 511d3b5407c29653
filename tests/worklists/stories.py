"""Beginnings of stories of lists."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from mediane.accounts.models import User
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.queries.workplan import picked
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.people.models import Beneficiary
from mediane.worklists import actions
from mediane.worklists.actions.operations import Wanted
from mediane.worklists.models import Operation
from mediane.worklists.queries import operations as queries
from mediane.worklists.states import Kind
from tests.cast import Cast
from tests.stories import a_studied_case


def in_paris(cast: Cast) -> AbstractContextManager[None]:
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.id)


def fresh(case: Case) -> Case:
    return queries.Case.objects.select_related("beneficiary", "referral", "key", "organisation").get(
        pk=case.pk
    )


def fates(operation: Operation) -> Counter[str]:
    return queries.fates(operation)


def asked(
    cast: Cast, cases: Sequence[Case], *, to: Actor | None = None, by: Actor | None = None, **differs: Any
) -> Operation:
    """Something asked by Claire, unless said otherwise, for these cases as they stand."""
    kind = differs.pop("kind", Kind.ASSIGN)
    with in_paris(cast):
        return actions.ask(
            wanted=Wanted(kind, user(to) if to else None),
            picked=picked(organisation_id=cast.paris.pk, references=[case.reference for case in cases]),
            by=by or cast.claire,
            at=clock.now(),
            **differs,
        )


def awaiting(cast: Cast, person: Beneficiary, at: datetime) -> Case:
    """A case that waits for two documents of the person."""
    case = a_studied_case(person, cast.claire, at)
    with in_paris(cast):
        casework.ask_documents(
            case=case,
            labels=["Avis d’échéance", "Relevé bancaire"],
            words="",
            due_on=at.date() + timedelta(days=20),
            by=cast.claire,
            at=at + timedelta(days=2),
        )
    return case
