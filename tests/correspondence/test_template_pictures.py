"""The letter of every template that ships, read from its PDF: each benefit, each outcome."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from mediane.casework.states import Outcome
from mediane.catalogue.models import Benefit
from mediane.catalogue.queries import every
from mediane.correspondence.models import Kind, LetterTemplate
from mediane.correspondence.paper import letter_pdf
from mediane.correspondence.queries.facts import (
    BENEFIT,
    OUTCOME,
    OUTCOMES,
    REMEDIES,
    REMEDY,
    known_criteria,
    remedy_of,
)
from mediane.correspondence.queries.specimen import paragraphs_of, specimen_sheet
from mediane.correspondence.rules.checking import faults_of
from mediane.correspondence.rules.conditions import Facts, asked_of
from mediane.kit.text import fold
from tests.cast import Cast

ON = date(2026, 11, 24)
SIGNED = ("Claire Vasseur", "Médiatrice de la Caf de Paris")
MET = ("APL", "RSA", "PPA", "AAH", "AF", "ACTION_SOCIALE")


@pytest.fixture
def templates(cast: Cast) -> list[LetterTemplate]:
    return list(LetterTemplate.objects.order_by("pk"))


def facts(benefit: str, outcome: str) -> Facts:
    remedy = remedy_of(every(Benefit)[benefit])
    return {
        BENEFIT: frozenset({benefit}),
        REMEDY: frozenset({remedy}),
        OUTCOME: frozenset({outcome}),
    }


def read(template: LetterTemplate, case: Facts, cast: Cast) -> str:
    made = PdfReader(io.BytesIO(letter_pdf(specimen_sheet(template, case, cast.paris, ON, signed=SIGNED))))
    assert made.root_object["/MarkInfo"]["/Marked"]
    assert str(made.root_object["/Lang"]).startswith("fr")
    assert made.metadata is not None
    assert made.metadata.title == template.title
    assert made.xmp_metadata is not None
    assert b"pdfuaid" in made.xmp_metadata.stream.get_data()
    return " ".join(" ".join(page.extract_text().split()) for page in made.pages)


def all_cases(template: LetterTemplate) -> list[Facts]:
    """Only what the text looks at changes the letter."""
    asked = asked_of(paragraphs_of(template))
    benefits = MET if {BENEFIT, REMEDY} & asked.keys() else MET[:1]
    outcomes = tuple(Outcome) if OUTCOME in asked else (Outcome.UPHELD,)
    return [facts(benefit, outcome.value) for benefit in benefits for outcome in outcomes]


def test_every_shipped_template_may_be_saved(templates: list[LetterTemplate]) -> None:
    wrong = {
        str(one): faults_of(one.title, one.body, kind=one.kind, known=known_criteria()) for one in templates
    }
    assert {name: faults for name, faults in wrong.items() if faults} == {}


def test_every_letter_is_read_without_a_field_nor_a_condition_left(
    templates: list[LetterTemplate], cast: Cast
) -> None:
    for template in templates:
        for case in all_cases(template):
            text = read(template, case, cast)
            said = f"{template} {case}"
            assert "{" not in text, said
            assert "à compléter" not in text, said
            assert "[si " not in text, said
            assert "[sinon]" not in text, said
            assert "À garder" not in text, said
            assert "**" not in text, said
            assert SIGNED[0] in text, said


def test_every_reply_says_how_to_contest_by_the_benefit_of_the_case(
    templates: list[LetterTemplate], cast: Cast
) -> None:
    for template in templates:
        if template.kind == Kind.REPLY:
            for case in all_cases(template):
                court = every(Benefit)[next(iter(case[BENEFIT] or ()))].court.split(",")[0]
                text = read(template, case, cast)
                assert court in text, f"{template} {case}"


def test_a_paragraph_of_one_benefit_is_not_read_by_another(cast: Cast) -> None:
    template = LetterTemplate.objects.get(code="reply-overpayment")
    housing = read(template, facts("APL", "upheld"), cast)
    assert "Votre aide au logement dépend de vos revenus" in housing
    assert "adressez votre lettre à la direction de la Caf" in housing
    assert "Le RSA se calcule" not in housing
    minimum = read(template, facts("RSA", "revised"), cast)
    assert "adressez à la présidence du conseil départemental" in minimum
    assert "La Caf annule le trop-perçu." in minimum
    assert "remise" not in minimum
    family = read(template, facts("AF", "partly_revised"), cast)
    assert "[Expliquez de quoi dépend cette prestation.]" in family


def test_every_benefit_of_the_catalogue_has_a_remedy_of_the_list() -> None:
    remedies = {code: remedy_of(row) for code, row in every(Benefit).items()}
    assert set(remedies.values()) == set(REMEDIES)
    assert {code for code, remedy in remedies.items() if remedy == "other"} == {"ARIPA", "ACTION_SOCIALE"}
    assert (remedies["APL"], remedies["RSA"], remedies["AAH"]) == ("management", "department", "disability")
    assert (remedies["PPA"], remedies["AF"]) == ("board_then_court", "board")


def test_every_outcome_has_its_word() -> None:
    assert set(OUTCOMES) == set(Outcome.values)


def test_no_two_values_of_a_condition_are_typed_alike(cast: Cast) -> None:
    for criterion in known_criteria():
        typed = [fold(word) for word in criterion.values.values()]
        assert len(set(typed)) == len(typed)
        for code, word in criterion.values.items():
            assert criterion.code_of(word) == code
