"""What time asks to be said to services, Caf by Caf."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from mediane.consultations.models import Chase, Consultation
from mediane.consultations.queries.policy import ladder_of
from mediane.consultations.rules import CHASING_HOURS, word_due
from mediane.consultations.states import State, Word
from mediane.kit import clock
from mediane.kit.workdays import is_working_day
from mediane.organisations.models import Organisation
from mediane.organisations.queries import by_id, holiday_zone_of

# No reminder comes earlier before its date.
AHEAD = timedelta(days=30)


def to_chase(caf: Organisation, *, at: datetime) -> list[int]:
    """Questions of a Caf of which something is to be said now, at its hours and on its working days."""
    local = at.astimezone(ZoneInfo(caf.time_zone))
    today = local.date()
    if local.hour not in CHASING_HOURS or not is_working_day(today, holiday_zone_of(caf)):
        return []
    rows = Consultation.objects.of(caf.pk).owed().filter(stopped_at=None, due_on__lte=today + AHEAD)
    waiting = {row.pk: (row, word) for row in rows if (word := word_of(row, today)) is not None}
    told = set(Chase.objects.filter(consultation__in=waiting).values_list("consultation", "word", "due_on"))
    return sorted(pk for pk, (row, word) in waiting.items() if (pk, word, row.due_on) not in told)


def word_of(consultation: Consultation, today: date) -> Word | None:
    """What is to be said by now. A body has no page: only that its date is past is written down."""
    caf = by_id(consultation.organisation_id)
    word = word_due(
        today,
        due_on=consultation.due_on,
        since=clock.day_of(consultation.dated_at, caf.time_zone),
        ladder=ladder_of(consultation),
        zone=holiday_zone_of(caf),
    )
    if word is None or consultation.service:
        return word
    return None if word is Word.REMINDER else Word.OVERDUE


def is_left_to_us(consultation: Consultation) -> bool:
    """Of a late question: a body is chased by the mediation, by hand, once its date has passed."""
    if not consultation.body or consultation.reminded_at is None:
        return bool(consultation.body)
    zone = by_id(consultation.organisation_id).time_zone
    return clock.day_of(consultation.reminded_at, zone) <= consultation.due_on


def is_told(consultation: Consultation, word: Word) -> bool:
    return consultation.chases.filter(word=word, due_on=consultation.due_on).exists()


def to_follow(organisation_id: int) -> list[int]:
    """Questions whose case closed, or opened again, since their service was last told."""
    awaited = Consultation.objects.of(organisation_id).filter(state=State.AWAITED)
    moved = Q(is_case_open=False, stopped_at=None) | Q(is_case_open=True, stopped_at__isnull=False)
    return list(awaited.filter(moved).order_by("pk").values_list("pk", flat=True))
