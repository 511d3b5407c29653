"""Finding a case again: by reference, by file number, by name, by words of the request."""

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Q, QuerySet

from mediane.casework.models import Case
from mediane.casework.queries.listed import Listed, listed
from mediane.kit import references
from mediane.kit.text import fold
from mediane.people.models import Beneficiary

MOST = 30
SHORTEST_NAME = 2


class By(StrEnum):
    NOTHING = "nothing"
    REFERENCE = "reference"
    NUMBER = "number"
    NAME = "name"
    WORDS = "words"


@dataclass(frozen=True)
class Found:
    by: By
    cases: list[Listed]
    is_cut: bool = False


def search(*, organisation_id: int, text: str) -> Found:
    """The first way that finds something, from the surest to the widest."""
    if not fold(text):
        return Found(By.NOTHING, [])
    for by, condition in _ways(organisation_id, text):
        cases = listed(_newest(organisation_id).filter(condition)[: MOST + 1])
        if cases:
            return Found(by, cases[:MOST], is_cut=len(cases) > MOST)
    cases = listed(_with_words(organisation_id, text)[: MOST + 1])
    return Found(By.WORDS if cases else By.NOTHING, cases[:MOST], is_cut=len(cases) > MOST)


def _ways(organisation_id: int, text: str) -> list[tuple[By, Q]]:
    ways = []
    reference = references.normalise(text)
    if references.is_valid(reference):
        ways.append((By.REFERENCE, Q(reference=reference)))
    number = "".join(text.split())
    if number.isascii() and number[:7].isdigit() and 7 <= len(number) <= 8:
        ways.append((By.NUMBER, Q(beneficiary__in=_numbered(organisation_id, number))))
    name = fold(text)
    if len(name) >= SHORTEST_NAME and not any(symbol.isdigit() for symbol in name):
        ways.append((By.NAME, Q(beneficiary__in=_named(organisation_id, name))))
    return ways


def _newest(organisation_id: int) -> QuerySet[Case]:
    return Case.objects.of(organisation_id).order_by("-received_at", "-reference")


def _numbered(organisation_id: int, number: str) -> QuerySet[Beneficiary]:
    """The letter that ends a number on paper is a check letter: what counts is the seven digits."""
    return Beneficiary.objects.filter(organisation_id=organisation_id, number__in=(number, number[:7]))


def _named(organisation_id: int, name: str) -> QuerySet[Beneficiary]:
    """By what the key begins with, last name first or first name first.

    Two comparisons rather than LIKE: they alone may use the index under row-level security.
    """
    first, _, rest = name.partition(" ")
    beginnings = {name, f"{rest} {first}"} if rest else {name}
    condition = Q()
    for begins in beginnings:
        condition |= Q(name_key__gte=begins, name_key__lt=begins[:-1] + chr(ord(begins[-1]) + 1))
    return Beneficiary.objects.filter(condition, organisation_id=organisation_id)


def _with_words(organisation_id: int, text: str) -> QuerySet[Case]:
    vector = SearchVector(
        "referral__asked", "referral__explanation", "referral__decision_contested", config="french"
    )
    words = SearchQuery(text, config="french", search_type="websearch")
    return _newest(organisation_id).annotate(words=vector).filter(words=words)
