"""What the reference CRM keeps in its file."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mediane.integrations.crm.store import Damaged, Entry, KeyTaken, Mood, Store, ToldFact
from mediane.kit import clock

MINE = ("75", "4817263")
SINCE = date(2000, 1, 1)
TOLD = ToldFact(
    key="a",
    organisation="75",
    number="4817263",
    reference="K7MQ-4TRX",
    fact="registered",
    on=date(2026, 11, 9),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "grc.json")


def an_entry(days: int, **differs: object) -> Entry:
    made_on = clock.today() - timedelta(days=days)
    entry = Entry(
        organisation_code="75",
        number="4817263",
        reference="26-884120",
        subject="Trop-perçu",
        channel="Courrier",
        made_on=made_on,
    )
    return replace(entry, **differs)


def test_nothing_is_known_at_first(store: Store) -> None:
    assert store.complaints_of(*MINE, SINCE) == []


def test_complaints_come_newest_first_and_only_one_s_own(store: Store) -> None:
    other_caf, other_person = an_entry(5, organisation_code="82"), an_entry(5, number="2604418")
    store.keep(an_entry(40, reference="old"), an_entry(10, reference="new"), other_caf, other_person)
    assert [entry.reference for entry in store.complaints_of(*MINE, SINCE)] == ["new", "old"]
    recent = store.complaints_of(*MINE, clock.today() - timedelta(days=20))
    assert [entry.reference for entry in recent] == ["new"]


def test_under_one_key_a_fact_is_kept_once_and_another_is_refused(store: Store) -> None:
    assert [store.note(TOLD), store.note(TOLD)] == [True, False]
    with pytest.raises(KeyTaken):
        store.note(replace(TOLD, fact="closed"))
    assert store.read().facts == (TOLD,)


def test_a_mood_stays_and_touches_nothing_else(store: Store) -> None:
    store.keep(an_entry(1))
    store.behave(Mood.HANGS)
    store.note(TOLD)
    content = store.read()
    assert (content.mood, len(content.complaints), len(content.facts)) == (Mood.HANGS, 1, 1)


def test_many_at_once_lose_nothing(store: Store) -> None:
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda rank: store.keep(an_entry(rank, reference=str(rank))), range(40)))
    assert len(store.read().complaints) == 40


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"complaints": [{}], "facts": []}', '{"complaints": 3}'])
def test_a_file_spoilt_by_hand_is_left_as_it_is(store: Store, spoilt: str) -> None:
    store.file.write_text(spoilt)
    with pytest.raises(Damaged):
        store.read()
    with pytest.raises(Damaged):
        store.keep(an_entry(1))
    assert store.file.read_text() == spoilt
