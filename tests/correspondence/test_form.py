import io
import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from mediane.correspondence.paper import FormSheet, form_pdf
from mediane.correspondence.queries import form_sheet
from mediane.correspondence.queries.forms import ADDRESS_MISSING
from mediane.organisations.models import Organisation
from mediane.organisations.queries import by_code

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def caf(code: str = "75", **differs: str) -> Organisation:
    """As it is in the reference data, with what a Caf would have set."""
    found = by_code(code)
    assert found is not None
    values = {field.attname: getattr(found, field.attname) for field in found._meta.concrete_fields}
    return Organisation(**values | differs)


def read(sheet: FormSheet) -> list[str]:
    pages = PdfReader(io.BytesIO(form_pdf(sheet))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_the_form_is_two_a4_pages_anybody_can_hear() -> None:
    reader = PdfReader(io.BytesIO(form_pdf(form_sheet(caf(), DAY))))
    root: Any = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith("fr")
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]


def test_it_says_where_to_post_it_what_to_join_and_what_follows() -> None:
    first, second = read(form_sheet(caf(postal_address="50 rue des Essais\n75000 Paris"), DAY))
    assert "Caf de Paris 50 rue des Essais 75000 Paris" in first
    assert "Numéro allocataire" in first
    assert "Joignez des copies" in second
    assert "10 jours ouvrés" in second
    assert "30 jours" in second
    assert "code pour suivre votre demande" in second
    assert "deux mois" in first


def test_no_electronic_address_is_asked_for() -> None:
    words = " ".join(read(form_sheet(caf(email="mediation@caf75.invalid"), DAY)))
    assert "Courriel" not in words
    assert "@" not in words


def test_a_caf_whose_address_is_not_known_says_where_to_find_it() -> None:
    first, _ = read(form_sheet(caf(postal_address="", phone=""), DAY))
    assert ADDRESS_MISSING in " ".join(form_sheet(caf(postal_address=""), DAY).address)
    assert "voir caf.fr" in first


def test_a_long_address_and_a_long_name_keep_two_pages() -> None:
    long = caf(
        name="Caf des Alpes-de-Haute-Provence et d’ailleurs",
        of_name="la Caf des Alpes-de-Haute-Provence et d’ailleurs",
        postal_address="Bâtiment des Trois-Fontaines, escalier C\nZone du Grand-Chemin\nBP 999\n04000 Digne",
        phone="01 99 00 12 34",
    )
    assert len(read(form_sheet(long, DAY))) == 2


def test_the_same_words_are_made_once() -> None:
    sheet = form_sheet(caf(), DAY)
    assert form_pdf(sheet) is form_pdf(replace(sheet))
    assert form_pdf(sheet) is not form_pdf(replace(sheet, title="Autre"))
    assert math.isclose(len(form_pdf(sheet)), len(form_pdf(replace(sheet, title="Autre"))), rel_tol=0.1)
