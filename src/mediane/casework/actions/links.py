"""What a human says of two requests that resemble each other: a repeat, a duplicate, or neither."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from mediane.casework import rights
from mediane.casework.actions.ending import stop_waiting
from mediane.casework.actions.postings import tell_on_paper
from mediane.casework.actions.schedule import bring_up, sort_by_next_due
from mediane.casework.actions.step import happened, lock, move
from mediane.casework.models import Case, Link, Reorientation, Step
from mediane.casework.queries.effects import has_money
from mediane.casework.queries.near_cases import between
from mediane.casework.queries.returns import redirected_before, why_returned
from mediane.casework.rules.public_words import STUDIED_WITH
from mediane.casework.states import Act, Kinship, Move, Paper
from mediane.journal.rules import Actor
from mediane.kit import clock
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.people.actions import keep_apart
from mediane.people.models import Beneficiary, Likeness


class NotLinked(Refusal):
    """These two requests are not what one says they are."""


class DecidedMeanwhile(Refusal):
    """Somebody else said what these two requests are."""


@dataclass(frozen=True)
class Pair:
    """Two cases held by the transaction, and the decision that stands between them."""

    earlier: Case
    later: Case
    standing: Link | None


@transaction.atomic
def link_as_repeat(*, case: Case, other: Case, seen_rank: int, by: Actor, at: datetime) -> Link:
    """Say that the person came back on the same subject after the first case was closed.

    :raises NotLinked: if it is not the same person, or the first case was not closed before.
    :raises DecidedMeanwhile: if the pair was decided since decision `seen_rank` was shown; says by whom.
    """
    pair = _hold_pair(case, other, Kinship.REPEAT, seen_rank, by)
    earlier, later = pair.earlier, pair.later
    _require_same_person(pair)
    zone = earlier.organisation.time_zone
    if earlier.closed_at is None or clock.day_of(earlier.closed_at, zone) > later.received_on:
        raise NotLinked(
            f"Le dossier {earlier.reference} n’était pas clos quand la demande {later.reference} est arrivée"
            "\u00a0: ce n’est pas une réitération."
        )
    link = _write(pair, Kinship.REPEAT, by, at)
    for one, another in ((earlier, later), (later, earlier)):
        happened(case=one, act=Act.LINK_REPEAT, by=by, at=at, words=another.reference, is_shared=False)
    return link


@transaction.atomic
def link_as_return(*, case: Case, other: Case, seen_rank: int, by: Actor, at: datetime) -> Link:
    """Say that the person comes back after the first case sent her to another body.

    :raises NotLinked: if it is not the same person, or the first case was not redirected before.
    :raises DecidedMeanwhile: if the pair was decided since decision `seen_rank` was shown; says by whom.
    """
    pair = _hold_pair(case, other, Kinship.RETURN, seen_rank, by)
    earlier, later = pair.earlier, pair.later
    _require_same_person(pair)
    sent = redirected_before(earlier, later)
    if sent is None:
        raise NotLinked(
            f"Le dossier {earlier.reference} n’était pas réorienté quand la demande {later.reference} "
            "est arrivée\u00a0: la personne n’en revient pas."
        )
    link = _write(pair, Kinship.RETURN, by, at, sent=sent)
    for one, another in ((earlier, later), (later, earlier)):
        happened(case=one, act=Act.LINK_RETURN, by=by, at=at, words=another.reference, is_shared=False)
    return link


@transaction.atomic
def merge_cases(*, case: Case, other: Case, seen_rank: int, by: Actor, at: datetime) -> Link:
    """Say that one request was received twice: it is answered, and counted, once.

    The first received is kept: delays run from it. Nothing moves: what the other holds is read from there.

    :raises NotLinked: if it is not the same person, or the case to close has duplicates of its own, or money.
    :raises MoveRefused: if either case is closed.
    :raises DecidedMeanwhile: if the pair was decided since decision `seen_rank` was shown; says by whom.
    """
    pair = _hold_pair(case, other, Kinship.DUPLICATE, seen_rank, by)
    kept, duplicate = pair.earlier, pair.later
    _require_same_person(pair)
    _require_no_money(pair)
    if not kept.is_open:
        raise NotLinked(f"Le dossier {kept.reference} est clos\u00a0: il ne répond plus pour un autre.")
    if Link.objects.filter(earlier=duplicate, kinship=Kinship.DUPLICATE, replaced_at=None).exists():
        raise NotLinked(f"Le dossier {duplicate.reference} a lui-même un doublon\u00a0: séparez-les d’abord.")
    told = STUDIED_WITH + kept.reference
    # Whoever followed it finds it on their work list, until they say that they saw.
    is_unread = duplicate.has_news
    duplicate.has_news = is_unread or duplicate.assignee_id not in (None, by.id)
    move(case=duplicate, to=Move.MERGE, by=by, at=at, words=told)
    stop_waiting(duplicate, by, at)
    # What is urgent, or nobody has read, stays so in the case that answers for both.
    kept.is_urgent = kept.is_urgent or duplicate.is_urgent
    kept.has_news = kept.has_news or is_unread or kept.assignee_id not in (None, by.id)
    if is_unread:
        bring_up(kept, at)
    tell_on_paper(case=duplicate, kind=Paper.MERGED, by=by, at=at)
    happened(case=kept, act=Act.ABSORB, by=by, at=at, words=duplicate.reference, is_shared=False)
    return _write(pair, Kinship.DUPLICATE, by, at)


@transaction.atomic
def set_apart(*, case: Case, other: Case, seen_rank: int, by: Actor, at: datetime) -> Link:
    """Say that these are two requests; a duplicate goes back to study, its delays unchanged.

    :raises DecidedMeanwhile: if the pair was decided since decision `seen_rank` was shown; says by whom.
    """
    pair = _hold_pair(case, other, Kinship.APART, seen_rank, by)
    earlier, later, standing = pair.earlier, pair.later, pair.standing
    if standing is not None and standing.kinship == Kinship.DUPLICATE:
        later.has_news = _is_unread(later)
        move(case=later, to=Move.SEPARATE, by=by, at=at)
        sort_by_next_due(later)
        later.save(update_fields=["due_on", "due_what", "is_paused"])
        joined = later.postings.filter(kind=Paper.MERGED).order_by("-pk").first()
        if joined is not None and joined.sent_at is not None:
            tell_on_paper(case=later, kind=Paper.SEPARATED, by=by, at=at)
        happened(case=earlier, act=Act.RELEASE, by=by, at=at, words=later.reference, is_shared=False)
    else:
        for one, another in ((earlier, later), (later, earlier)):
            happened(case=one, act=Act.SET_APART, by=by, at=at, words=another.reference, is_shared=False)
    return _write(pair, Kinship.APART, by, at)


@transaction.atomic
def part_people(*, likeness: Likeness, by: Actor, at: datetime) -> Likeness:
    """Say that two accounts are of two people, none of whose cases answers for, or repeats, the other’s.

    :raises NotLinked: if one does: that is to be said otherwise first.
    :raises people.actions.DecidedMeanwhile: if somebody said who is who since the page was shown.
    """
    parted = keep_apart(likeness=likeness, by=by, at=at)
    theirs = (likeness.moved, Beneficiary.objects.exclude(pk__in=likeness.moved).values("pk"))
    across = [
        Q(earlier__beneficiary__in=some, later__beneficiary__in=others)
        for some, others in (theirs, reversed(theirs))
    ]
    standing = Link.objects.filter(across[0] | across[1], replaced_at=None).exclude(kinship=Kinship.APART)
    if likeness.moved and (link := standing.select_related("earlier", "later").first()):
        raise NotLinked(
            f"Les demandes {link.earlier.reference} et {link.later.reference} sont rapprochées"
            "\u00a0: dites d’abord qu’elles sont distinctes."
        )
    return parted


def in_order(one: Case, other: Case) -> tuple[Case, Case]:
    """The first received, then the other: never changes, like the moment each was received."""
    return (one, other) if (one.received_at, one.pk) < (other.received_at, other.pk) else (other, one)


def kept_for(duplicate: Case) -> Case:
    """The case that answers for a locked duplicate, locked."""
    link = Link.objects.select_related("earlier").get(
        later=duplicate, kinship=Kinship.DUPLICATE, replaced_at=None
    )
    return lock(link.earlier)


def _is_unread(case: Case) -> bool:
    """Whether the person sent something since it was last read: a merge is no news once it is undone."""
    steps = Step.objects.filter(case=case)
    read = steps.filter(act__in=(Act.SET_ASIDE, Move.RESUME)).order_by("-pk").values_list("pk", flat=True)
    sent = Q(act__in=(Act.SEND_DOCUMENT, Act.EXCUSE_DOCUMENT, Act.RECEIVE_EMAIL))
    sent |= Q(act__in=(Act.WRITE, Act.CANCEL_APPOINTMENT), by_kind__in=("person", "mandate"))
    return steps.filter(sent, pk__gt=read.first() or 0).exists()


def _hold_pair(one: Case, other: Case, to: Kinship, seen_rank: int, by: Actor) -> Pair:
    """Both rows, always the later first: of two people, one waits, and nobody waits for each other."""
    rights.require(rights.may_work_on(by, one) and rights.may_work_on(by, other))
    earlier, later = in_order(one, other)
    if earlier.pk == later.pk:
        raise NotLinked("Une demande ne se compare pas à elle-même.")
    lock(later)
    lock(earlier)
    standing = Link.objects.filter(earlier=earlier, later=later, replaced_at=None).first()
    if (standing.rank if standing else 0) != seen_rank:
        raise DecidedMeanwhile(_who_decided(standing, earlier.organisation.time_zone))
    if standing is not None and standing.kinship == to:
        raise NotLinked(f"C’est ce que {standing.decided_by} a déjà décidé.")
    return Pair(earlier, later, standing)


def _write(
    pair: Pair, kinship: Kinship, by: Actor, at: datetime, *, sent: Reorientation | None = None
) -> Link:
    """The reasons are frozen as they are that day; `sent` is what a return comes back from."""
    reasons = list(between(pair.earlier, pair.later).reasons)
    if sent is not None:
        reasons.insert(0, why_returned(sent, pair.earlier.organisation.time_zone))
    if pair.standing is not None:
        pair.standing.replaced_at = at
        pair.standing.save(update_fields=["replaced_at"])
    return Link.objects.create(
        organisation_id=pair.earlier.organisation_id,
        earlier=pair.earlier,
        later=pair.later,
        rank=pair.standing.rank + 1 if pair.standing else 1,
        kinship=kinship,
        reorientation=sent,
        reasons=reasons,
        decided_at=at,
        decided_by=by.name,
    )


def _require_same_person(pair: Pair) -> None:
    """:raises NotLinked: if nobody said that these two people are one."""
    one, other = pair.earlier, pair.later
    if one.beneficiary_id == other.beneficiary_id:
        return
    # Held: nobody says meanwhile that they are two.
    rows = Beneficiary.objects.select_for_update(of=("self",)).order_by("pk")
    people = {row.known_as for row in rows.filter(pk__in=(one.beneficiary_id, other.beneficiary_id))}
    if len(people) > 1:
        raise NotLinked(
            f"{one.beneficiary.full_name} et {other.beneficiary.full_name} sont deux personnes"
            "\u00a0: dites d’abord si c’est la même."
        )


def _require_no_money(pair: Pair) -> None:
    """:raises NotLinked: if lines stand in the case to close: they would be counted nowhere."""
    if has_money(pair.later):
        raise NotLinked(
            f"Des montants sont saisis dans le dossier {pair.later.reference}, qui serait clos\u00a0: "
            f"saisissez-les dans le dossier {pair.earlier.reference}, puis annulez-les dans le premier."
        )


def _who_decided(standing: Link | None, time_zone: str) -> str:
    if standing is None:
        return "Une autre décision a été prise entre-temps sur ces deux demandes."
    local = standing.decided_at.astimezone(ZoneInfo(time_zone))
    return (
        f"{standing.decided_by} a décidé le {long_date(local.date())} à {at_time(local)}"
        f"\u00a0: «\u00a0{standing.get_kinship_display()}\u00a0»."
    )
