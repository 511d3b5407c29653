import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane import organisations
from mediane.casework.rules.deadlines import (
    Due,
    Kind,
    Pause,
    Target,
    Unit,
    deadlines,
    due,
    target_on,
)
from mediane.kit.workdays import Zone, is_working_day, next_working_day

DAY_ONE = Path(organisations.__file__).parent / "fixtures" / "targets.json"


def day_one(effective_from: date) -> tuple[Target, ...]:
    """What the product is delivered with, in force from a day."""
    rows = json.loads(DAY_ONE.read_text(encoding="utf-8"))
    return tuple(
        Target(
            kind=Kind(row["kind"]),
            amount=row["amount"],
            unit=Unit(row["unit"]),
            source=row["source"],
            effective_from=effective_from,
        )
        for row in rows
        if row["kind"] in list(Kind)
    )


TARGETS = day_one(date(2026, 6, 1))
REPLY = next(target for target in TARGETS if target.kind is Kind.REPLY)
RECEIVED = date(2026, 11, 9)
DAY = timedelta(days=1)

received = st.dates(date(2026, 6, 1), date(2046, 12, 31))
zones = st.sampled_from(Zone)
targets = st.sampled_from(TARGETS)


@st.composite
def pauses_from(draw: st.DrawFn, start: date) -> list[Pause]:
    spans = draw(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=5))
    return [pause(start + first * DAY, length) for first, length in spans]


def pause(since: date, length: int, reason: str = "pièces attendues") -> Pause:
    return Pause(since=since, until=since + length * DAY, reason=reason)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def reply(received_on: date, *pauses: Pause, zone: Zone = Zone.METROPOLE) -> Due:
    return due(REPLY, received_on, zone, pauses)


def test_the_sentence_says_why_that_day() -> None:
    answer = reply(RECEIVED, pause(date(2026, 11, 16), 6))

    assert answer.on == date(2026, 12, 15)
    assert plain(answer.because) == (
        "30 jours après la réception du 9 novembre 2026. C’est l’objectif de service de la Caf, "
        "en vigueur depuis le 1er juin 2026. Suspendu 6 jours : pièces attendues."
    )


def test_a_day_off_moves_to_the_next_working_day_and_says_so() -> None:
    answer = reply(date(2026, 11, 25))

    assert answer.on == date(2026, 12, 28)
    assert plain(answer.because).endswith(
        "Le vendredi 25 décembre n’est pas un jour ouvré : reporté au lundi 28 décembre."
    )


@pytest.mark.parametrize(
    ("zone", "registered_on", "acknowledged_on"),
    [
        (Zone.METROPOLE, date(2026, 5, 22), date(2026, 6, 5)),
        (Zone.MARTINIQUE, date(2026, 5, 26), date(2026, 6, 8)),
        (Zone.GUADELOUPE, date(2026, 5, 22), date(2026, 6, 8)),
    ],
)
def test_legal_delays_follow_the_calendar_of_the_place(
    zone: Zone, registered_on: date, acknowledged_on: date
) -> None:
    found = {answer.kind: answer for answer in deadlines(date(2026, 5, 21), day_one(date(2026, 1, 1)), zone)}

    assert found[Kind.REGISTRATION].on == registered_on
    assert found[Kind.ACKNOWLEDGEMENT].on == acknowledged_on
    assert plain(found[Kind.REGISTRATION].because) == (
        "1 jour ouvré après la réception du 21 mai 2026. C’est le délai légal "
        "(article R. 112-11-2 du code des relations entre le public et l’administration)."
    )


def test_a_wait_pushes_the_reply_and_never_the_law() -> None:
    calm = {answer.kind: answer.on for answer in deadlines(RECEIVED, TARGETS, Zone.METROPOLE)}
    waits = [pause(date(2026, 11, 10), 14)]
    waited = {answer.kind: answer.on for answer in deadlines(RECEIVED, TARGETS, Zone.METROPOLE, waits)}

    moved = {kind for kind in Kind if waited[kind] != calm[kind]}
    assert moved == {Kind.REPLY, Kind.HOLDING_REPLY}


def test_a_wait_begun_too_late_does_not_undo_lateness() -> None:
    on_time = reply(RECEIVED).on

    assert reply(RECEIVED, pause(on_time, 5)).on > on_time
    assert reply(RECEIVED, pause(on_time + DAY, 5)).on == on_time


def test_a_running_wait_is_said_but_counts_only_once_ended() -> None:
    running = reply(RECEIVED, Pause(since=date(2026, 11, 16), until=None, reason="décision attendue"))

    assert running.on == reply(RECEIVED).on
    assert plain(running.because).endswith("Suspendu depuis le 16 novembre 2026 : décision attendue.")


def test_a_pause_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends after it begins"):
        pause(RECEIVED, -1)


def test_a_new_target_binds_only_what_arrives_after_it() -> None:
    shorter = replace(REPLY, amount=20, effective_from=date(2026, 12, 1))

    assert target_on([shorter, REPLY], Kind.REPLY, date(2026, 11, 30)) == REPLY
    assert target_on([REPLY, shorter], Kind.REPLY, date(2026, 12, 1)) == shorter
    assert target_on([shorter], Kind.REPLY, date(2026, 11, 30)) is None
    assert deadlines(date(2026, 11, 30), [shorter], Zone.METROPOLE) == []


@given(targets, received, zones, st.data())
def test_the_last_day_on_time_is_a_working_day(
    target: Target, received_on: date, zone: Zone, data: st.DataObject
) -> None:
    answer = due(target, received_on, zone, data.draw(pauses_from(received_on)))

    assert is_working_day(answer.on, zone)
    assert answer.on > received_on


@given(targets, received, st.integers(0, 40), zones, st.data())
def test_what_arrives_later_is_never_due_earlier(
    target: Target, received_on: date, gap: int, zone: Zone, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_from(received_on))

    later = due(target, received_on + gap * DAY, zone, pauses)
    assert due(target, received_on, zone, pauses).on <= later.on


@given(received, zones, st.data())
def test_one_more_pause_never_brings_the_day_nearer(
    received_on: date, zone: Zone, data: st.DataObject
) -> None:
    pauses = data.draw(pauses_from(received_on))

    dues = [reply(received_on, *pauses[:n], zone=zone).on for n in range(len(pauses) + 1)]
    assert dues == sorted(dues)


@given(received, zones, st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=6))
def test_separate_pauses_add_up(received_on: date, zone: Zone, steps: list[tuple[int, int]]) -> None:
    # Gaps of at most 4 days, six times: every pause begins before the thirtieth day of work.
    pauses, clock = [], received_on
    for gap, length in steps:
        pauses.append(pause(clock + gap * DAY, length))
        clock += (gap + length) * DAY

    waited = sum(length for _, length in steps)
    assert reply(received_on, *pauses, zone=zone).on == next_working_day(
        received_on + (30 + waited) * DAY, zone
    )


@given(received, zones, st.data())
def test_a_day_covered_twice_counts_once(received_on: date, zone: Zone, data: st.DataObject) -> None:
    pauses = data.draw(pauses_from(received_on))

    assert reply(received_on, *pauses, *pauses, zone=zone).on == reply(received_on, *pauses, zone=zone).on
