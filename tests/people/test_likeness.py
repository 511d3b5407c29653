from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.people.rules import Portrait, contact_key, likeness, neighbours
from mediane.people.states import Way

LUCETTE = Portrait(
    number="2604418",
    first_name="Lucette",
    last_name="Morvan",
    keys=frozenset({(Way.PHONE, "0639984127"), (Way.ADDRESS, "3 passage des lilas 75019 paris")}),
)
STRANGER = Portrait(number="7777777", first_name="Paul", last_name="Vidal", keys=frozenset())
PORTRAITS = st.builds(
    Portrait,
    number=st.text("012", min_size=7, max_size=7),
    first_name=st.sampled_from(["Lucette", "Lucete", "Paul"]),
    last_name=st.sampled_from(["Morvan", "Vidal"]),
    keys=st.frozensets(st.tuples(st.sampled_from(list(Way)), st.sampled_from(["a", "b"]))),
)


@given(PORTRAITS, PORTRAITS)
def test_who_comes_first_does_not_matter(one: Portrait, other: Portrait) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(st.text("0123456789", min_size=7, max_size=7))
def test_neighbours_are_each_other_s(number: str) -> None:
    assert all(number in neighbours(other) and len(other) == 7 for other in neighbours(number))
    assert number not in neighbours(number)


def test_a_misspelt_name_and_a_shared_contact_make_a_proposal() -> None:
    found = likeness(LUCETTE, replace(LUCETTE, number="9000001", first_name="Lucete"))

    assert found == ("Noms proches", "Même téléphone", "Même adresse")


def test_a_number_with_two_figures_swapped_counts() -> None:
    other = replace(LUCETTE, number="2604481", keys=frozenset())

    assert likeness(LUCETTE, other) == ("Même nom", "Numéros allocataires à un chiffre près")


def test_a_married_name_counts_with_a_shared_contact() -> None:
    other = replace(LUCETTE, number="9000001", last_name="Quéméner")

    assert likeness(LUCETTE, other)[0] == "Même prénom"


@pytest.mark.parametrize(
    "other",
    [
        replace(LUCETTE, number="9000001", keys=frozenset()),
        replace(STRANGER, keys=LUCETTE.keys),
        STRANGER,
    ],
)
def test_a_name_alone_or_a_household_is_not_enough(other: Portrait) -> None:
    assert likeness(LUCETTE, other) == ()


@pytest.mark.parametrize(
    ("way", "typed", "again"),
    [
        (Way.PHONE, "06 39 98 41 27", "+33639984127"),
        (Way.PHONE, "06.39.98.41.27", "0033 6 39 98 41 27"),
        (Way.EMAIL, "Lucette@Exemple.fr ", "lucette@exemple.fr"),
        (Way.ADDRESS, "3, passage des Lilas\n75019 PARIS", "3 passage des lilas 75019 Paris"),
    ],
)
def test_a_contact_is_the_same_however_it_is_typed(way: str, typed: str, again: str) -> None:
    assert contact_key(way, typed) == contact_key(way, again)
