"""Finding a case again: by reference, by file number, by name, by words of anything said in it."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models import Q, QuerySet

from mediane.casework.models import Case
from mediane.casework.queries.listed import Listed, listed
from mediane.kit import references
from mediane.kit.text import fold
from mediane.people.models import Beneficiary
from mediane.search.models import Copied

MOST = 30
MOST_WORDS = 12
LONGEST_WORD = 60  # PostgreSQL refuses to look for one of 2 kB


class By(StrEnum):
    """The last three are those of the function `search_cases`."""

    NOTHING = "nothing"
    REFERENCE = "reference"
    NUMBER = "number"
    NAME = "name"
    WORDS = "words"
    NEAR = "near"


@dataclass(frozen=True)
class Found:
    by: By
    cases: list[Listed]
    is_cut: bool = False


def search(*, organisation_id: int, text: str) -> Found:
    """The first way that finds something, from the surest to the widest; the newest cases first."""
    typed = list(dict.fromkeys(word[:LONGEST_WORD] for word in fold(text).split()))[:MOST_WORDS]
    if not typed:
        return Found(By.NOTHING, [])
    for by, condition in _exact(organisation_id, text):
        if cases := _rows(organisation_id, condition):
            return Found(by, cases[:MOST], is_cut=len(cases) > MOST)
    by, found = _by_index(typed)
    cases = _rows(organisation_id, Q(pk__in=found)) if found else []
    return Found(by if cases else By.NOTHING, cases[:MOST], is_cut=len(cases) > MOST)


def _exact(organisation_id: int, text: str) -> list[tuple[By, Q]]:
    ways = []
    reference = references.normalise(text)
    if references.is_valid(reference):
        ways.append((By.REFERENCE, Q(reference=reference)))
    number = "".join(text.split())
    if number.isascii() and number[:7].isdigit() and 7 <= len(number) <= 8:
        ways.append((By.NUMBER, Q(beneficiary__in=_numbered(organisation_id, number))))
    return ways


def _numbered(organisation_id: int, number: str) -> QuerySet[Beneficiary]:
    """The letter that ends a number on paper is a check letter: what counts is the seven digits."""
    return Beneficiary.objects.filter(organisation_id=organisation_id, number__in=(number, number[:7]))


def _by_index(typed: list[str]) -> tuple[By, list[int]]:
    """Numbers of cases of the Caf the transaction works for: the function takes it from there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT way, case_id FROM search_cases(%s, %s)", [typed, MOST + 1])
        found = cursor.fetchall()
    return By(found[0][0]) if found else By.NOTHING, [case_id for _, case_id in found]


def _rows(organisation_id: int, condition: Q) -> list[Listed]:
    cases = Case.objects.of(organisation_id).filter(condition).order_by("-received_at", "-pk")
    return listed(cases[: MOST + 1])


def heard_copied(organisation_id: int) -> QuerySet[Copied, int]:
    """The cases whose sealed copies were heard."""
    return Copied.objects.filter(organisation_id=organisation_id).values_list("case_id", flat=True)
