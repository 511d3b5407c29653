from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordDistance
from django.db import connection
from django.db.models import F, QuerySet, Value

from mediane.kit.prepared import prepared
from mediane.kit.text import fold
from mediane.people.models import Beneficiary
from mediane.people.rules import bare_number

MOST = 6
SHORTEST = 2  # letters of a word, or figures of a number, before anything is looked for
WORDS_READ = 4
ALIKE = "0.4"  # of the groups of three letters of a word: « morvn » finds Morvan, « lucete » Lucette


class By(StrEnum):
    NOTHING = "nothing"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True)
class FoundPeople:
    by: By
    people: list[Beneficiary]
    is_cut: bool = False


def beneficiary(pk: int) -> Beneficiary | None:
    return next(iter(_numbered(pk)), None)


def of_number(organisation_id: int, number: str) -> Beneficiary | None:
    return Beneficiary.objects.filter(organisation_id=organisation_id, number=number).first()


def people_like(organisation_id: int, text: str) -> FoundPeople:
    """Whom a few figures or a few letters may mean, typing mistakes included; the likeliest first."""
    number = bare_number(text)
    words = [word for word in fold(text).split() if len(word) >= SHORTEST][:WORDS_READ]
    if number and len(number) >= SHORTEST:
        return _cut(By.NUMBER, _beginning_with(organisation_id, number))
    if number or not words:
        return FoundPeople(By.NOTHING, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [ALIKE])
    return _cut(By.NAME, _like(organisation_id, words))


def _cut(by: By, rows: QuerySet[Beneficiary]) -> FoundPeople:
    people = list(rows[: MOST + 1])
    return FoundPeople(by, people[:MOST], is_cut=len(people) > MOST)


def _beginning_with(organisation_id: int, number: str) -> QuerySet[Beneficiary]:
    """Two comparisons rather than LIKE: they alone may use the index under row-level security."""
    after = number[:-1] + chr(ord(number[-1]) + 1)
    rows = Beneficiary.objects.filter(organisation_id=organisation_id, number__gte=number, number__lt=after)
    return rows.order_by("number")


def _like(organisation_id: int, words: list[str]) -> QuerySet[Beneficiary]:
    """Every word typed is like a word of the name, in any order."""
    rows = Beneficiary.objects.filter(organisation_id=organisation_id)
    distance = Value(0.0)
    for word in words:
        rows = rows.filter(TrigramWordSimilar(F("name_key"), Value(word)))
        distance = distance + TrigramWordDistance(word, "name_key")  # type: ignore[assignment]
    return rows.alias(distance=distance).order_by(F("distance"), "name_key", "pk")


@prepared
def _numbered(pk: int) -> QuerySet[Beneficiary]:
    return Beneficiary.objects.filter(pk=pk)
