"""What came sealed with a case from another Caf is searched there like the rest."""

from datetime import datetime

import pytest
from django.db import connection

from mediane.jobs import hearing
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from mediane.search.models import Copied
from mediane.search.queries import By, search
from tests.cast import Cast
from tests.stories import a_case
from tests.transfers.moving import NUMBER, an_admitted_case, packed, taken_in


def found(caf: int, text: str) -> list[str]:
    with rowsecurity.working_for(rowsecurity.staff(caf)):
        return [case.reference for case in search(organisation_id=caf, text=text).cases]


@pytest.mark.parametrize("way", ["its own job", "the night"])
def test_the_story_and_the_letters_of_a_case_that_moved_are_found_where_it_is(
    cast: Cast, at: datetime, way: str
) -> None:
    there = taken_in(packed(an_admitted_case(cast, at), cast, at), cast, at)
    assert there is not None
    # A word of the message, then one of the letter of admission.
    assert found(cast.tarn.pk, "habitiez maintenant") == found(cast.tarn.pk, "recevabilité") == []
    if way == "the night":
        hearing.hear_what_waits(0)
        with connection.cursor() as cursor:
            cursor.execute("SELECT args->>'case_id' FROM procrastinate_jobs WHERE task_name = 'hear_arrival'")
            assert cursor.fetchall() == [(str(there.pk),)]
    for _ in range(2):
        hearing.hear_arrival(organisation_id=cast.tarn.pk, case_id=there.pk)

    assert found(cast.tarn.pk, "HABITEZ") == found(cast.tarn.pk, "recevables") == [there.reference]
    assert found(cast.tarn.pk, "épuisée") == []
    assert there.reference not in found(cast.paris.pk, "habitez")
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Copied.objects.get().case_id == there.pk
        # A new name is written beside, and takes nothing of it away.
        Beneficiary.objects.filter(number=NUMBER).update(last_name="Tessier", name_key="tessier samira")
        assert search(organisation_id=cast.tarn.pk, text="tessier habitez").by == By.WORDS
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Copied.objects.exists()


def test_made_anew_the_index_still_has_them(cast: Cast, at: datetime) -> None:
    there = taken_in(packed(an_admitted_case(cast, at), cast, at), cast, at)
    assert there is not None
    hearing.hear_arrival(organisation_id=cast.tarn.pk, case_id=there.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'search_fill'")
        assert "search_copied" in cursor.fetchone()[0]


def test_a_case_that_came_from_nowhere_has_nothing_to_hear(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    hearing.hear_arrival(organisation_id=cast.paris.pk, case_id=case.pk)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Copied.objects.exists()
