"""The other papers of a letter, read from their PDF: large print, easy version, overpayment explained."""

import io
from datetime import datetime, timedelta

import pytest
from pypdf import PdfReader

from mediane.casework.models import Case
from mediane.correspondence.models import LetterTemplate
from mediane.correspondence.paper import letter_pdf
from mediane.correspondence.queries import draft_reply_of
from mediane.correspondence.queries.annex import annex_of
from mediane.correspondence.queries.sheets import Signature, easy_sheet_of, large, sheet_of
from mediane.correspondence.queries.specimen import specimen_sheet
from mediane.debts.rules.overpayment import month_name, totals
from mediane.integrations.demonstration import explained
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.correspondence.test_template_pictures import ON, SIGNED, facts
from tests.letters import a_reply
from tests.stories import a_studied_case

# A reader of large print: 18 points, and nothing smaller than 14.
SMALLEST = 14


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def sizes_of(pdf: bytes) -> set[int]:
    """The heights of the characters, in points."""
    found: set[int] = set()

    def seen(text: str, _current: list[float], matrix: list[float], _font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(matrix[3] or 1)))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=seen)
    return found


def test_every_template_says_the_same_in_large_print(cast: Cast) -> None:
    for template in LetterTemplate.objects.order_by("pk"):
        sheet = specimen_sheet(template, facts("APL", "upheld"), cast.paris, ON, signed=SIGNED)
        made = letter_pdf(large(sheet))
        told = " ".join(pages_of(made))
        assert min(sizes_of(made)) >= SMALLEST, template
        for block in sheet.body:
            for words in (block.text, *block.items):
                assert set(words.split()) <= set(told.split()), template
        assert SIGNED[0] in told


@pytest.fixture
def explained_reply(cast: Cast, at: datetime) -> tuple[datetime, Signature]:
    later = at + timedelta(days=2)
    a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        a_reply(cast.claire, later, easy="Vous ne devez plus rien.")
    explained.tell(Service(cast.paris, [cast.claire, cast.nadia], later))
    return later, Signature(*SIGNED, later)


@pytest.mark.parametrize("in_large", [False, True])
def test_an_explained_overpayment_is_printed_whole_after_the_signature(
    cast: Cast, explained_reply: tuple[datetime, Signature], in_large: bool
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = draft_reply_of(the_case())
        assert letter is not None
        joined = annex_of(letter)
        sheet = sheet_of(letter, explained_reply[1])
    assert joined is not None
    made = letter_pdf(large(sheet) if in_large else sheet)
    pages = pages_of(made)
    first = next(rank for rank, page in enumerate(pages) if "Explication du trop-perçu, APL" in page)
    assert any(SIGNED[0] in page for page in pages[:first])
    told = " ".join(pages[first:])
    expected = [month_name(line.month) for line in joined.table.lines]
    expected += [words for pair in totals(joined.table) for words in pair]
    expected += joined.words
    assert [words for words in expected if " ".join(words.split()) not in told] == []
    assert min(sizes_of(made)) >= (SMALLEST if in_large else 8)


def test_the_easy_version_holds_on_one_sheet(cast: Cast, explained_reply: tuple[datetime, Signature]) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = draft_reply_of(the_case())
        assert letter is not None
        (only,) = pages_of(letter_pdf(easy_sheet_of(letter)))
    assert "Vous ne devez plus rien." in only
    assert "Explication du trop-perçu, APL" not in only


def the_case() -> Case:
    return Case.objects.select_related("organisation", "beneficiary", "referral", "key").get()
