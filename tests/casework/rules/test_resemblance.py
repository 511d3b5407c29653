from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.rules.resemblance import Asked, Strength, in_common, resemblance

PLAIN = Asked(
    person=1,
    benefits=frozenset({"APL"}),
    grounds=frozenset({"Trop-perçu incompris"}),
    decision="Trop-perçu d’APL de 1 842,60 €",
    decision_on=date(2026, 10, 2),
    text="On me retient 187 € par mois pour une dette que je ne comprends pas.",
    received_on=date(2026, 11, 9),
)
WORDS = st.text(alphabet="abcé ’", max_size=40)
ASKED = st.builds(
    Asked,
    person=st.integers(1, 2),
    benefits=st.frozensets(st.sampled_from(["APL", "RSA", "AAH"])),
    grounds=st.frozensets(st.sampled_from(["Retard", "Retenues"])),
    decision=WORDS,
    decision_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)),
    text=WORDS,
    received_on=st.dates(date(2026, 1, 1), date(2026, 4, 1)),
)


@given(ASKED, ASKED)
def test_who_comes_first_does_not_matter(one: Asked, other: Asked) -> None:
    assert resemblance(one, other) == resemblance(other, one)


@given(ASKED)
def test_nothing_resembles_a_request_more_than_itself(one: Asked) -> None:
    for other in (replace(one, person=9), replace(one, text="tout autre chose ici")):
        assert resemblance(one, one).strength >= resemblance(one, other).strength


@given(WORDS, WORDS)
def test_what_is_in_common_is_a_share(one: str, other: str) -> None:
    assert 0 <= in_common(one, other) == in_common(other, one) <= 1
    assert in_common(one, one) in (0, 1)


def test_the_same_request_sent_twice_is_said_so_in_words() -> None:
    found = resemblance(PLAIN, replace(PLAIN, received_on=PLAIN.received_on + timedelta(days=3)))

    assert found.strength == Strength.STRONG
    assert found.reasons == (
        "Même personne",
        "Même sujet\u00a0: APL, trop-perçu incompris",
        "Même décision contestée, du 2\u00a0octobre\u00a02026",
        "Textes presque identiques\u00a0: 100\u00a0% en commun",
        "Reçues à 3\u00a0jours d’intervalle",
    )


def test_the_same_person_on_another_subject_resembles_nothing() -> None:
    other = replace(PLAIN, benefits=frozenset({"RSA"}), decision="Radiation", text="Un autre texte, entier.")

    assert not resemblance(PLAIN, other)


def test_two_decisions_of_two_days_are_two_decisions() -> None:
    other = replace(PLAIN, decision_on=date(2026, 3, 2), text="Une autre histoire que la première.")

    assert not any("décision" in reason for reason in resemblance(PLAIN, other).reasons)


def test_a_text_typed_again_with_a_few_changes_is_near() -> None:
    again = PLAIN.text.replace("par mois", "chaque mois")

    assert 0.5 <= in_common(PLAIN.text, again) < 1


def test_accents_and_capitals_do_not_make_a_difference() -> None:
    assert in_common("Il MANQUE une pièce", "il manque une piece") == 1
