"""The sentence of the day: what is late, what comes, what is to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mediane.casework.models import Appointment
from mediane.casework.queries.spoken import planned_between
from mediane.casework.queries.workplan import Counts, Tab
from mediane.casework.rules.meetings import BY_WAY
from mediane.casework.states import Way
from mediane.kit.french import at_time, long_date, number_in_words, weekday_date


def day(today: date) -> str:
    """« Lundi 23 novembre 2026 »."""
    weekday = weekday_date(today).split(" ")[0]
    return f"{weekday.capitalize()} {long_date(today)}"


def late(counts: Counts) -> str:
    if counts.late_everywhere == 0:
        return "Aucune échéance dépassée"
    words = number_in_words(counts.late_everywhere, feminine=True).capitalize()
    return f"{words} échéance{_s(counts.late_everywhere)} dépassée{_s(counts.late_everywhere)}"


def rest(counts: Counts) -> str:
    week, news = counts.this_week_everywhere, counts.tabs[Tab.NEWS]
    coming = f"{number_in_words(week, feminine=True)} cette semaine" if week else "aucune cette semaine"
    to_read = (
        f"{number_in_words(news, feminine=True)} nouveauté{_s(news)} à lire"
        if news
        else "aucune nouveauté à lire"
    )
    return f"{coming}, {to_read}."


@dataclass(frozen=True)
class ShownMeeting:
    when: str
    who: str
    reference: str
    how: str


def meetings(organisation_id: int, *, today: date, time_zone: str) -> list[ShownMeeting]:
    """The appointments of today and tomorrow, the soonest: a list of work is no calendar."""
    midnight = datetime(today.year, today.month, today.day, tzinfo=ZoneInfo(time_zone))
    rows = planned_between(organisation=organisation_id, since=midnight, until=midnight + timedelta(days=2))
    return list(_shown(rows, today, time_zone))


def _shown(rows: Iterable[Appointment], today: date, time_zone: str) -> Iterable[ShownMeeting]:
    for row in rows:
        local = row.starts_at.astimezone(ZoneInfo(time_zone))
        day = "aujourd’hui" if local.date() == today else "demain"
        case = row.case
        yield ShownMeeting(
            f"{day} à {at_time(local)}", case.beneficiary.full_name, case.reference, BY_WAY[Way(row.way)]
        )


def _s(n: int) -> str:
    return "s" if n > 1 else ""
