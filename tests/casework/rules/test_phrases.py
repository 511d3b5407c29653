"""Phrases found all at once are those that a plain reading, word after word, would find."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.phrases import first_found, read
from mediane.casework.rules.right_body import REJECTED, SIGNS
from mediane.casework.rules.urgency_signals import LISTS

EVERY = [
    REJECTED,
    *(sign.phrases for sign in SIGNS if sign.phrases),
    *(one.phrases for one in LISTS),
]
PIECES = sorted({word for phrases in EVERY for phrase in phrases for word in phrase.split()})
NOISE = ["ﷺ", "½", "l’", "\n", ".", "ſans", "œuvre", "", "ÉTÉ", "n°", "_", "pas", "aucune"]
texts = st.lists(st.sampled_from([*(word.rstrip("*") for word in PIECES), *PIECES, *NOISE]), max_size=40)


def place_found(text: str, phrases: tuple[str, ...]) -> tuple[int, int] | None:
    """First and last word of the first phrase met, the slow way."""
    words = read(text).words
    for place in range(len(words)):
        for phrase in phrases:
            wanted = phrase.split()
            there = words[place : place + len(wanted)]
            if len(there) == len(wanted) and all(
                word.startswith(one[:-1]) if one.endswith("*") else word == one
                for word, one in zip(there, wanted, strict=True)
            ):
                return place, place + len(wanted) - 1
    return None


@given(texts, st.sampled_from(EVERY), st.sampled_from([" ", "\n", "’", ". "]))
def test_the_same_phrase_is_found_as_word_after_word(
    words: list[str], phrases: tuple[str, ...], between: str
) -> None:
    text = between.join(words)
    reading = read(text)
    expected = place_found(text, phrases)
    assert reading.place_of(phrases) == expected
    assert bool(first_found(reading, phrases)) == (expected is not None)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_phrase_is_found_wherever_it_stands(before: str, after: str) -> None:
    text = f"{before} xpulsx a la rue {after}"
    assert read(text).place_of(("xpulsx a la rue",)) == place_found(text, ("xpulsx a la rue",))


@pytest.mark.parametrize(
    "text",
    [
        "Il n’y a pas d’expulsion.",
        "Aucune menace d’expulsion pour l’instant",
        "aucune expulsion",
        "Pas de procédure d’expulsion",
        "Je n’ai jamais eu de risque d’expulsion",
    ],
)
def test_what_is_denied_right_before_is_not_found(text: str) -> None:
    assert first_found(read(text), ("expuls*",), unless_denied=True) == ""
    assert first_found(read(text), ("expuls*",))


@pytest.mark.parametrize(
    "text",
    [
        "Je ne veux pas perdre mon logement",
        "Vos revenus ? Aucun. Expulsion prévue le 3",
        "Je n’ai pas reçu la date de mon expulsion",
        "Aucune aide, et une expulsion",
        "Pas d’expulsion hier, mais une expulsion demain",
        "aucun délai avant l’expulsion",
    ],
)
def test_any_other_no_denies_nothing(text: str) -> None:
    """Better to show a human a signal too many."""
    assert first_found(read(text), ("expuls*", "perdre mon logement"), unless_denied=True)


def test_nothing_is_looked_for_among_no_phrases() -> None:
    assert first_found(read("expulsion"), ()) == ""
