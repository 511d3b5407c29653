import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.kit.text import fold, initials


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Traoré", "traore"),
        ("  Œuvre d’Hélène  ", "oeuvre d helene"),
        ("Jean-Pierre\u00a0Le Goff", "jean pierre le goff"),
        ("ZIELIŃSKI, Łukasz", "zielinski lukasz"),
        ("Straße", "strasse"),
        ("n°\u00a04817263", "n 4817263"),
        ("snake_case", "snake case"),
        ("…", ""),
    ],
)
def test_accents_capitals_and_punctuation_do_not_count(text: str, key: str) -> None:
    assert fold(text) == key


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=0x17F)))
def test_capitals_never_change_the_key(text: str) -> None:
    assert fold(text.upper()) == fold(text)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Samira Belkacem", "SB"),
        ("Jean-Pierre de la Tour", "JT"),
        ("élodie e\u0301toile", "ÉÉ"),
        ("Awa", "A"),
        ("", ""),
    ],
)
def test_initials_are_the_first_letters_of_both_ends(name: str, letters: str) -> None:
    assert initials(name) == letters
