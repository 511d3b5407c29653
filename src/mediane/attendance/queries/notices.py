"""What waits to be told to each member of a service."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Cast, Concat

from mediane.attendance.models import Absence, NoticeWish, StaffNotice
from mediane.attendance.queries.absences import covers, running
from mediane.attendance.rules.absences import who_stands_in
from mediane.attendance.rules.notices import SOON, TOLD, Item, topic_of
from mediane.attendance.states import Topic
from mediane.casework.models import Case, Step
from mediane.casework.rules.deadlines import TO_READ
from mediane.correspondence.queries.readings import to_read_of
from mediane.correspondence.rules.readers import may_be_read_by
from mediane.kit import clock
from mediane.kit.workdays import add_working_days
from mediane.organisations.models import Organisation
from mediane.organisations.queries import holiday_zone_of, team_of

# Whoever was away without a cover is told on the day they come back.
LOOK_BACK = timedelta(days=45)
# What is said at once is looked for every other minute: over a long week-end, no more.
RECENT = timedelta(days=4)
NOT_STOOD_IN = (Topic.COVER, Topic.READING)
Found = tuple[int, int | None, Item]  # whose it is, who did it, what


def waiting(
    caf: Organisation, *, at: datetime, since: timedelta = LOOK_BACK, until: datetime | None = None
) -> dict[int, list[Item]]:
    """By who reads it today: oneself, or one’s cover; what nobody stands in for waits.

    :param until: what happened later is left out.
    """
    today = clock.day_of(at, caf.time_zone)
    away = covers(running(caf.pk, today))
    team = {member.user_id for member in team_of(caf.pk)}
    found = [
        *_acts(caf, since=at - since, until=until or at),
        *_deadlines(caf, today),
        *_covers(caf, today),
        *_readings(caf, team, since=at - since, until=until or at),
    ]
    told = _told(caf, (item.about for _, _, item in found))
    by_reader: dict[int, list[Item]] = defaultdict(list)
    for owner, author, item in found:
        # Somebody away is not told that they replace a colleague, nor of a letter to read, which everybody
        # else is told of: nobody does it for them.
        reader = None if item.topic in NOT_STOOD_IN and owner in away else who_stands_in(owner, away)
        if reader in team and reader is not None and reader != author and item.about not in told:
            is_for_another = reader != owner
            by_reader[reader].append(Item(item.topic, item.about, item.reference, is_for_another))
    return dict(by_reader)


def _acts(caf: Organisation, *, since: datetime, until: datetime) -> Iterator[Found]:
    key = Concat(Value("step:"), Cast(OuterRef("pk"), CharField()))
    told = StaffNotice.objects.filter(organisation_id=caf.pk, about=key)
    steps = Step.objects.filter(organisation=caf, at__gte=since, at__lte=until, act__in=TOLD)
    steps = steps.filter(~Exists(told), case__assignee__isnull=False).order_by("pk")
    rows = steps.values_list("pk", "act", "by_kind", "by_id", F("case__assignee"), F("case__reference"))
    for number, act, by_kind, by_id, owner, reference in rows:
        if topic := topic_of(act, by_kind):
            author = by_id if by_kind == "staff" else None
            yield owner, author, Item(topic, f"step:{number}", reference)


def _deadlines(caf: Organisation, today: date) -> Iterator[Found]:
    soon = add_working_days(today, SOON, holiday_zone_of(caf))
    cases = Case.objects.of(caf.pk).filter(closed_at=None, due_on__gte=today, due_on__lte=soon)
    # An answer to read is told as an answer.
    rows = cases.filter(assignee__isnull=False).exclude(due_what=TO_READ).order_by("due_on", "reference")
    for number, owner, reference, due_on in rows.values_list("pk", "assignee", "reference", "due_on"):
        yield owner, None, Item(Topic.DEADLINE, f"due:{number}:{due_on:%Y%m%d}", reference)


def _covers(caf: Organisation, today: date) -> Iterator[Found]:
    """Other days are something else to be told."""
    absences = Absence.objects.of(caf.pk).filter(last_on__gte=today).order_by("pk")
    for one in absences:
        if one.cover_id is None:
            continue
        about = f"cover:{one.pk}:{one.cover_id}:{one.first_on:%Y%m%d}-{one.last_on:%Y%m%d}"
        yield one.cover_id, one.declared_by_id, Item(Topic.COVER, about)


def _readings(caf: Organisation, team: Iterable[int], *, since: datetime, until: datetime) -> Iterator[Found]:
    """To everybody but whoever wrote the words, or asks; asked again, it is something else to be told."""
    asked = to_read_of(caf.pk).filter(reading_asked_at__gte=since, reading_asked_at__lte=until)
    rows = asked.order_by("reading_asked_at", "pk").values_list(
        "pk", "unread_by", "reading_asked_at", "reading_asked_by_id", F("case__reference")
    )
    for number, unread_by, asked_at, asked_by, reference in rows:
        for member in team:
            if may_be_read_by(unread_by, member):
                about = f"reading:{number}:{asked_at:%Y%m%d%H%M%S}:{member}"
                yield member, asked_by, Item(Topic.READING, about, reference)


def _told(caf: Organisation, keys: Iterable[str]) -> set[str]:
    rows = StaffNotice.objects.filter(organisation=caf, about__in=list(keys))
    return set(rows.values_list("about", flat=True))


def wishes(caf: Organisation) -> dict[int, NoticeWish]:
    """Of each member of the service; who chose nothing has what is usual."""
    chosen = {one.member_id: one for one in NoticeWish.objects.filter(organisation=caf)}
    return {
        member.user_id: chosen.get(member.user_id) or NoticeWish(organisation=caf, member_id=member.user_id)
        for member in team_of(caf.pk)
    }


def wish_of(*, organisation_id: int, user_id: int) -> NoticeWish:
    row = NoticeWish.objects.filter(organisation=organisation_id, member=user_id).first()
    return row or NoticeWish(organisation_id=organisation_id, member_id=user_id, version=0)


def written_since(caf: Organisation, since: datetime) -> set[int]:
    """Members to whom a mail left since that moment."""
    rows = StaffNotice.objects.filter(organisation=caf, sent_at__gt=since).exclude(message_id="")
    return set(rows.values_list("member", flat=True))


def digested(caf: Organisation, day: date, members: Sequence[int]) -> set[int]:
    """Those whose digest of the day was looked after, sent or empty."""
    keys = {digest_key(member, day): member for member in members}
    rows = StaffNotice.objects.filter(organisation=caf, about__in=list(keys))
    return {keys[about] for about in rows.values_list("about", flat=True)}


def digest_key(member: int, day: date) -> str:
    return f"digest:{member}:{day:%Y%m%d}"
