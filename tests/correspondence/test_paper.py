import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mediane.correspondence.paper import (
    Block,
    LetterSheet,
    ReceiptSheet,
    ReceivedFile,
    bullets,
    heading,
    letter_pdf,
    paragraph,
    receipt_pdf,
    table,
)

SERVICE = ("Caf de Paris, service médiation", "75000 Paris", "01\u00a099\u00a000\u00a012\u00a034")
ADDRESS = ("Madame Samira Belkacem", "18 rue des Envierges", "75020 Paris")
CREATED = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
FINGERPRINT = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

LETTER = LetterSheet(
    service=SERVICE,
    address=ADDRESS,
    place="Paris",
    date="7 décembre 2026",
    created=CREATED,
    reference="K7MQ-4TRX",
    beneficiary_number="4817263",
    title="La Caf annule les deux tiers de votre dette d’aide au logement",
    salutation="Madame,",
    body=(
        heading("Ce que j’ai constaté"),
        paragraph("Votre salaire d’avril a été compté deux fois."),
        table(("Trop-perçu demandé", "1 842,60 €"), ("Somme due", "614,20 €"), total=True),
        bullets("le feuillet joint", "où et dans quel délai"),
    ),
    closing="Je vous prie d’agréer, Madame, l’expression de ma considération distinguée.",
    signature_name="Claire Vasseur",
    signature_title="Médiatrice de la Caf de Paris",
)
RECEIPT = ReceiptSheet(
    service=SERVICE,
    address=ADDRESS,
    place="Paris",
    date="7 décembre 2026",
    created=CREATED,
    reference="K7MQ-4TRX",
    beneficiary_number="4817263",
    received="7 décembre 2026 à 14 h 32",
    service_name="Service médiation de la Caf de Paris",
    service_address=("50 rue des Essais", "75000 Paris"),
    service_email="mediation@caf-paris.example",
    service_phone="01 99 00 12 34",
    files=(ReceivedFile("avis.pdf", "214 ko", FINGERPRINT),),
    next_steps=("Le service médiation étudie votre demande.",),
)


def pages(document: bytes) -> list[str]:
    """The text of each page, spaces and line breaks made alike."""
    texts = (page.extract_text() for page in PdfReader(io.BytesIO(document)).pages)
    return [" ".join(text.split()) for text in texts]


def letter_with(*body: Block) -> str:
    return " ".join(pages(letter_pdf(replace(LETTER, body=body))))


def test_a_letter_is_tagged_in_french_under_its_title() -> None:
    reader = PdfReader(io.BytesIO(letter_pdf(LETTER)))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("fr")
    assert reader.metadata is not None
    assert reader.metadata.title == LETTER.title


def test_a_letter_says_all_it_was_given() -> None:
    (text,) = pages(letter_pdf(LETTER))
    given_words = [*SERVICE, *ADDRESS, LETTER.title, LETTER.closing, *LETTER.foot]
    given_words += ["Paris, le", "7 décembre 2026", "K7MQ-4TRX", "4817263", "Madame,"]
    given_words += ["Ce que j’ai constaté", "Votre salaire d’avril a été compté deux fois."]
    given_words += ["Trop-perçu demandé", "1 842,60 €", "614,20 €", "où et dans quel délai"]
    given_words += ["Claire Vasseur", "Médiatrice de la Caf de Paris", "page 1 sur 1"]
    assert [words for words in given_words if " ".join(words.split()) not in text] == []


@pytest.mark.parametrize(
    "typed",
    ['#eval("1 + 1")', "*gras* et _penché_", "$x^2$", "@source", "= Titre", "// rien", "\\ <a>"],
)
def test_what_a_person_types_is_printed_as_typed(typed: str) -> None:
    assert typed in letter_with(paragraph(typed))
    assert typed in letter_with(bullets(typed))
    assert typed in letter_with(table((typed, "1 €")))


def test_line_breaks_are_kept() -> None:
    document = letter_pdf(replace(LETTER, body=(paragraph("première\nseconde"),)))
    lines = PdfReader(io.BytesIO(document)).pages[0].extract_text().splitlines()
    assert [line.strip() for line in lines if line.strip() in ("première", "seconde")] == [
        "première",
        "seconde",
    ]


def test_each_of_three_pages_has_its_foot() -> None:
    long = (paragraph("Votre salaire d’avril a été compté deux fois. " * 12),) * 12
    texts = pages(letter_pdf(replace(LETTER, body=long, demonstration=True)))
    assert len(texts) == 3
    for number, text in enumerate(texts, start=1):
        assert f"K7MQ-4TRX page {number} sur 3" in text
        assert "Données de démonstration" in text
        assert LETTER.foot[0] in text


def test_a_real_letter_bears_no_demonstration_mark() -> None:
    assert "démonstration" not in pages(letter_pdf(LETTER))[0]


def test_same_letter_same_bytes() -> None:
    assert letter_pdf(LETTER) == letter_pdf(LETTER)


def test_a_receipt_has_the_particulars_the_law_asks_for() -> None:
    (text,) = pages(receipt_pdf(RECEIPT))
    particulars = ["accusé d’enregistrement", RECEIPT.received, RECEIPT.service_name]
    particulars += [*RECEIPT.service_address, RECEIPT.service_email, RECEIPT.service_phone]
    particulars += ["K7MQ-4TRX", "avis.pdf", "214 ko", FINGERPRINT, *RECEIPT.next_steps]
    assert [words for words in particulars if words not in text] == []


def test_a_receipt_without_file_says_so() -> None:
    (text,) = pages(receipt_pdf(replace(RECEIPT, files=())))
    assert "Vous n’avez joint aucun fichier." in text


def test_a_particular_we_do_not_have_leaves_no_empty_line() -> None:
    (text,) = pages(receipt_pdf(replace(RECEIPT, service_email="")))
    assert "Adresse électronique" not in text
    assert "Téléphone" in text


def test_names_from_elsewhere_keep_their_letters() -> None:
    assert "Tomasz Zieliński, Şükrü Çağlar" in letter_with(paragraph("Tomasz Zieliński, Şükrü Çağlar"))


def test_accents_apart_are_put_together() -> None:
    assert "référé" in letter_with(paragraph("re\u0301fe\u0301re\u0301"))


def test_a_long_word_stays_on_the_sheet() -> None:
    text = letter_with(paragraph("x" * 400))
    assert text.replace(" ", "").replace("\u200b", "").count("x") >= 400


def test_rows_of_unlike_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        table(("a", "b"), ("c",))


@settings(max_examples=30, deadline=None)
@given(name=st.text(max_size=80))
def test_any_file_name_makes_a_receipt(name: str) -> None:
    files = (ReceivedFile(name, "1 ko", FINGERPRINT),)
    assert FINGERPRINT in pages(receipt_pdf(replace(RECEIPT, files=files)))[0]


@pytest.mark.parametrize("sentences", range(18, 34))
def test_a_second_page_brings_some_text_with_the_signature(sentences: int) -> None:
    body = tuple(paragraph(f"Phrase {n}.") for n in range(sentences))
    last = pages(letter_pdf(replace(LETTER, body=body)))[-1]
    assert "Phrase" in last
