"""The sentence of the day: what is late, what comes, what is to be read."""

from datetime import date

from mediane.casework.queries.workplan import Counts, Tab
from mediane.kit.french import long_date, number_in_words, weekday_date


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
        f"{number_in_words(news, feminine=True)} réponse{_s(news)} à lire"
        if news
        else "aucune réponse à lire"
    )
    return f"{coming}, {to_read}."


def _s(n: int) -> str:
    return "s" if n > 1 else ""
