"""Asked by anybody, read by one Caf, handled by one person, then forgotten."""

import threading
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from mediane.callbacks import actions
from mediane.callbacks.models import CallbackRequest
from mediane.callbacks.queries import Tab, listed
from mediane.callbacks.rules import MOST_A_DAY
from mediane.callbacks.states import Move, State
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from tests.callbacks.asking import asked
from tests.cast import Cast

DAY = timedelta(days=1)


def of(cast: Cast) -> rowsecurity.Context:
    return rowsecurity.staff(cast.paris.pk)


def handled(cast: Cast, key, *moves: Move, by: Actor | None = None, at: datetime) -> CallbackRequest:
    with rowsecurity.working_for(of(cast)):
        for move in moves:
            request = actions.handle(pk=key, move=move, by=by or cast.nadia, at=at)
    return request


def number(cast: Cast) -> int:
    with rowsecurity.working_for(of(cast)):
        return CallbackRequest.objects.count()


def test_who_asks_is_sealed_and_read_by_their_caf_alone(cast: Cast, at: datetime) -> None:
    key = asked(cast.paris, at, number="4817263")
    with rowsecurity.working_for(of(cast)), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM callbacks_callbackrequest t")
        ((row,),) = cursor.fetchall()
        (shown,) = actions.open_list(tab=Tab.WAITING, by=cast.nadia, at=at)
        assert shown.caller.full_name == "Odile Ferrand"
        journaled = Entry.objects.get(verb="read_callbacks")
    for secret in ("Ferrand", "Odile", "01 99", "4817263"):
        assert secret.encode().hex() not in row
        assert secret not in row
    assert journaled.details == {"count": "1", "shown": str(key)}
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert actions.open_list(tab=Tab.WAITING, by=cast.remi, at=at) == []
        with pytest.raises(CallbackRequest.DoesNotExist):
            actions.handle(pk=key, move=Move.TAKE, by=cast.remi, at=at)


@pytest.mark.parametrize("who", ["public", "person"])
def test_whoever_asks_writes_and_reads_nothing(cast: Cast, at: datetime, who: str) -> None:
    asked(cast.paris, at)
    context = rowsecurity.public() if who == "public" else rowsecurity.person(cast.samira.pk)
    with rowsecurity.working_for(context):
        assert CallbackRequest.objects.count() == 0
        assert CallbackRequest.objects.update(state=State.CALLED) == 0
        assert CallbackRequest.objects.all().delete()[0] == 0


@pytest.mark.parametrize(
    "forged",
    [
        {"state": State.CALLED, "handled_by": "x", "forget_on": date(2026, 1, 1)},
        {"tries": 3},
        {"organisation": "cnaf"},
    ],
)
def test_only_an_untouched_request_to_a_caf_is_written(cast: Cast, at: datetime, forged: dict) -> None:
    values = {"organisation": cast.paris, "wrapped": b"x", "sealed": b"x", "moment": "any", "asked_at": at}
    values |= forged | ({"handled_at": at} if "handled_by" in forged else {})
    if values["organisation"] == "cnaf":
        values["organisation"] = cast.cnaf
    with rowsecurity.working_for(rowsecurity.public()), pytest.raises(DatabaseError, match="row-level"):
        with transaction.atomic():
            CallbackRequest(**values).save(force_insert=True)


def test_the_same_page_sent_twice_asks_once(cast: Cast, at: datetime) -> None:
    page = uuid4()
    first, second = (asked(cast.paris, at, page=page, near="192.0.2.7") for _ in range(2))
    assert first == second
    assert number(cast) == 1


def waiting(cast: Cast) -> list[str]:
    with rowsecurity.working_for(of(cast)):
        return [one.caller.phone for one in listed(cast.paris.pk, Tab.WAITING)]


def test_a_page_corrected_and_sent_again_replaces_what_it_said_first(cast: Cast, at: datetime) -> None:
    page, wrong, right = uuid4(), "06 39 98 00 00", "06 39 98 41 27"
    for phone in (wrong, right, right):
        asked(cast.paris, at, page=page, phone=phone)
    assert waiting(cast) == [right]
    asked(cast.paris, at, page=page, phone=wrong)
    assert waiting(cast) == [wrong]
    asked(cast.paris, at, phone=right)
    assert sorted(waiting(cast)) == [wrong, right]


def test_corrected_for_another_caf_the_first_calls_nobody(cast: Cast, at: datetime) -> None:
    page = uuid4()
    asked(cast.paris, at, page=page)
    asked(cast.tarn, at, page=page)
    assert number(cast) == 0
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert CallbackRequest.objects.count() == 1


@pytest.mark.parametrize("moves", [(Move.TAKE,), (Move.TAKE, Move.CALL), (Move.TAKE, Move.MISS)])
def test_what_somebody_took_or_called_stays_beside_the_corrected_one(
    cast: Cast, at: datetime, moves: tuple[Move, ...]
) -> None:
    page = uuid4()
    handled(cast, asked(cast.paris, at, page=page), *moves, at=at)
    asked(cast.paris, at, page=page, phone="06 39 98 41 27")
    assert number(cast) == 2


def test_a_correction_passes_even_when_every_place_of_the_day_is_taken(cast: Cast, at: datetime) -> None:
    page = uuid4()
    asked(cast.paris, at, page=page, near="192.0.2.7")
    for _ in range(MOST_A_DAY - 1):
        asked(cast.paris, at, near="192.0.2.7")
    asked(cast.paris, at, page=page, near="192.0.2.7", phone="06 39 98 41 27")
    assert number(cast) == MOST_A_DAY


def test_no_row_tells_the_page_it_came_from(cast: Cast, at: datetime) -> None:
    """With the page, whoever reads the table would try names and numbers until one gives the key."""
    page = uuid4()
    asked(cast.paris, at, page=page)
    with rowsecurity.working_for(of(cast)), connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM callbacks_callbackrequest t")
        ((row,),) = cursor.fetchall()
    assert str(page) not in row
    assert page.hex not in row


def test_one_connection_asks_ten_times_a_day_and_no_more(cast: Cast, at: datetime) -> None:
    for _ in range(MOST_A_DAY):
        asked(cast.paris, at, near="192.0.2.7")
    with pytest.raises(actions.TooManyToday):
        asked(cast.paris, at, near="192.0.2.7")
    asked(cast.paris, at, near="192.0.2.8")
    asked(cast.paris, at + DAY, near="192.0.2.7")
    asked(cast.tarn, at, near="192.0.2.7")
    assert number(cast) == MOST_A_DAY + 2


def test_the_table_never_holds_the_address(cast: Cast, at: datetime) -> None:
    asked(cast.paris, at, near="192.0.2.7")
    with rowsecurity.working_for(of(cast)):
        mark = CallbackRequest.objects.get().sender_mark
        assert len(mark) == 64
        assert "192.0.2.7" not in mark
        actions.forget(organisation_id=cast.paris.pk, today=at.date(), at=at)
        assert CallbackRequest.objects.get().sender_mark == mark
        actions.forget(organisation_id=cast.paris.pk, today=at.date(), at=at + DAY)
        assert CallbackRequest.objects.get().sender_mark == ""


def test_taken_called_and_gone_thirty_days_later(cast: Cast, at: datetime) -> None:
    key = asked(cast.paris, at)
    assert handled(cast, key, Move.TAKE, at=at).handled_by == "Nadia Pruvost"
    done = handled(cast, key, Move.CALL, at=at)
    assert (done.state, done.forget_on) == (State.CALLED, date(2026, 12, 9))
    with rowsecurity.working_for(of(cast)):
        for today, left in ((date(2026, 12, 8), 1), (date(2026, 12, 9), 0)):
            actions.forget(organisation_id=cast.paris.pk, today=today, at=at)
            assert CallbackRequest.objects.count() == left


def test_who_did_not_answer_is_tried_again_and_kept_until_then(cast: Cast, at: datetime) -> None:
    key = asked(cast.paris, at)
    missed = handled(cast, key, Move.TAKE, Move.MISS, at=at)
    assert (missed.state, missed.tries, missed.forget_on) == (State.UNREACHABLE, 1, date(2026, 12, 9))
    again = handled(cast, key, Move.TAKE, at=at + DAY)
    assert (again.state, again.forget_on) == (State.TAKEN, None)
    free = handled(cast, key, Move.RELEASE, at=at + DAY)
    assert (free.state, free.handled_by, free.tries) == (State.WAITING, "", 1)


def test_what_nobody_handled_is_never_erased(cast: Cast, at: datetime) -> None:
    asked(cast.paris, at)
    with rowsecurity.working_for(of(cast)):
        actions.forget(organisation_id=cast.paris.pk, today=date(2030, 1, 1), at=at)
        assert CallbackRequest.objects.all().delete()[0] == 0


def test_the_second_to_take_it_is_told_who_was_first(cast: Cast, at: datetime) -> None:
    key = asked(cast.paris, at)
    handled(cast, key, Move.TAKE, at=at)
    with pytest.raises(actions.AlreadyHandled, match=r"Nadia Pruvost a agi avant vous.*14.h.41"):
        handled(cast, key, Move.TAKE, by=cast.amine, at=at)


@pytest.mark.slow
@pytest.mark.parametrize("moves", [(Move.TAKE, Move.TAKE), (Move.CALL, Move.MISS), (Move.CALL, Move.RELEASE)])
def test_of_two_agents_at_once_one_wins(committed: str, cast: Cast, at: datetime, moves: tuple) -> None:
    key = asked(cast.paris, at)
    if Move.TAKE not in moves:
        handled(cast, key, Move.TAKE, at=at)
    line, ends = threading.Barrier(2), []

    def run(move: Move) -> None:
        try:
            line.wait(timeout=10)
            handled(cast, key, move, at=at)
        except Refusal as refusal:
            ends.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(move,)) for move in moves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(ends) == 1


@pytest.mark.slow
def test_a_flood_at_once_takes_no_more_places(committed: str, cast: Cast, at: datetime) -> None:
    line, ends = threading.Barrier(MOST_A_DAY + 3), []

    def run() -> None:
        try:
            line.wait(timeout=20)
            asked(cast.paris, at, near="2001:db8::1")
        except Refusal as refusal:
            ends.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(MOST_A_DAY + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert (len(ends), number(cast)) == (3, MOST_A_DAY)


@pytest.mark.slow
def test_corrected_at_once_one_is_left(committed: str, cast: Cast, at: datetime) -> None:
    line, page = threading.Barrier(3), uuid4()

    def run(phone: str) -> None:
        try:
            line.wait(timeout=20)
            asked(cast.paris, at, page=page, near="192.0.2.7", phone=phone)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(f"06 39 98 41 {end}",)) for end in (25, 26, 27)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert number(cast) == 1


@pytest.mark.slow
def test_taken_and_corrected_at_once_nothing_is_lost(committed: str, cast: Cast, at: datetime) -> None:
    page = uuid4()
    key = asked(cast.paris, at, page=page)
    line, taken = threading.Barrier(2), []

    def take() -> None:
        try:
            line.wait(timeout=20)
            taken.append(handled(cast, key, Move.TAKE, at=at))
        except CallbackRequest.DoesNotExist:
            pass
        finally:
            connection.close()

    agent = threading.Thread(target=take)
    agent.start()
    line.wait(timeout=20)
    asked(cast.paris, at, page=page, phone="06 39 98 41 27")
    agent.join(timeout=30)
    assert number(cast) == 1 + len(taken)
