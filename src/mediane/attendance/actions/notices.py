"""Telling the service by e-mail: at once, in the digest of the morning, or not at all.

What is told is written, then the mail leaves, then the transaction commits: as for the person, at least once
on the wire with the same Message-ID, and mailboxes show one.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from mediane.accounts.models import User
from mediane.attendance import rights
from mediane.attendance.models import NoticeWish, StaffNotice
from mediane.attendance.queries.notices import (
    RECENT,
    digest_key,
    digested,
    waiting,
    wishes,
    written_since,
)
from mediane.attendance.rules.notices import (
    GROUPED,
    SUBJECTS,
    Item,
    is_open_hour,
    is_time_of_digests,
    morning_of,
    text_of,
)
from mediane.attendance.states import WAYS, How, Topic
from mediane.casework.rights import require
from mediane.journal.actions import record
from mediane.journal.rules import Actor
from mediane.kit import clock, rows
from mediane.kit.refusal import Refusal
from mediane.organisations.models import Organisation
from mediane.organisations.queries import holiday_zone_of

SENDER = "Médiane"


class WishesChanged(Refusal):
    """Chosen on another page meanwhile."""


@transaction.atomic
def choose(
    *, chosen: Mapping[Topic, How], quiet: Iterable[int], seen_version: int, by: Actor, at: datetime
) -> NoticeWish:
    """:raises WishesChanged: if one chose on another page since this one was shown."""
    require(rights.may_choose_notices(by))
    _one_at_a_time(by.organisation_id, by.id)
    known = NoticeWish.objects.filter(organisation=by.organisation_id, member=by.id).first()
    wish = known or NoticeWish(organisation_id=by.organisation_id, member_id=by.id, version=0)
    if wish.version != seen_version:
        raise WishesChanged("Vos choix ont changé sur une autre page. Relisez-les, puis enregistrez.")
    for topic, how in chosen.items():
        setattr(wish, str(topic), how if how in WAYS[topic] else WAYS[topic][0])
    wish.quiet_days = sorted(set(quiet))
    wish.version += 1
    changing = [*map(str, Topic), "quiet_days", "version"]
    wish.save(force_insert=known is None, update_fields=changing if known else None)
    record(verb="choose_notices", subject=("member", str(by.id)), by=by, at=at)
    return wish


def to_tell_now(caf: Organisation, *, at: datetime) -> list[int]:
    """Members whom something said « tout de suite » waits for, and to whom no mail left for ten minutes."""
    if not is_open_hour(at, caf.time_zone, holiday_zone_of(caf)):
        return []
    found, wanted = waiting(caf, at=at, since=RECENT), wishes(caf)
    members = [user for user, items in found.items() if _of(items, wanted[user], How.AT_ONCE)]
    just_written = written_since(caf, at - GROUPED)
    return sorted(user for user in members if user not in just_written and _may_now(caf, wanted[user], at))


def to_digest(caf: Organisation, *, at: datetime) -> list[int]:
    """Members whose digest of the day was not looked after; whoever is away has none: their cover does."""
    if not is_time_of_digests(at, caf.time_zone, holiday_zone_of(caf)):
        return []
    today = clock.day_of(at, caf.time_zone)
    wanted = wishes(caf)
    done = digested(caf, today, list(wanted))
    return sorted(user for user in wanted.keys() - done if _may_now(caf, wanted[user], at))


@transaction.atomic
def tell_now(*, caf: Organisation, member: int, at: datetime) -> int:
    """Everything that waits for them and was to be said at once, in one mail; how many things were told."""
    _one_at_a_time(caf.pk, member)
    wish = wishes(caf).get(member)
    if wish is None or not _may_now(caf, wish, at) or member in written_since(caf, at - GROUPED):
        return 0
    items = _of(waiting(caf, at=at, since=RECENT).get(member, []), wish, How.AT_ONCE)
    if items:
        _tell(caf, member, items, How.AT_ONCE, f"now:{items[0].about}", at)
    return len(items)


@transaction.atomic
def digest(*, caf: Organisation, member: int, at: datetime) -> int:
    """What happened before this morning and was not told; once a working day, if there is any."""
    _one_at_a_time(caf.pk, member)
    today = clock.day_of(at, caf.time_zone)
    wish = wishes(caf).get(member)
    is_time = wish is not None and is_time_of_digests(
        at, caf.time_zone, holiday_zone_of(caf), wish.quiet_days
    )
    if wish is None or not is_time or member in digested(caf, today, [member]):
        return 0
    found = waiting(caf, at=at, until=morning_of(today, caf.time_zone)).get(member, [])
    unwanted = _of(found, wish, How.NEVER)
    _note(caf, member, unwanted, How.NEVER, "", at)
    items = [item for item in found if item not in unwanted]
    key = digest_key(member, today)
    message_id = _tell(caf, member, items, How.DIGEST, key, at) if items else ""
    _note(caf, member, [Item(Topic.DEADLINE, key)], How.DIGEST, message_id, at)
    return len(items)


def _may_now(caf: Organisation, wish: NoticeWish, at: datetime) -> bool:
    return is_open_hour(at, caf.time_zone, holiday_zone_of(caf), wish.quiet_days)


def _of(items: Iterable[Item], wish: NoticeWish, how: How) -> list[Item]:
    return [item for item in items if wish.how(item.topic) == how]


def _tell(caf: Organisation, member: int, items: list[Item], how: How, key: str, at: datetime) -> str:
    digest = salted_hmac("mediane.attendance", f"{caf.pk}:{member}:{key}", algorithm="sha256").hexdigest()
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    message_id = f"<{digest[:32]}@{sender.rpartition('@')[2]}>"
    _note(caf, member, items, how, message_id, at)
    EmailMessage(
        subject=SUBJECTS[how],
        body=text_of(items, how, settings.PUBLIC_URL),
        from_email=formataddr((SENDER, sender)),
        to=[User.objects.get(pk=member).email],
        headers={
            "Message-ID": message_id,
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    ).send()
    return message_id


def _note(
    caf: Organisation, member: int, items: Iterable[Item], how: How, message_id: str, at: datetime
) -> None:
    rows.add_all(
        [
            StaffNotice(
                organisation=caf,
                member_id=member,
                about=item.about,
                how=how,
                message_id=message_id,
                sent_at=at,
            )
            for item in items
        ]
    )


def _one_at_a_time(organisation_id: int, member: int) -> None:
    """Of two jobs for one person, one waits here, then finds nothing new."""
    with connection.cursor() as cursor:
        key = f"staff notices:{organisation_id}:{member}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
