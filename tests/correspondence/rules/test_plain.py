"""Read on real turns of French letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.plain import parts, plain_remarks, sentences


def said(body: str) -> list[str]:
    return [remark.sentence.replace("\u00a0", " ") for remark in plain_remarks(body)]


@pytest.mark.parametrize(
    ("sentence", "word", "plain"),
    [
        ("Un indu de prime d’activité vous est réclamé.", "indu", "somme versée en trop"),
        ("Vous pouvez saisir la CRA.", "CRA", "commission de recours amiable"),
        ("En l’espèce, vos ressources ont changé.", "En l’espèce", "dans votre situation"),
        ("La Caf va procéder à un nouveau calcul.", "procéder à", "faire"),
        ("Vous recevrez ultérieurement une lettre.", "ultérieurement", "plus tard"),
        ("Le recouvrement commence en mai.", "recouvrement", "remboursement"),
        ("Votre courrier en date du 3 mars.", "en date du", "du"),
    ],
)
def test_jargon_is_met_with_the_plain_word(sentence: str, word: str, plain: str) -> None:
    assert f"« {word} » se dit mieux : « {plain} »." in said(sentence)


@pytest.mark.parametrize("sentence", ["Votre produit industriel.", "Le craquement.", "Ma clé d’individu."])
def test_a_word_that_only_holds_one_is_none(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Votre salaire a été compté deux fois.",
        "Les droits ont été automatiquement recalculés.",
        "La décision est prise par le service.",
        "Vos retenues avaient été augmentées.",
    ],
)
def test_who_acts_is_asked_for(sentence: str) -> None:
    assert [words for words in said(sentence) if "ne dit pas qui agit" in words]


@pytest.mark.parametrize(
    "sentence",
    [
        "La Caf a compté votre salaire.",
        "Vous êtes venue le 3 mars.",
        "Votre dossier est complet.",
        "Il est parti.",
    ],
)
def test_who_acts_is_said(sentence: str) -> None:
    assert said(sentence) == []


def test_a_long_sentence_is_counted_and_placed() -> None:
    long = "Vous " + " ".join(["mot"] * 30) + "."
    (remark,) = plain_remarks(f"Madame,\n\n## La suite\n\nUne courte. {long} Une autre.")
    assert remark.sentence == "Phrase longue\u00a0: 31 mots. Coupez-la en deux."
    assert remark.place.startswith("Sous «\u00a0La suite\u00a0»\u00a0: «\u00a0Vous mot mot")
    assert not remark.stops


def test_an_abbreviation_or_a_sum_ends_no_sentence() -> None:
    assert sentences("M. Dupont doit 1 842,60 € à la Caf. Il paie.") == [
        "M. Dupont doit 1 842,60 € à la Caf.",
        "Il paie.",
    ]


def test_a_sum_comes_from_somewhere() -> None:
    assert said("## La dette\n\nVous devez 614,20 € à la Caf.") == [
        "La somme de 614,20 € n’est pas expliquée : dites d’où elle vient."
    ]
    for explained in (
        "Vous devez 614,20 €, car un mois reste dû.",
        "Demandé | 1 842,60 €\n= Dû | 614,20 €",
        "La retenue passe à 35 € par mois.",
    ):
        assert said(f"## La dette\n\n{explained}") == []


def test_a_letter_of_the_house_is_plain() -> None:
    body = """Madame,

Vous m’avez écrit le 9 novembre au sujet de votre aide au logement.

## Ce que j’ai constaté

La Caf a compté votre salaire d’avril deux fois. Ce n’est pas de votre fait.

## La suite

La Caf vous verse 618,06 €, car elle refait le calcul avec vos vraies ressources."""
    assert said(body) == []


@given(st.text(max_size=400))
def test_any_text_is_read(body: str) -> None:
    for remark in plain_remarks(body):
        assert not remark.stops
        assert remark.place
    assert parts(body)[0].heading == ""
