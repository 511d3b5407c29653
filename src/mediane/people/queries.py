from dataclasses import dataclass
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.lookups import TrigramWordSimilar
from django.contrib.postgres.search import TrigramWordDistance
from django.db import connection
from django.db.models import Expression, F, Q, QuerySet, Value

from mediane.kit.prepared import prepared
from mediane.kit.text import fold
from mediane.people.models import Beneficiary, ContactDetail, Likeness
from mediane.people.rules import Portrait, bare_number, contact_key, likeness, neighbours
from mediane.people.states import Verdict, Way

MOST = 6
MOST_ALIKE = 30
MOST_SHOWN = 50
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


def aliases_of(pk: int) -> list[Beneficiary]:
    """The accounts somebody said were of the same person."""
    return _aliases(pk)


@prepared
def _aliases(pk: int) -> QuerySet[Beneficiary]:
    return Beneficiary.objects.filter(merged_into=pk).order_by("pk")


def may_be(person: int | Expression) -> dict[str, ArraySubquery]:
    """The accounts that are a person’s too, or may be: arrays to annotate any statement with."""
    waiting = Likeness.objects.filter(verdict=Verdict.WAITING, replaced_at=None)
    return {
        "same_people": ArraySubquery(Beneficiary.objects.filter(merged_into=person).values("pk")),
        "like_first": ArraySubquery(waiting.filter(first=person).values("second")),
        "like_second": ArraySubquery(waiting.filter(second=person).values("first")),
    }


def alike(person: Beneficiary) -> list[tuple[Beneficiary, tuple[str, ...]]]:
    """Who looks like one person of her Caf, and why: found by what indexes read under row-level security,
    a contact shared now or before, the same name, a number one slip apart."""
    shared = Q(number__in=neighbours(person.number)) | Q(pk__in=_sharing(person))
    of_caf = Beneficiary.objects.filter(organisation_id=person.organisation_id).exclude(pk=person.pk)
    others = [*of_caf.filter(shared)[:MOST_ALIKE]]
    keys = _keys_of([person, *others])
    found = []
    for other in others:
        if other.known_as != person.known_as:
            reasons = likeness(_portrait(person, keys), _portrait(other, keys))
            found += [(other, reasons)] if reasons else []
    return found


def _sharing(person: Beneficiary) -> list[int]:
    """The people of the Caf whose e-mail, telephone or address was ever this one."""
    wanted = Q(pk=None)
    for way in Way:
        if key := contact_key(way, getattr(person, way)):
            wanted |= Q(way=way, key=key)
    rows = ContactDetail.objects.filter(wanted, organisation_id=person.organisation_id)
    others = rows.exclude(beneficiary=person).values_list("beneficiary", flat=True)
    return list(others.distinct()[:MOST_ALIKE])


def _keys_of(people: list[Beneficiary]) -> dict[int, set[tuple[str, str]]]:
    keys = {one.pk: {(str(way), contact_key(way, getattr(one, way))) for way in Way} for one in people}
    said = ContactDetail.objects.filter(beneficiary__in=people)
    for pk, way, key in said.values_list("beneficiary", "way", "key"):
        keys[pk].add((way, key))
    return {pk: {(way, key) for way, key in known if key} for pk, known in keys.items()}


def _portrait(person: Beneficiary, keys: dict[int, set[tuple[str, str]]]) -> Portrait:
    return Portrait(
        number=person.number,
        first_name=person.first_name,
        last_name=person.last_name,
        keys=frozenset(keys[person.pk]),
    )


def proposals(organisation_id: int, verdict: Verdict) -> list[Likeness]:
    """Pairs of people on which this opinion stands, newest first."""
    rows = Likeness.objects.select_related("first", "second").filter(replaced_at=None, verdict=verdict)
    return list(rows.filter(organisation_id=organisation_id).order_by("-written_at", "-pk")[:MOST_SHOWN])


def opinions(pk: int) -> list[Likeness]:
    """Everything said of the pair that an opinion is of, the one that stands first."""
    rows = Likeness.objects.select_related("first", "second")
    one = rows.filter(pk=pk).first()
    return [] if one is None else list(rows.filter(first=one.first, second=one.second).order_by("-rank"))


def history_of(people: list[int]) -> list[ContactDetail]:
    """How these accounts were reached, newest first."""
    rows = ContactDetail.objects.select_related("beneficiary").filter(beneficiary__in=people)
    return list(rows.order_by("-since", "-pk"))


@prepared
def _numbered(pk: int) -> QuerySet[Beneficiary]:
    return Beneficiary.objects.filter(pk=pk)
