from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.callbacks import rules
from mediane.callbacks.states import HANDLED, MOVES, State


@pytest.mark.parametrize(
    "typed", ["06 39 98 41 27", "0639984127", "+33 6 39 98 41 27", "01.99.00.41.27", "(01) 99-00-41-27"]
)
def test_a_number_that_can_be_dialled_is_taken_however_it_is_spaced(typed: str) -> None:
    assert rules.is_phone(typed)


@pytest.mark.parametrize("typed", ["", "12345", "06 39 98 41 27 ou 01", "1" * 16, "téléphone", "06;39;98"])
def test_what_cannot_be_dialled_is_not(typed: str) -> None:
    assert not rules.is_phone(typed)


@pytest.mark.parametrize("typed", ["0639984127", "06.39.98.41.27", "+33 6 39 98 41 27", "+33639984127"])
def test_a_french_number_is_read_two_figures_at_a_time(typed: str) -> None:
    assert rules.phone_as_read(typed).replace("\u00a0", " ") == "06 39 98 41 27"


def test_any_other_number_stays_as_it_was_written() -> None:
    assert rules.phone_as_read(" +352  26 00 00 ") == "+352 26 00 00"


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::7", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_one_subscriber_is_one_connection(address: str, near: str) -> None:
    assert rules.neighbourhood(address) == near


@given(st.text())
def test_no_address_breaks_it(address: str) -> None:
    rules.neighbourhood(address)
    rules.is_phone(address)
    rules.phone_as_read(address)


def test_what_was_handled_is_forgotten_thirty_days_later() -> None:
    assert rules.forget_on(date(2026, 11, 23)) == date(2026, 12, 23)


def test_whoever_was_called_is_not_called_again_but_whoever_did_not_answer_may_be() -> None:
    leaving = {state: [move for move, (sources, _) in MOVES.items() if state in sources] for state in State}
    assert leaving[State.CALLED] == []
    assert all(leaving[state] for state in State if state != State.CALLED)
    assert set(HANDLED) == {State.CALLED, State.UNREACHABLE}
