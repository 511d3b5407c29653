"""Errors told to a service: every one counted once, nobody named."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mediane.findings.rules.pack import Fault, by_month, by_officer, by_service, pseudonyms

MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]
FAULTS = st.lists(
    st.builds(
        Fault,
        month=st.sampled_from(MONTHS),
        error=st.sampled_from(["DELAY", "SOFTWARE", "OTHER"]),
        service=st.sampled_from(["BENEFITS", "RECOVERY"]),
        officer=st.sampled_from(["", "G204", "G117", "G388"]),
    )
)


@given(FAULTS)
def test_every_error_is_counted_once(faults: list[Fault]) -> None:
    assert by_service(faults).total == len(faults) == sum(by_month(faults, MONTHS))
    assert by_officer(faults, lambda code: code).total == sum(bool(fault.officer) for fault in faults)


@given(FAULTS)
def test_no_code_of_an_officer_is_told(faults: list[Fault]) -> None:
    table = by_officer(faults, lambda code: code[::-1])
    assert set(table.columns) <= {"A", "B", "C"}
    assert list(table.columns) == sorted(table.columns)


def test_the_order_of_pseudonyms_is_that_of_the_marks() -> None:
    marks = {"G117": "9", "G204": "1", "G388": "5"}
    assert pseudonyms(["G117", "G204", "G204", "G388"], marks.__getitem__) == {
        "G204": "A",
        "G388": "B",
        "G117": "C",
    }


def test_beyond_twenty_six_letters_go_on() -> None:
    codes = [f"{rank:03}" for rank in range(30)]
    assert list(pseudonyms(codes, str).values())[24:] == ["Y", "Z", "AA", "AB", "AC", "AD"]


def test_the_most_frequent_comes_first() -> None:
    faults = [Fault(MONTHS[0], error, "BENEFITS") for error in ("OTHER", "DELAY", "DELAY")]
    table = by_service(faults)
    assert [(row.code, row.total) for row in table.rows] == [("DELAY", 2), ("OTHER", 1)]
    assert table.columns == ("BENEFITS",)
    assert by_service([]).total == 0
