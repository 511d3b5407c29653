from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.phrases import first_found, read
from mediane.casework.rules.urgency_signals import LISTS, WordList, counts, in_force, signals
from mediane.casework.states import Signal, Weighing

DAY = date(2026, 11, 9)


def raised(text: str, *benefits: str, ticked: tuple[str, ...] = ()) -> dict[str, str]:
    return {one.signal: one.words for one in signals(ticked=ticked, text=text, benefits=benefits, day=DAY)}


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Je n’ai PLUS DE RESSOURCES depuis mai", Signal.NO_INCOME),
        ("mon bailleur a engagé une procédure d’expulsion", Signal.EVICTION),
        ("reçu un commandement de payer", Signal.EVICTION),
        ("Mon AAH n’est plus versée", Signal.BREAK),
        ("nous allons aux Restos du Cœur", Signal.NO_FOOD),
    ],
)
def test_words_raise_a_signal_whatever_their_accents_and_capitals(text: str, signal: Signal) -> None:
    assert list(raised(text, "APL")) == [signal]


def test_a_renewal_counts_for_a_disability_benefit_only() -> None:
    text = "Ma demande de renouvellement attend depuis six mois"
    assert list(raised(text, "AAH")) == [Signal.DISABILITY_RENEWAL]
    assert raised(text, "APL") == {}


def test_a_child_is_said_beside_another_signal_never_alone() -> None:
    assert raised("J’ai deux enfants", "AF") == {}
    assert list(raised("Je suis sans revenu avec deux enfants", "AF")) == [Signal.NO_INCOME, Signal.CHILD]
    assert list(raised("J’ai deux enfants", "AF", ticked=("no_food",))) == [Signal.NO_FOOD, Signal.CHILD]


def test_what_is_ticked_needs_no_word() -> None:
    (only,) = signals(ticked=["eviction"], text="", benefits=[], day=DAY)
    assert (only.signal, only.declared, only.words) == (Signal.EVICTION, True, "")


def test_the_words_shown_are_those_of_the_person() -> None:
    text = "Depuis trois mois je me retrouve sans ressources et je dors chez une amie à Montauban."
    assert raised(text)[Signal.NO_INCOME] == "…mois je me retrouve sans ressources et je dors chez…"


def test_the_words_shown_stay_in_their_sentence() -> None:
    text = "APL suspendue.\nMon droit est suspendu. Je ne comprends pas."
    assert raised(text)[Signal.BREAK] == "Mon droit est suspendu"


def test_the_list_in_force_is_the_latest_to_have_begun() -> None:
    later = WordList(signal=Signal.EVICTION, effective_from=date(2027, 1, 1), phrases=("trêve hivernale",))
    assert later not in in_force([*LISTS, later], DAY)
    assert later in in_force([*LISTS, later], date(2027, 1, 1))


def test_a_list_not_begun_raises_nothing() -> None:
    assert signals(ticked=[], text="expulsion", benefits=[], day=date(2018, 12, 31)) == []


def test_what_is_denied_right_before_raises_nothing() -> None:
    assert raised("Il n’y a pas d’expulsion, ni aucun huissier.", "APL") == {}
    assert raised("Aucune menace d’expulsion, et pas de rupture de droits.", "APL") == {}
    assert list(raised("Je suis sans revenu, je n’ai pas d’enfant", "RSA")) == [Signal.NO_INCOME]


def test_a_lack_that_is_the_signal_itself_is_no_denial() -> None:
    assert list(raised("Je n’ai pas d’aide alimentaire")) == [Signal.NO_FOOD]
    assert list(raised("Je n’ai eu aucun renouvellement", "AAH")) == [Signal.DISABILITY_RENEWAL]


@pytest.mark.parametrize(
    ("declared", "weighing", "does"),
    [
        (True, Weighing.UNWEIGHED, True),
        (False, Weighing.UNWEIGHED, False),
        (True, Weighing.SET_ASIDE, False),
        (False, Weighing.CONFIRMED, True),
    ],
)
def test_the_last_word_of_a_human_is_the_one_that_counts(
    declared: bool, weighing: Weighing, does: bool
) -> None:
    assert counts(declared=declared, weighing=weighing) is does


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_shown_fits_its_column(text: str) -> None:
    for one in signals(ticked=[], text=f"{text} expulsion {text}", benefits=["AAH"], day=DAY):
        assert 0 < len(one.words) <= 200


@given(st.text(max_size=100))
def test_a_phrase_of_the_text_is_found_in_it(text: str) -> None:
    words = read(text).words
    if all(words) and words:
        assert first_found(read(text), (" ".join(words),)) or any(" " in word for word in words)
