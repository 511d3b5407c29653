from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit.french import at_time, long_date
from mediane.kit.refusal import Refusal
from mediane.kit.text import fold
from mediane.organisations.models import Organisation
from mediane.organisations.queries import by_id
from mediane.people import rights
from mediane.people.models import Beneficiary, ContactDetail, Likeness
from mediane.people.queries import FoundPeople, alike, beneficiary, of_number, people_like
from mediane.people.rules import contact_key
from mediane.people.states import Source, Verdict, Way

LONGEST_NAME_KEY = 130


@dataclass(frozen=True)
class Identity:
    """What the Caf account says of the person who signs in."""

    organisation_code: str
    number: str
    title: str
    first_name: str
    last_name: str
    email: str = ""
    phone: str = ""
    postal_address: str = ""


class DecidedMeanwhile(Refusal):
    """Somebody else said who is who."""


class AlreadyAnAlias(Refusal):
    """One of the two was found to be a third person."""


class NumberTaken(Refusal):
    """Somebody of this Caf has this file number."""


@transaction.atomic
def look_for(*, text: str, by: Actor, at: datetime) -> FoundPeople:
    """Look among the people of one’s Caf. The journal keeps who was shown, never the words typed."""
    found = people_like(by.organisation_id, text)
    shown = " ".join(str(person.pk) for person in found.people)
    record(
        verb="search",
        subject=("people", str(found.by)),
        by=by,
        at=at,
        count=str(len(found.people)),
        shown=shown,
    )
    return found


@transaction.atomic
def pick(*, pk: int, by: Actor, at: datetime) -> Beneficiary | None:
    """Somebody of one’s Caf, chosen among those shown; the journal keeps that, too.

    An account that was found to be another person’s leads to that person.
    """
    person = beneficiary(pk)
    if person is not None:
        person = person.known
        record(verb="search", subject=("people", "chosen"), by=by, at=at, count="1", shown=str(pk))
    return person


@transaction.atomic
def introduce(*, identity: Identity, by: Actor, at: datetime) -> Beneficiary:
    """Write down somebody whom no Caf account has shown yet; signing in later completes it.

    :raises NumberTaken: who has the number is named.
    """
    values = _values(identity)
    try:
        with transaction.atomic():
            person = Beneficiary.objects.create(
                organisation_id=by.organisation_id, number=identity.number, **values
            )
    except IntegrityError:
        known = of_number(by.organisation_id, identity.number)
        if known is None:
            raise
        sentence = (
            f"Ce numéro est celui de {known.full_name} : choisissez cette personne ou corrigez le numéro"
        )
        raise NumberTaken(sentence) from None
    record(verb="introduce", subject=("person", str(person.pk)), by=by, at=at, beneficiary_id=person.pk)
    _keep_details(person, _told(person), Source.SERVICE, at, by.name)
    _propose(person, at)
    return person


@transaction.atomic
def recognise(*, identity: Identity, at: datetime) -> Beneficiary:
    """Find the beneficiary of a Caf account, or write it down; its contact follows the account.

    What it replaces stays in the history.
    """
    organisation = Organisation.objects.get(code=identity.organisation_code)
    values = _values(identity)
    person, is_new = Beneficiary.objects.get_or_create(
        organisation=organisation, number=identity.number, defaults=values
    )
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    if changed:
        for name in changed:
            setattr(person, name, values[name])
        person.save(update_fields=changed)
    if is_new or changed:
        ways = _told(person) if is_new else [way for way in Way if way in changed]
        _keep_details(person, ways, Source.ACCOUNT, at)
        _propose(person, at)
    return person


@transaction.atomic
def merge_people(*, likeness: Likeness, keep: int, by: Actor, at: datetime) -> Likeness:
    """Say that two accounts are of one person: the other becomes an alias of `keep`, and nothing moves.

    :raises DecidedMeanwhile: if somebody said who is who since the page was shown; says whom.
    :raises AlreadyAnAlias: if one of them was found to be a third person.
    """
    people = _hold(likeness, by)
    alias = likeness.second_id if keep == likeness.first_id else likeness.first_id
    for one in people.values():
        if one.merged_into is not None:
            raise AlreadyAnAlias(f"{one.full_name} est déjà réunie à {one.merged_into.full_name}.")
    moved = [alias, *Beneficiary.objects.filter(merged_into=alias).values_list("pk", flat=True)]
    Beneficiary.objects.filter(pk__in=moved).update(merged_into=keep)
    return _say(likeness, Verdict.SAME, by, at, moved=moved)


@transaction.atomic
def keep_apart(*, likeness: Likeness, by: Actor, at: datetime) -> Likeness:
    """Say that two accounts are of two people. Those that were one come back exactly as they were.

    :raises DecidedMeanwhile: if somebody said who is who since the page was shown; says whom.
    """
    people = _hold(likeness, by)
    if likeness.verdict == Verdict.SAME:
        alias, *others = likeness.moved
        root = people[alias].merged_into_id
        Beneficiary.objects.filter(pk=alias).update(merged_into=None)
        Beneficiary.objects.filter(pk__in=others, merged_into=root).update(merged_into=alias)
    return _say(likeness, Verdict.APART, by, at)


def _hold(likeness: Likeness, by: Actor) -> dict[int, Beneficiary]:
    """Both rows, in their order: of two people, one waits, then is told."""
    rights.require(rights.may_say_who_is_who(by, likeness.organisation_id))
    pair = (likeness.first_id, likeness.second_id)
    # Without what they are joined to: read along, it would be as it was before the wait.
    rows = Beneficiary.objects.select_for_update()
    people = {one.pk: one for one in rows.filter(pk__in=pair).order_by("pk")}
    standing = Likeness.objects.get(first=pair[0], second=pair[1], replaced_at=None)
    if standing.pk != likeness.pk:
        local = standing.written_at.astimezone(ZoneInfo(by_id(likeness.organisation_id).time_zone))
        raise DecidedMeanwhile(
            f"{standing.written_by} a décidé le {long_date(local.date())} à {at_time(local)}"
            f"\u00a0: «\u00a0{standing.get_verdict_display()}\u00a0»."
        )
    return people


def _say(
    likeness: Likeness, verdict: Verdict, by: Actor, at: datetime, moved: Iterable[int] = ()
) -> Likeness:
    Likeness.objects.filter(pk=likeness.pk).update(replaced_at=at)
    verb = "merge_people" if verdict == Verdict.SAME else "keep_apart"
    for person in (likeness.first_id, likeness.second_id):
        record(verb=verb, subject=("person", str(person)), by=by, at=at, beneficiary_id=person)
    return Likeness.objects.create(
        organisation_id=likeness.organisation_id,
        first_id=likeness.first_id,
        second_id=likeness.second_id,
        rank=likeness.rank + 1,
        verdict=verdict,
        reasons=likeness.reasons,
        moved=list(moved),
        written_at=at,
        written_by=by.name,
    )


def _told(person: Beneficiary) -> list[Way]:
    return [way for way in Way if getattr(person, way)]


def _keep_details(
    person: Beneficiary, ways: Iterable[Way], source: Source, at: datetime, by_name: str = ""
) -> None:
    ContactDetail.objects.bulk_create(
        ContactDetail(
            organisation_id=person.organisation_id,
            beneficiary=person,
            way=way,
            value=getattr(person, way),
            key=contact_key(way, getattr(person, way)),
            source=source,
            since=at,
            by_name=by_name,
        )
        for way in ways
    )


def _propose(person: Beneficiary, at: datetime) -> None:
    """Who may be the same person: for a human to look at. A pair is proposed once."""
    Likeness.objects.bulk_create(
        (
            Likeness(
                organisation_id=person.organisation_id,
                first_id=min(person.known_as, other.known_as),
                second_id=max(person.known_as, other.known_as),
                reasons=list(reasons),
                written_at=at,
            )
            for other, reasons in alike(person)
        ),
        ignore_conflicts=True,
    )


def _values(identity: Identity) -> dict[str, str]:
    return {
        "title": identity.title,
        "first_name": identity.first_name,
        "last_name": identity.last_name,
        # Some signs are several letters once folded.
        "name_key": fold(f"{identity.last_name} {identity.first_name}")[:LONGEST_NAME_KEY],
        "email": identity.email,
        "phone": identity.phone,
        "postal_address": identity.postal_address,
    }
