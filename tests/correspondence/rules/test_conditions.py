"""Conditional paragraphs: nothing lost, each kept or left out by its condition alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.correspondence.rules.conditions import (
    Condition,
    Criterion,
    Paragraph,
    asked_of,
    in_words,
    kept_text,
    parse,
    sort,
    write,
)

BENEFIT = Criterion("prestation", "prestation", {"APL": "APL", "RSA": "RSA", "PPA": "Prime d’activité"})
OUTCOME = Criterion("issue", "issue", {"upheld": "maintenue", "revised": "révisée"})
KNOWN = (BENEFIT, OUTCOME)
BY_WORD = {one.word: one for one in KNOWN}
TEXT = """Madame,

[si prestation: APL]
Votre loyer a changé.

[si prestation : rsa, prime d’activite]
Votre déclaration a changé.

[sinon]
Votre situation a changé.

[si prestation: APL]
[si issue: maintenue]
La Caf maintient sa décision.

La fin."""

codes = {one.word: tuple(one.values) for one in KNOWN}
conditions = st.one_of(
    *(
        st.builds(
            Condition, st.just(word), st.lists(st.sampled_from(values), min_size=1, unique=True).map(tuple)
        )
        for word, values in codes.items()
    )
)
words = st.text("abcé, 12.{}[|-#", min_size=1).map(str.strip).filter(bool)
plain = st.builds(Paragraph, words, st.lists(conditions, max_size=2).map(tuple))


@st.composite
def letters(draw: st.DrawFn) -> list[Paragraph]:
    """Paragraphs as a template may have them: « sinon » comes after a condition."""
    made: list[Paragraph] = []
    for paragraph in draw(st.lists(plain, max_size=8)):
        made.append(paragraph)
        if paragraph.conditions and draw(st.booleans()):
            made.append(Paragraph(draw(words), is_else=True))
    return made


facts = st.fixed_dictionaries(
    {word: st.none() | st.sets(st.sampled_from(values)).map(frozenset) for word, values in codes.items()}
)
settled = st.fixed_dictionaries(
    {word: st.sets(st.sampled_from(values)).map(frozenset) for word, values in codes.items()}
)


def kept(text: str, **known: set[str]) -> list[str]:
    facts = {word: frozenset(known[word]) if word in known else None for word in codes}
    return kept_text(text, KNOWN, facts).split("\n\n")


def sentences(text: str) -> list[str]:
    return [str(fault).replace("\u00a0", " ") for fault in parse(text, KNOWN).faults]


def test_a_case_keeps_its_own_paragraphs() -> None:
    assert kept(TEXT, prestation={"APL"}, issue={"upheld"}) == [
        "Madame,",
        "Votre loyer a changé.",
        "La Caf maintient sa décision.",
        "La fin.",
    ]
    assert kept(TEXT, prestation={"RSA"}, issue={"upheld"}) == [
        "Madame,",
        "Votre déclaration a changé.",
        "La fin.",
    ]
    assert kept(TEXT, prestation=set(), issue={"revised"}) == [
        "Madame,",
        "Votre situation a changé.",
        "La fin.",
    ]


def test_what_is_not_known_yet_stays_under_words_to_remove() -> None:
    left = kept(TEXT, prestation={"APL"})
    assert left[2] == (
        "[À garder selon la situation, prestation\u00a0: APL, et issue\u00a0: maintenue]\n"
        "La Caf maintient sa décision."
    )
    assert kept("[si issue: maintenue]\nA\n\n[sinon]\nB") == [
        "[À garder selon la situation, issue\u00a0: maintenue]\nA",
        "[À garder si les paragraphes précédents sont retirés]\nB",
    ]


def test_a_head_may_stand_on_the_line_of_its_paragraph() -> None:
    (paragraph,) = parse("[SI Prestation:APL] Votre loyer.", KNOWN).paragraphs
    assert paragraph == Paragraph("Votre loyer.", (Condition("prestation", ("APL",)),))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Un\n\n[si prestation: APK]\nDeux",
            "Ligne 3 : « APK » n’est pas connu. Pour « prestation », écrivez : APL, RSA, Prime d’activité.",
        ),
        (
            "[si age: 30]\nUn",
            "Ligne 1 : « age » n’est pas une condition connue. Écrivez : prestation, issue.",
        ),
        (
            "[si besoin]\nUn",
            "Ligne 1 : « [si besoin] » n’est pas une condition complète. Écrivez [si prestation: APL].",
        ),
        (
            "[si prestation: APL\nUn",
            "Ligne 1 : « [si prestation: APL » n’est pas une condition complète."
            " Écrivez [si prestation: APL].",
        ),
        (
            "[si issue: ]\nUn",
            "Ligne 1 : cette condition ne dit aucune valeur. Pour « issue », écrivez : maintenue, révisée.",
        ),
        (
            "[si issue: maintenue]",
            "Ligne 1 : cette condition ne porte sur aucun texte. Écrivez-le juste dessous.",
        ),
        (
            "Un\n\n[sinon]\nDeux",
            "Ligne 3 : « [sinon] » ne suit aucun paragraphe qui commence par « [si …] ».",
        ),
        (
            "Un\nDeux [si prestation: APL] trois",
            "Ligne 2 : « [si prestation: APL] » est au milieu d’un paragraphe. Laissez une ligne vide avant.",
        ),
        (
            "[si prestation: APL]\nA\n\n[sinon]\n[si prestation: RSA]\nB",
            "Ligne 5 : « [sinon] » s’écrit seul, sans « [si …] ».",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(text: str, sentence: str) -> None:
    assert sentences(text) == [sentence]


def test_what_a_mediator_has_to_write_is_no_condition() -> None:
    assert sentences("[Dites ce qui a changé.]\n\n[Situation] | [montant]") == []


def test_what_a_text_asks_is_listed_once() -> None:
    assert asked_of(parse(TEXT, KNOWN).paragraphs) == {
        "prestation": ["APL", "RSA", "PPA"],
        "issue": ["upheld"],
    }


def test_a_condition_is_said_in_words() -> None:
    paragraphs = parse(TEXT, KNOWN).paragraphs
    assert in_words(paragraphs[2], BY_WORD) == "prestation\u00a0: RSA ou Prime d’activité"
    assert in_words(paragraphs[3], BY_WORD) == "sinon"
    assert in_words(paragraphs[0], BY_WORD) == ""


@given(letters())
def test_what_is_written_reads_the_same(paragraphs: list[Paragraph]) -> None:
    read = parse(write(paragraphs, KNOWN), KNOWN)
    assert read.faults == ()
    assert list(read.paragraphs) == paragraphs


@given(letters(), facts)
def test_each_paragraph_comes_once_in_order(paragraphs: list[Paragraph], known: dict) -> None:
    assert [one.paragraph for one in sort(paragraphs, known)] == paragraphs


@given(letters(), settled)
def test_each_is_kept_or_left_out_by_its_own_condition(paragraphs: list[Paragraph], known: dict) -> None:
    """Against the definition, told otherwise: each « sinon » looks back at the run it closes."""
    for place, one in enumerate(sort(paragraphs, known)):
        if one.paragraph.is_else:
            run = place
            while run and paragraphs[run - 1].conditions and not paragraphs[run - 1].is_else:
                run -= 1
            expected = not any(holds(other, known) for other in paragraphs[run:place])
        else:
            expected = holds(one.paragraph, known)
        assert one.is_kept is expected


@given(letters(), settled)
def test_a_letter_says_what_is_kept_and_nothing_else(paragraphs: list[Paragraph], known: dict) -> None:
    left = [one.paragraph.text for one in sort(paragraphs, known) if one.is_kept]
    assert kept_text(write(paragraphs, KNOWN), KNOWN, known) == "\n\n".join(left)


@given(letters(), facts, settled)
def test_to_know_more_never_brings_back_what_was_left_out(
    paragraphs: list[Paragraph], less: dict, more: dict
) -> None:
    settled_later = {word: less[word] if less[word] is not None else more[word] for word in less}
    for before, after in zip(sort(paragraphs, less), sort(paragraphs, settled_later), strict=True):
        assert before.is_kept is None or before.is_kept is after.is_kept


@given(st.text("[]si non:prestaAPL\n \r", max_size=60))
def test_any_text_is_read_without_an_accident(text: str) -> None:
    read = parse(text, KNOWN)
    assert all(one.text for one in read.paragraphs) or read.faults
    assert all(1 <= fault.line <= len(text.splitlines()) + 1 for fault in read.faults)


@given(st.text("abc\n ", max_size=60))
def test_a_text_without_conditions_loses_no_word(text: str) -> None:
    assert kept_text(text, KNOWN, {}).split() == text.split()


def holds(paragraph: Paragraph, known: dict) -> bool:
    return all(known[one.criterion] & set(one.codes) for one in paragraph.conditions)
