"""Following a request that came by post, by a code printed on its receipt."""

import json
from datetime import date, datetime

from django.db import connection, transaction

from mediane.casework import rights
from mediane.casework.actions.step import lock
from mediane.casework.models import Case, FollowCode
from mediane.casework.queries.following import digest
from mediane.casework.rules import follow_code
from mediane.casework.rules.deadlines import Kind
from mediane.casework.rules.followed import Followed
from mediane.casework.rules.meetings import meeting_in_words
from mediane.casework.rules.public_words import Situation
from mediane.casework.states import State, Way
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import by_id
from mediane.people.models import Beneficiary
from mediane.referrals.models import ONLINE


class NoCodeNeeded(Refusal):
    """The request is followed otherwise, or is over."""


@transaction.atomic
def give_follow_code(*, case: Case, by: Actor, at: datetime) -> str:
    """A new code for a case, to be printed now: it is kept nowhere. The one before stops working.

    :raises NoCodeNeeded: for a request made online, or closed for long.
    """
    rights.require(rights.may_work_on(by, case))
    lock(case)
    if case.channel == ONLINE:
        raise NoCodeNeeded("Cette demande est venue en ligne\u00a0: elle se suit dans l’espace de suivi.")
    if case.closed_at is not None and case.closed_at + follow_code.OPEN_AFTER_CLOSING <= at:
        raise NoCodeNeeded(
            "Ce dossier est clos depuis plus de deux mois\u00a0: il ne se suit plus par un code."
        )
    code = follow_code.draw()
    fresh = {
        "digest": digest(case.reference, code),
        "given_at": at,
        "given_by": by.name,
        "ended_at": None,
    }
    # The case is held: nobody else writes its first code meanwhile.
    if not FollowCode.objects.filter(case=case).update(**fresh):
        FollowCode.objects.create(
            organisation_id=case.organisation_id, case=case, beneficiary_id=case.beneficiary_id, **fresh
        )
    subject = ("case", case.reference)
    record(verb="give_follow_code", subject=subject, by=by, at=at, beneficiary_id=case.beneficiary_id)
    return code


@transaction.atomic
def follow_up(*, reference: str, code: str, at: datetime) -> Followed | None:
    """What the holder of a code may know; nothing for a wrong code or an unknown reference.

    The function of that name, in the database, journals the reading.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT follow_up(%s, %s)", [digest(reference, code), at])
        (told,) = cursor.fetchone()
    return None if told is None else _followed(json.loads(told))


@transaction.atomic
def end_follow_codes(*, of: Beneficiary, at: datetime) -> None:
    """The person came in by her account, where there is more to read: paper codes end."""
    FollowCode.objects.filter(beneficiary=of, ended_at=None).update(ended_at=at)


def _followed(told: dict) -> Followed:
    organisation = by_id(told["organisation_id"])
    zone, due = organisation.time_zone, told["due"]
    number, soonest = told["awaited"]
    situation = Situation(
        state=State(told["state"]),
        who=organisation.mediator_title,
        received_on=date.fromisoformat(told["received_on"]),
        admissible_on=_day(told["admissible_on"]),
        decision_due=_day(due.get(Kind.ADMISSIBILITY)),
        reply_due=_day(due.get(Kind.REPLY)),
        is_paused=told["is_paused"],
        paused_until=_day(told["paused_until"]),
        closed_on=_day_of(told["closed_at"], zone) if told["closed_at"] else None,
    )
    return Followed(
        organisation_id=organisation.pk,
        situation=situation,
        steps=[(act, _day_of(moment, zone)) for act, moment in told["steps"]],
        documents=number,
        documents_by=_day(soonest),
        appointment=_appointment(told["appointment"], zone),
    )


def _appointment(told: list[str] | None, zone: str) -> str:
    if told is None:
        return ""
    way, moment = told
    return meeting_in_words(Way(way), datetime.fromisoformat(moment), zone)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _day_of(moment: str, zone: str) -> date:
    return clock.day_of(datetime.fromisoformat(moment), zone)
