"""What ties a mail to a case: secrets that only its person received. The rest is a proposal."""

import re

from mediane.kit import references
from mediane.mailroom.rules.reading import Letter

TOKEN = re.compile(r"[^@+]+\+([0-9a-f]{32})@[^@]+")
LOOKS_LIKE_ONE = re.compile(r"\b[0-9A-Za-z]{4}[-\u2010\u2011 ]?[0-9A-Za-z]{4}\b")
MOST_IDS = 50


def answered(letter: Letter) -> list[str]:
    """Message-IDs that this mail answers, the nearest first."""
    nearest_first = dict.fromkeys([*letter.answers[:1], *reversed(letter.answers)])
    return list(nearest_first)[:MOST_IDS]


def tokens(letter: Letter) -> list[str]:
    """Secrets of our reply addresses, among those it was sent to."""
    found = (TOKEN.fullmatch(address.strip().lower()) for address in letter.to[:MOST_IDS])
    return [match.group(1) for match in found if match]


def cited(subject: str) -> str:
    """A reference written in the subject: anybody may write one."""
    for match in LOOKS_LIKE_ONE.finditer(subject):
        reference = references.normalise(match.group())
        if references.is_valid(reference):
            return reference
    return ""
