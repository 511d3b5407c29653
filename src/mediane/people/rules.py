"""A file number as it is typed, and what makes two people look like one."""

import re
from dataclasses import dataclass

from mediane.kit.text import fold
from mediane.people.states import Way

_TYPED = re.compile(r"(\d{1,7})[a-z]?", re.IGNORECASE | re.ASCII)
WHOLE = 7


def bare_number(text: str) -> str:
    """The figures of what looks like a file number, even a beginning; empty for anything else.

    The letter that ends a number on paper is a check letter: what counts is the seven figures.
    """
    found = _TYPED.fullmatch("".join(text.split()))
    return found[1] if found else ""


def is_whole(number: str) -> bool:
    return len(number) == WHOLE


NEAR_NAME = 0.45
LONGEST_KEY = 200
FRANCE = re.compile(r"^(?:00|\+)?33(?=[1-9]\d{8}$)")


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """What is compared of a person; `keys` are the ways to reach her, now or before, folded."""

    number: str
    first_name: str
    last_name: str
    keys: frozenset[tuple[str, str]]


def contact_key(way: str, value: str) -> str:
    """The same for the same address, number or mailbox, however it is typed."""
    if way == Way.EMAIL:
        return value.strip().casefold()[:LONGEST_KEY]
    if way == Way.PHONE:
        return FRANCE.sub("0", re.sub(r"[^\d+]", "", value))[:LONGEST_KEY]
    return fold(value)[:LONGEST_KEY]


def neighbours(number: str) -> set[str]:
    """The file numbers that one wrong figure, or two swapped, make of this one."""
    wrong = {
        number[:place] + figure + number[place + 1 :]
        for place in range(len(number))
        for figure in "0123456789"
    }
    swapped = {
        number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        for place in range(len(number) - 1)
    }
    return (wrong | swapped) - {number}


def likeness(one: Portrait, other: Portrait) -> tuple[str, ...]:
    """Why these may be one person, in words; empty when a name or a contact alone is alike.

    A household shares a telephone, and two strangers a name: it takes both.
    """
    named = _alike_in_name(one, other)
    shared = [
        words
        for way, words in (
            (Way.EMAIL, "Même courriel"),
            (Way.PHONE, "Même téléphone"),
            (Way.ADDRESS, "Même adresse"),
        )
        if any(kind == way for kind, _ in one.keys & other.keys)
    ]
    if one.number in neighbours(other.number):
        shared.append("Numéros allocataires à un chiffre près")
    return (named, *shared) if named and shared else ()


def _alike_in_name(one: Portrait, other: Portrait) -> str:
    mine, theirs = _words(one), _words(other)
    if sorted(mine) == sorted(theirs):
        return "Même nom"
    runs, others = _runs(mine), _runs(theirs)
    if len(runs & others) / len(runs | others) >= NEAR_NAME:
        return "Noms proches"
    # A married name, a maiden name.
    return "Même prénom" if fold(one.first_name) == fold(other.first_name) else ""


def _words(person: Portrait) -> list[str]:
    return fold(f"{person.first_name} {person.last_name}").split()


def _runs(words: list[str]) -> set[str]:
    """Groups of three letters of each word, with its beginning and its end."""
    return {f"  {word} "[n : n + 3] for word in words for n in range(len(word) + 1)}
