"""The questions of one Caf to services and bodies, ready to be counted, in one statement."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef

from mediane.consultations.models import Chase, Consultation
from mediane.consultations.states import State, Word
from mediane.kit import clock
from mediane.kit.months import next_month
from mediane.organisations.models import Organisation
from mediane.statistics.rules.questions import Question, addressee_code


def questions_of(caf: Organisation, first: date, last: date) -> list[Question]:
    """Those asked in these months, by their first days, in the Caf’s own time."""
    zone = ZoneInfo(caf.time_zone)
    begins, ends = (datetime.combine(day, time.min, zone) for day in (first, next_month(last)))
    told = Chase.objects.filter(
        consultation=OuterRef("pk"), due_on=OuterRef("due_on"), word__in=(Word.OVERDUE, Word.ESCALATION)
    )
    asked = Consultation.objects.of(caf.pk).filter(asked_at__gte=begins, asked_at__lt=ends)
    rows = asked.annotate(
        is_told=Exists(told), channel=F("case__channel"), benefits=F("case__benefits")
    ).order_by("pk")
    return [
        Question(
            asked_on=clock.day_of(row.asked_at, caf.time_zone),
            asked_of=addressee_code(row.service, row.body),
            due_on=row.due_on,
            answered_on=_answered_on(row, caf),
            is_overdue=row.is_told and row.state == State.AWAITED and row.is_case_open,
            channel=row.channel,
            benefits=tuple(row.benefits),
        )
        for row in rows
    ]


def months_asked(caf: Organisation) -> set[date]:
    """The months in which something was asked, by their first days."""
    asked = Consultation.objects.of(caf.pk).values_list("asked_at", flat=True)
    return {clock.day_of(at, caf.time_zone).replace(day=1) for at in asked}


def _answered_on(row: Consultation, caf: Organisation) -> date | None:
    if row.state != State.ANSWERED or row.ended_at is None:
        return None
    return clock.day_of(row.ended_at, caf.time_zone)
