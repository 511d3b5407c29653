"""What the register says becomes ours when it can be true, and never otherwise."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as some

from mediane.complaints.rules import RegisterRefuses, RegisterUnavailable
from mediane.integrations.crm import adapter
from mediane.integrations.crm.adapter import CrmRegister
from mediane.integrations.crm.client import Client
from mediane.integrations.crm.reference import Reference
from mediane.integrations.crm.store import Entry, Mood
from mediane.kit import clock
from tests.integrations.crm.running import TOKEN, a_reference_crm

MINE = {"organisation_code": "75", "number": "4817263"}
KEY = "6f1c8f0e-0a57-4b0e-9c4b-2b3f5f0f8d11"
TODAY, SINCE = date(2026, 11, 9), date(2025, 11, 8)
ROW: dict[str, Any] = {
    "reference": "26-884120",
    "subject": "Trop-perçu d’APL",
    "channel": "Courrier",
    "made_on": "2026-10-14",
    "answered_on": "2026-11-04",
}


@pytest.fixture(autouse=True)
def today_is_the_ninth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 9, 13, 41, tzinfo=UTC))


@pytest.fixture
def crm(tmp_path: Path, settings: LazySettings) -> Iterator[Reference]:
    with a_reference_crm(tmp_path) as server:
        settings.CRM_URL, settings.CRM_TOKEN = server.url, TOKEN
        yield server


def an_entry(made_on: date, reference: str) -> Entry:
    return Entry(
        organisation_code="75",
        number="4817263",
        reference=reference,
        subject="Trop-perçu d’APL",
        channel="Courrier",
        made_on=made_on,
    )


def test_the_complaints_of_a_year_come_newest_first(crm: Reference) -> None:
    days = (date(2026, 9, 1), date(2026, 10, 14), date(2024, 1, 1))
    crm.store.keep(*(an_entry(day, str(day)) for day in days))
    known = CrmRegister().complaints_of(**MINE)
    assert [complaint.reference for complaint in known] == ["2026-10-14", "2026-09-01"]


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood is not Mood.WELL])
def test_an_outage_is_an_unavailable_register_and_nothing_else(
    crm: Reference, mood: Mood, monkeypatch: pytest.MonkeyPatch
) -> None:
    if mood in (Mood.HANGS, Mood.DRIPS):
        monkeypatch.setattr(adapter, "LIMIT_OF_A_PAGE", 0.3)
        monkeypatch.setattr(adapter, "LIMIT_OF_A_JOB", 0.3)
    crm.store.behave(mood)
    with pytest.raises(RegisterUnavailable):
        CrmRegister().complaints_of(**MINE)
    with pytest.raises(RegisterUnavailable):
        CrmRegister().tell(**MINE, key=KEY, reference="K7MQ-4TRX", fact="registered", on=TODAY)


def test_after_a_silence_pages_do_not_wait_again_but_jobs_ask(crm: Reference) -> None:
    crm.store.behave(Mood.FAILS)
    with pytest.raises(RegisterUnavailable, match="500"):
        CrmRegister().complaints_of(**MINE)
    crm.store.behave(Mood.WELL)
    with pytest.raises(RegisterUnavailable, match="a moment ago"):
        CrmRegister().complaints_of(**MINE)
    CrmRegister().tell(**MINE, key=KEY, reference="K7MQ-4TRX", fact="registered", on=TODAY)
    cache.clear()
    assert CrmRegister().complaints_of(**MINE) == []


def test_a_fact_the_register_will_not_have_is_told_apart_from_an_outage(crm: Reference) -> None:
    with pytest.raises(RegisterRefuses):
        CrmRegister().tell(**MINE, key=KEY, reference="K7MQ-4TRX", fact="Elle vit seule", on=TODAY)


def test_of_a_fact_only_five_words_leave(crm: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    left: list[dict] = []
    monkeypatch.setattr(Client, "tell", lambda self, **told: left.append(told))
    CrmRegister().tell(**MINE, key="k", reference="K7MQ-4TRX", fact="closed", on=TODAY)
    fact = {"organisation": "75", "number": "4817263", "reference": "K7MQ-4TRX", "fact": "closed"}
    assert left == [{"key": "k", "fact": fact | {"on": "2026-11-09"}}]


@pytest.mark.parametrize(
    "lie",
    [
        {"made_on": "2026-12-14", "answered_on": None},
        {"made_on": "2024-10-14"},
        {"answered_on": "2026-10-13"},
        {"answered_on": "2027-01-01"},
        {"made_on": "2026-02-30"},
        {"made_on": 20261014},
        {"reference": ""},
        {"reference": "x" * 41},
        {"subject": "nul\x00"},
        {"subject": "deux\nlignes"},
        {"subject": ["Trop-perçu"]},
        {"channel": None},
    ],
    ids=str,
)
def test_one_false_line_and_the_whole_list_is_not_believed(lie: dict) -> None:
    assert len(adapter._complaints([ROW], SINCE, TODAY)) == 1
    with pytest.raises(RegisterUnavailable):
        adapter._complaints([ROW | {"reference": "26-1"}, ROW | lie], SINCE, TODAY)


@pytest.mark.parametrize("rows", [None, {}, "[]", [None], [[]], [ROW] * 101, [ROW, deepcopy(ROW)]])
def test_what_is_not_a_list_of_complaints_is_not_believed(rows: Any) -> None:
    with pytest.raises(RegisterUnavailable):
        adapter._complaints(rows, SINCE, TODAY)


anything = some.none() | some.integers() | some.text() | some.dates().map(str) | some.just([])


@settings(max_examples=60)
@given(rows=some.lists(some.fixed_dictionaries(dict.fromkeys(ROW, anything)) | anything, max_size=3))
def test_whatever_is_said_ends_believed_or_unavailable(rows: list) -> None:
    try:
        adapter._complaints(rows, SINCE, TODAY)
    except RegisterUnavailable:
        return
    assert all(isinstance(row["made_on"], str) for row in rows)
