from datetime import datetime

import pytest
from django.db import connection

from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.people.actions import Identity, NumberTaken, introduce, look_for, pick
from mediane.people.models import Beneficiary
from mediane.people.queries import MOST, By, people_like
from tests.cast import Cast


def identity(number: str, first: str = "Ibrahima", last: str = "Sow") -> Identity:
    return Identity(organisation_code="", number=number, title="Monsieur", first_name=first, last_name=last)


def crowd(cast: Cast, number: int) -> None:
    Beneficiary.objects.bulk_create(
        Beneficiary(
            organisation=cast.paris,
            number=f"{9_000_000 + rank}",
            first_name="Jean",
            last_name=f"Durand{rank}",
            name_key=f"durand{rank} jean",
        )
        for rank in range(number)
    )


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("2604418", By.NUMBER),
        ("260441", By.NUMBER),
        ("2604418 B", By.NUMBER),
        ("Morvan", By.NAME),
        ("morvan lucette", By.NAME),
        ("Lucette MORVAN", By.NAME),
        ("Morvn", By.NAME),
        ("Lucete Morvan", By.NAME),
        ("Morvant", By.NAME),
        ("luc", By.NAME),
    ],
)
def test_lucette_is_found_by_what_is_typed(cast: Cast, typed: str, by: By) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        found = people_like(cast.paris.pk, typed)
    assert (found.by, [person.first_name for person in found.people]) == (by, ["Lucette"])


@pytest.mark.parametrize("typed", ["", "  ", "m", "9", "Zzyzx", "\u202e", "26044189", "x' OR 1=1 --", "%_"])
def test_nobody_is_found_by_nothing_in_particular(cast: Cast, typed: str) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert people_like(cast.paris.pk, typed).people == []


def test_the_people_of_another_caf_are_not_found(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert people_like(cast.paris.pk, "Traoré").people == []
        assert people_like(cast.tarn.pk, "Traoré").people == []
        assert people_like(cast.tarn.pk, cast.awa.number).people == []
        assert pick(pk=cast.awa.pk, by=cast.nadia, at=at) is None


def test_too_many_are_cut_and_said_so(cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        crowd(cast, 20)
        found = people_like(cast.paris.pk, "durand")
    assert (len(found.people), found.is_cut) == (MOST, True)


def test_an_index_answers_under_row_level_security(cast: Cast) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM people_beneficiary WHERE name_key %> 'morvn'")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "beneficiary_by_like_name" in plan
    assert "Index Cond: ((name_key)::text %> 'morvn'::text)" in plan


def test_the_journal_keeps_who_was_shown_and_never_the_words(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        look_for(text="Morvn", by=cast.nadia, at=at)
        pick(pk=cast.lucette.pk, by=cast.nadia, at=at)
        lines = list(Entry.objects.filter(verb="search").order_by("pk"))
    assert [line.subject for line in lines] == ["name", "chosen"]
    assert {line.details["shown"] for line in lines} == {str(cast.lucette.pk)}
    assert "orvn" not in str([vars(line) for line in lines])


def test_somebody_new_is_found_at_once_and_completed_by_signing_in(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        made = introduce(identity=identity("3951207"), by=cast.nadia, at=at)
        assert people_like(cast.paris.pk, "sow ibrahima").people == [made]
        assert Entry.objects.get(verb="introduce").beneficiary_id == made.pk


def test_a_number_that_is_taken_names_who_has_it(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(NumberTaken, match="Lucette Morvan"):
            introduce(identity=identity(cast.lucette.number), by=cast.nadia, at=at)
        assert Beneficiary.objects.filter(number=cast.lucette.number).count() == 1
        assert introduce(identity=identity(cast.awa.number), by=cast.nadia, at=at).organisation == cast.paris
