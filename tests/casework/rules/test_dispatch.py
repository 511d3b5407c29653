"""The number of a tracked letter: its check digit where it has one that is known."""

from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.dispatch import MISTYPED, UNREADABLE, check_digit, fault, tidy

serials = st.text("0123456789", min_size=8, max_size=8)
pairs = st.text(ascii_uppercase, min_size=2, max_size=2)


def test_the_example_of_the_standard() -> None:
    assert check_digit("47312482") == 9
    assert fault("RR473124829GB") == ""
    assert fault("RR473124828GB") == MISTYPED


@pytest.mark.parametrize(("serial", "digit"), [("00000000", 5), ("00000008", 0), ("00000002", 8)])
def test_ten_is_written_zero_and_eleven_five(serial: str, digit: int) -> None:
    assert check_digit(serial) == digit


@given(pairs, serials, pairs)
def test_of_ten_numbers_that_differ_by_their_check_one_exists(
    service: str, serial: str, country: str
) -> None:
    right = [check for check in range(10) if not fault(f"{service}{serial}{check}{country}")]
    assert right == [check_digit(serial)]


@given(pairs, serials, st.integers(0, 7), st.integers(1, 9))
def test_one_digit_mistyped_is_seen_but_where_two_remainders_share_a_check(
    service: str, serial: str, place: int, more: int
) -> None:
    """5 stands for two remainders: the standard gave it up there, and so do we."""
    other = str((int(serial[place]) + more) % 10)
    mistyped = serial[:place] + other + serial[place + 1 :]
    check = check_digit(serial)
    seen = fault(f"{service}{mistyped}{check}FR") == MISTYPED
    assert seen or check == 5 == check_digit(mistyped)


@given(pairs, serials, pairs)
def test_gaps_and_small_letters_change_nothing(service: str, serial: str, country: str) -> None:
    number = f"{service}{serial}{check_digit(serial)}{country}"
    typed = f" {number[:2].lower()} {number[2:5]}\u00a0{number[5:8]}-{number[8:11]}.{number[11:]}\u202f"
    assert tidy(typed) == number


@pytest.mark.parametrize("number", ["1A12345678901", "6A01234567890", "87001234567890A", "12345678"])
def test_what_we_cannot_check_is_accepted(number: str) -> None:
    assert fault(number) == ""


@pytest.mark.parametrize("number", ["", "1234567", "ABCDEFGH", "1A12345/78901", "1" * 21, "１２３４５６７８"])
def test_what_is_no_number_is_not(number: str) -> None:
    assert fault(number) == UNREADABLE
