"""A file number as it is typed."""

import re

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
