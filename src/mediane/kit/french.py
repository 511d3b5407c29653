"""Dates, numbers and small words as French writes them, with the no-break spaces typography asks for."""

from collections.abc import Sequence
from datetime import date, datetime

from mediane.kit.text import fold

NBSP = "\u00a0"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
WORDS = (
    *("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *(
        "onze",
        "douze",
        "treize",
        "quatorze",
        "quinze",
        "seize",
        "dix-sept",
        "dix-huit",
        "dix-neuf",
        "vingt",
    ),
)


CONTRACTIONS = {"de": (("le ", "du "), ("les ", "des ")), "à": (("le ", "au "), ("les ", "aux "))}


def long_date(on: date) -> str:
    """« 3 juin 2026 », « 1er juin 2026 »."""
    return f"{_day(on)}{NBSP}{MONTHS[on.month - 1]}{NBSP}{on.year}"


def weekday_date(on: date) -> str:
    """« vendredi 27 novembre »."""
    return f"{WEEKDAYS[on.weekday()]} {_day(on)}{NBSP}{MONTHS[on.month - 1]}"


def short_date(on: date) -> str:
    """« 3 nov. », for tables."""
    return f"{_day(on)}{NBSP}{SHORT_MONTHS[on.month - 1]}"


def at_time(moment: datetime) -> str:
    """« 14 h 32 », « 9 h » on the hour. The moment is already in the zone of its reader."""
    minutes = f"{NBSP}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def number(n: int) -> str:
    """« 1 204 »."""
    return f"{n:,}".replace(",", NBSP).replace("-", "−")


def plural(n: int, one: str, many: str) -> str:
    """The word alone. French counts zero as one: « 0 dossier »."""
    return one if abs(n) < 2 else many


def count(n: int, one: str, many: str) -> str:
    """The number and its word: « 1 204 dossiers »."""
    return f"{number(n)}{NBSP}{plural(n, one, many)}"


def number_in_words(n: int, *, feminine: bool = False) -> str:
    """In words from zero to twenty, in digits beyond."""
    if n == 1 and feminine:
        return "une"
    return WORDS[n] if 0 <= n < len(WORDS) else number(n)


def join(items: Sequence[str]) -> str:
    """« a, b et c »."""
    *first, last = items or ("",)
    return f"{', '.join(first)} et {last}" if first else last


def capital(words: str) -> str:
    """« la médiatrice » begins a sentence: « La médiatrice »."""
    return words[:1].upper() + words[1:]


def weight(size: int) -> str:
    """Of a file, from its bytes: « 340 ko », « 2,1 Mo »."""
    if size < 1_000_000:
        return f"{max(round(size / 1000), 1)}{NBSP}ko"
    return f"{size / 1_000_000:.1f}{NBSP}Mo".replace(".", ",")


def of(name: str) -> str:
    """« de Paris », « d’Awa », « d’Yves » but « de Yasmine ».

    An h is never elided (« de Haute-Savoie »); names that want an article
    (« de l’Eure », « du Lot ») are data and not guessed here.
    """
    letters = fold(name)[:2]
    elides = letters[:1] in tuple("aeiou") or (letters[:1] == "y" and letters[1:] not in tuple("aeiou"))
    return f"d’{name}" if elides else f"de {name}"


def contracted(preposition: str, name: str) -> str:
    """A preposition before a name with its article: « de le médiateur » becomes « du médiateur ».

    :param preposition: « de » or « à ».
    """
    for article, short in CONTRACTIONS[preposition]:
        if name.startswith(article):
            return short + name.removeprefix(article)
    return f"{preposition} {name}"


def _day(on: date) -> str:
    return "1er" if on.day == 1 else str(on.day)
