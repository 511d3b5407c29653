"""The verbs of precedents: looked for, released to other Cafs, taken back."""

from datetime import datetime
from uuid import UUID, uuid4

from django.contrib.postgres.search import SearchVectorField
from django.db import transaction
from django.db.models import Func, Value

from mediane.casework.actions.step import lock
from mediane.casework.models import Case, Closing
from mediane.casework.rights import may_decide, may_work_on, require
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.once import written_by_page
from mediane.kit.refusal import Refusal
from mediane.precedents import queries, rights
from mediane.precedents.models import Precedent, Release
from mediane.precedents.rules.naming import LONGEST, SHORTEST, telling_who


class TellsWho(Refusal):
    """The summary names or locates somebody."""


class NotAnswered(Refusal):
    """Nothing to learn from yet."""


class NotASummary(Refusal):
    """Too short to teach anything, or too long to be one."""


class ReleasedAlready(Refusal):
    """Somebody released a summary of this case first."""


class WithdrawnAlready(Refusal):
    """Somebody took it back first."""


@transaction.atomic
def look_for_similar(*, case: Case, by: Actor, at: datetime) -> queries.Found:
    """Closed cases that resemble one. The journal keeps which were shown."""
    require(may_work_on(by, case))
    found = queries.alike_to(case)
    record(
        verb="look_for_similar",
        subject=("case", case.reference),
        by=by,
        at=at,
        beneficiary_id=case.beneficiary_id,
        count=str(len(found.here)),
        shown=" ".join(one.listed.reference for one in found.here),
    )
    return found


@transaction.atomic
def release(*, case: Case, words: str, by: Actor, at: datetime, entry_key: UUID | None = None) -> Release:
    """Let the other Cafs read a summary of an answered case, with its codes.

    :raises PermissionDenied: to anybody but the mediator.
    :raises NotAnswered: for a case that goes on, or ended without a reply.
    :raises NotASummary: under SHORTEST or over LONGEST characters.
    :raises TellsWho: for a name, an address, a number, a day.
    :raises ReleasedAlready: if one is read already.
    :raises AlreadySent: if the page wrote another one.
    """
    require(may_decide(by, case))
    _check(case, words)
    if first := written_by_page(
        Release, entry_key=entry_key, organisation_id=case.organisation_id, case_id=case.pk, words=words
    ):
        return first
    lock(case)
    if not rights.may_release(by, case):
        raise NotAnswered(
            "Ce dossier n’a pas de réponse, ou son étude a repris. Son résumé ne se partage pas."
        )
    _refuse_a_second(queries.release_of(case))
    released = Release.objects.create(
        organisation_id=case.organisation_id,
        case=case,
        public_id=uuid4(),
        words=words,
        released_at=at,
        released_by=by.name,
        entry_key=entry_key,
    )
    _publish(case, released)
    _told("release_summary", case, by, at)
    return released


@transaction.atomic
def withdraw_release(*, case: Case, public_id: UUID, because: str, by: Actor, at: datetime) -> None:
    """Take a summary back: no Caf reads it from that second; one’s own keeps what it said, and why it went.

    :raises WithdrawnAlready: if it is not read any more.
    """
    require(may_work_on(by, case))
    lock(case)
    standing = queries.release_of(case)
    if standing is None or standing.public_id != public_id:
        raise WithdrawnAlready("Ce résumé n’est plus partagé\u00a0: quelqu’un l’a retiré avant vous.")
    standing.withdrawn_at, standing.withdrawn_by, standing.because = at, by.name, because
    standing.save(update_fields=["withdrawn_at", "withdrawn_by", "because"])
    Precedent.objects.filter(public_id=public_id).delete()
    _told("withdraw_summary", case, by, at)


def _refuse_a_second(standing: Release | None) -> None:
    if standing is not None:
        raise ReleasedAlready(
            f"{standing.released_by} a déjà partagé un résumé de ce dossier. "
            "Retirez-le d’abord pour en partager un autre."
        )


def _check(case: Case, words: str) -> None:
    if not SHORTEST <= len(words) <= LONGEST:
        raise NotASummary(
            f"Écrivez entre {SHORTEST} et {LONGEST}\u00a0caractères\u00a0: "
            f"votre résumé en compte {len(words)}."
        )
    person, helper = case.beneficiary, case.referral.helper
    if remarks := telling_who(words, (person.first_name, person.last_name, helper)):
        said = ", ".join(f"«\u00a0{remark.excerpt}\u00a0» ({remark.what})" for remark in remarks)
        raise TellsWho(f"Ce résumé peut dire de qui il s’agit. Retirez ou remplacez\u00a0: {said}.")


def _publish(case: Case, released: Release) -> None:
    closing = Closing.objects.filter(case=case).latest("closed_at")
    Precedent.objects.create(
        organisation_id=case.organisation_id,
        public_id=released.public_id,
        benefits=case.benefits,
        grounds=case.grounds,
        cause=closing.cause,
        outcome=closing.outcome,
        year=clock.day_of(closing.closed_at, case.organisation.time_zone).year,
        words=released.words,
        stems=Func(Value(released.words), function="search_words", output_field=SearchVectorField()),
    )


def _told(verb: str, case: Case, by: Actor, at: datetime) -> None:
    subject = ("case", case.reference)
    record(verb=verb, subject=subject, by=by, at=at, beneficiary_id=case.beneficiary_id)
