"""Two accounts joined to a third at the same time: nobody is ever two steps away from who they are."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from threading import Event

import pytest
from django.db import connection, connections

from mediane.kit import rowsecurity
from mediane.people.actions import AlreadyAnAlias, introduce, merge_people
from mediane.people.models import Beneficiary, Likeness
from mediane.people.queries import proposals
from mediane.people.states import Verdict
from tests.cast import Cast
from tests.people.test_one_person import LUCETTE


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def three(cast: Cast, at: datetime) -> tuple[int, int, int, dict[tuple[int, int], Likeness]]:
    """`a`, `b` and `c`, and what may be said of each two."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        a = introduce(identity=LUCETTE, by=cast.nadia, at=at).pk
        c = introduce(identity=replace(LUCETTE, number="9000002"), by=cast.nadia, at=at).pk
        pairs = {(one.first_id, one.second_id): one for one in proposals(cast.paris.pk, Verdict.WAITING)}
    return a, cast.lucette.pk, c, pairs


@pytest.mark.parametrize("first", ["a to b", "c to a"])
def test_a_joined_to_b_while_c_is_joined_to_a(committed: str, cast: Cast, at: datetime, first: str) -> None:
    a, b, c, pairs = three(cast, at)
    wanted = {"a to b": (pairs[b, a], b), "c to a": (pairs[a, c], a)}
    second = next(name for name in wanted if name != first)
    joined, go_on = Event(), Event()

    def join(name: str) -> str:
        likeness, keep = wanted[name]
        try:
            with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
                merge_people(likeness=likeness, keep=keep, by=cast.nadia, at=at)
                joined.set()
                assert go_on.wait(10)
        except AlreadyAnAlias as refusal:
            return refusal.sentence
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as both:
        earlier = both.submit(join, first)
        assert joined.wait(10)
        later = both.submit(join, second)
        while not somebody_waits() and not later.done():
            pass
        go_on.set()
        assert earlier.result(10) == ""
        said = later.result(10)

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        leads_to = dict(Beneficiary.objects.filter(pk__in=(a, b, c)).values_list("pk", "merged_into"))
        decided = Likeness.objects.filter(verdict=Verdict.SAME).count()
    if first == "a to b":
        assert "est déjà réunie à Lucette Morvan" in said
        assert (leads_to, decided) == ({a: b, b: None, c: None}, 1)
    else:
        assert (leads_to, decided) == ({a: b, b: None, c: b}, 2)
