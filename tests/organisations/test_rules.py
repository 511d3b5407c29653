from zoneinfo import ZoneInfo

import pytest

from mediane.kit.workdays import Zone
from mediane.organisations.rules import DEPARTMENTS, department_of_postcode, holiday_zone, time_zone


def test_there_are_one_hundred_and_one_departments() -> None:
    assert len(set(DEPARTMENTS)) == len(DEPARTMENTS) == 101


@pytest.mark.parametrize(
    ("postcode", "department"),
    [
        ("75020", "75"),
        ("75 020", "75"),
        ("01000", "01"),
        ("82000", "82"),
        ("20000", "2A"),
        ("20167", "2A"),
        ("20200", "2B"),
        ("20600", "2B"),
        ("97110", "971"),
        ("97400", "974"),
        ("97600", "976"),
    ],
)
def test_a_postcode_gives_its_department(postcode: str, department: str) -> None:
    assert department_of_postcode(postcode) == department


@pytest.mark.parametrize(
    "postcode",
    [
        "",
        "75",
        "750200",
        "2A000",
        "00100",
        "20300",
        "96000",
        "97500",
        "98000",
        "99999",
        "٧٥٠٢٠",
        "²5020",
    ],
)
def test_a_postcode_without_a_caf_gives_none(postcode: str) -> None:
    assert department_of_postcode(postcode) is None


def test_only_three_mainland_departments_keep_other_holidays() -> None:
    mainland = [department for department in DEPARTMENTS if len(department) == 2]
    other = [department for department in mainland if holiday_zone(department) != Zone.METROPOLE]

    assert other == ["57", "67", "68"]
    assert {holiday_zone(department) for department in other} == {Zone.ALSACE_MOSELLE}


def test_every_zone_is_kept_somewhere() -> None:
    assert {holiday_zone(department) for department in DEPARTMENTS} == set(Zone)


def test_overseas_has_its_own_clock() -> None:
    assert time_zone("75") == "Europe/Paris"
    assert time_zone("973") == "America/Cayenne"
    assert all(ZoneInfo(time_zone(department)) for department in DEPARTMENTS)
