"""A Caf opens on a day to come, decided by the national mediation; what was decided stays written."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.organisations.actions import OpeningRefused, decide_opening
from mediane.organisations.models import Opening, Organisation
from mediane.organisations.queries import decided_openings, is_online, opening_of, openings
from tests.cast import Cast

DAY = date(2026, 12, 7)


@pytest.fixture
def ain(cast: Cast) -> Organisation:
    """Of the last phase, without a date in the plan."""
    return Organisation.objects.get(code="01")


def decide(cast: Cast, caf: Organisation, at: datetime, **differs) -> Opening:
    known = {"phase": 3, "online_from": DAY, "by": cast.helene} | differs
    with rowsecurity.working_for(rowsecurity.national(cast.cnaf.pk)):
        return decide_opening(organisation=caf, at=at, **known)


def test_the_plan_gives_every_caf_its_phase_and_ten_their_day(cast: Cast) -> None:
    known = openings()
    assert len(known) == 101
    assert sum(one.online_from is not None for one in known.values()) == 10
    assert is_online(cast.paris, date(2026, 11, 9))


def test_a_day_to_come_is_decided_then_put_off_and_both_stay(cast: Cast, ain, at: datetime) -> None:
    decide(cast, ain, at, because="Compte relié")
    decide(cast, ain, at + timedelta(days=1), online_from=None, because="Compte en panne")
    decided = [one.online_from for one in decided_openings(ain.pk)]
    assert decided == [None, DAY, None]
    assert opening_of(ain.pk).decided_by == "Hélène Marchetti"
    assert not is_online(ain, DAY)


def test_it_opens_that_very_day(cast: Cast, ain, at: datetime) -> None:
    decide(cast, ain, at)
    assert [is_online(ain, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == [False, True, True]


@pytest.mark.parametrize("day", [date(2026, 11, 8), date(2026, 11, 9)])
def test_no_caf_opens_in_the_past_nor_today(cast: Cast, ain, at: datetime, day: date) -> None:
    with pytest.raises(OpeningRefused, match="à venir"):
        decide(cast, ain, at, online_from=day)


def test_what_has_opened_does_not_change(cast: Cast, at: datetime) -> None:
    with pytest.raises(OpeningRefused, match="déjà ouverte"):
        decide(cast, cast.paris, at)


def test_who_decides_on_an_older_page_is_told_who_came_first(cast: Cast, ain, at: datetime) -> None:
    decide(cast, ain, at, seen_rank=1)
    with pytest.raises(OpeningRefused, match="Hélène Marchetti a décidé entre-temps"):
        decide(cast, ain, at, seen_rank=1)


@pytest.mark.parametrize("who", ["claire", "nadia"])
def test_a_caf_does_not_open_itself(cast: Cast, at: datetime, who: str) -> None:
    actor: Actor = getattr(cast, who)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        with pytest.raises(PermissionDenied):
            decide_opening(organisation=cast.paris, phase=1, online_from=DAY, by=actor, at=at)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Opening.objects.create(organisation=cast.paris, rank=9, phase=1, decided_by="x")


def test_of_two_decisions_at_once_one_is_written(committed: str, cast: Cast, at: datetime) -> None:
    caf, line = Organisation.objects.get(code="01"), threading.Barrier(2)
    ends: list[str] = []

    def run(phase: int) -> None:
        try:
            line.wait(timeout=20)
            decide(cast, caf, at, phase=phase, seen_rank=1)
            ends.append("decided")
        except Refusal:
            ends.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(phase,)) for phase in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(ends) == ["decided", "refused"]
    assert len(decided_openings(caf.pk)) == 2
