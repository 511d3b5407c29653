import random
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.references import ALPHABET, is_valid, make, normalise

symbols = st.text(ALPHABET, min_size=7, max_size=7)
references = symbols.map(lambda drawn: make(iter_choice(drawn)))


def iter_choice(drawn: str) -> Callable[[str], str]:
    symbols = iter(drawn)
    return lambda alphabet: next(symbols)


def test_the_alphabet_has_a_prime_number_of_symbols_and_no_look_alike() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set(ALPHABET) & set("01OIL")


def test_the_specimen_is_a_reference() -> None:
    assert is_valid("K7MQ-4TRX")


@given(symbols)
def test_what_is_made_is_valid_and_keeps_what_was_drawn(drawn: str) -> None:
    reference = make(iter_choice(drawn))

    assert is_valid(reference)
    assert reference.replace("-", "")[:7] == drawn


def test_the_draw_is_random_by_default() -> None:
    assert len({make() for _ in range(1000)}) == 1000


def test_every_wrong_symbol_is_seen() -> None:
    choose = random.Random(1).choice
    for _ in range(100):
        right = make(choose)
        for place in (0, 1, 2, 3, 5, 6, 7, 8):
            for symbol in set(ALPHABET) - {right[place]}:
                assert not is_valid(right[:place] + symbol + right[place + 1 :])


def test_every_pair_of_values_swapped_is_seen_at_every_place() -> None:
    places = ((0, 1), (1, 2), (2, 3), (3, 5), (5, 6), (6, 7), (7, 8))
    seen = 0
    for first in ALPHABET:
        for second in set(ALPHABET) - {first}:
            for a, b in places:
                right = completed({a: first, b: second})
                wrong = list(right)
                wrong[a], wrong[b] = right[b], right[a]
                assert is_valid(right)
                assert not is_valid("".join(wrong))
                seen += 1
    assert seen == 31 * 30 * 7


def completed(chosen: dict[int, str]) -> str:
    """A valid reference with these symbols at these places."""
    free = next(place for place in (0, 1, 2) if place not in chosen)
    template = [chosen.get(place, "2") for place in range(9)]
    template[4] = "-"
    candidates = ("".join([*template[:free], symbol, *template[free + 1 :]]) for symbol in ALPHABET)
    return next(candidate for candidate in candidates if is_valid(candidate))


@given(
    references,
    st.sampled_from(["{}", " {} ", "{}\n"]),
    st.sampled_from(["", "-", " ", "–", " - ", "."]),
)
def test_what_people_type_is_understood(reference: str, around: str, between: str) -> None:
    typed = around.format(reference.lower().replace("-", between))

    assert normalise(typed) == reference


@given(st.text(max_size=20))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_only_our_writing_is_valid() -> None:
    for text in ("", "K7MQ4TRX", "k7mq-4trx", "K7MQ-4TRX ", "K7MQ-4TRX\n", "K7MQ-4TR", "0OIL-1111"):
        assert not is_valid(text)
