from math import log2

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules import follow_code
from mediane.kit.references import ALPHABET

CODES = st.randoms(use_true_random=False).map(lambda chance: follow_code.draw(chance.choice))


def test_nobody_guesses_a_code_in_the_tries_that_are_left() -> None:
    assert (follow_code.LENGTH - 1) * log2(len(ALPHABET)) >= 60
    assert len({follow_code.draw() for _ in range(500)}) == 500


@given(CODES)
def test_a_code_reads_in_three_groups_and_is_found_again_however_it_is_typed(code: str) -> None:
    assert [len(group) for group in code.split("-")] == [5, 5, 5]
    assert set(code) <= set(ALPHABET) | {"-"}
    assert follow_code.is_well_copied(code)
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} ", code.replace("-", ".")):
        assert follow_code.normalise(typed) == code


@given(CODES)
def test_one_wrong_symbol_or_two_swapped_are_seen_before_any_try(code: str) -> None:
    symbols = code.replace("-", "")
    for place, symbol in enumerate(symbols):
        for other in ALPHABET.replace(symbol, ""):
            wrong = symbols[:place] + other + symbols[place + 1 :]
            assert not follow_code.is_well_copied(follow_code.normalise(wrong))
    for place in range(len(symbols) - 1):
        swapped = symbols[:place] + symbols[place + 1] + symbols[place] + symbols[place + 2 :]
        assert swapped == symbols or not follow_code.is_well_copied(follow_code.normalise(swapped))


@given(st.text(max_size=40))
def test_what_is_not_a_code_is_said_not_to_be_one(text: str) -> None:
    code = follow_code.normalise(text)
    if follow_code.is_well_copied(code):
        assert len(code) == 17
