"""The register kept in a file."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from mediane.complaints.rules import RegisterUnavailable
from mediane.integrations.crm.local import Entry, LocalRegister
from mediane.kit import clock

MINE = {"organisation_code": "75", "number": "4817263"}


@pytest.fixture
def register(tmp_path):
    return LocalRegister(tmp_path / "grc.json")


def an_entry(days: int, **differs: object) -> Entry:
    made_on = clock.today() - timedelta(days=days)
    entry = Entry(**MINE, reference="26-884120", subject="Trop-perçu", channel="Courrier", made_on=made_on)
    return replace(entry, **differs)


def test_nothing_is_known_at_first(register):
    assert register.complaints_of(**MINE) == []


def test_complaints_come_newest_first_and_only_one_s_own(register):
    other_caf, other_person = an_entry(5, organisation_code="82"), an_entry(5, number="2604418")
    register.keep(an_entry(40, reference="old"), an_entry(10, reference="new"), other_caf, other_person)

    assert [complaint.reference for complaint in register.complaints_of(**MINE)] == ["new", "old"]


def test_what_is_older_than_a_year_is_left_out(register):
    register.keep(an_entry(400))

    assert register.complaints_of(**MINE) == []


def test_a_fact_told_twice_is_kept_once(register):
    for _ in range(2):
        register.tell(**MINE, reference="K7MQ-4TRX", fact="registered", on=date(2026, 11, 9))

    assert len(register.read().facts) == 1


def test_many_at_once_lose_nothing(register):
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda rank: register.keep(an_entry(rank, reference=str(rank))), range(40)))

    assert len(register.read().complaints) == 40


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"complaints": [{}], "facts": []}', '{"complaints": 3}'])
def test_a_file_spoilt_by_hand_is_an_unavailable_register(register, spoilt):
    register.file.write_text(spoilt)

    with pytest.raises(RegisterUnavailable):
        register.complaints_of(**MINE)
    with pytest.raises(RegisterUnavailable):
        register.keep(an_entry(1))
    assert register.file.read_text() == spoilt
