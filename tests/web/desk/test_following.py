import io
import re
from datetime import datetime

import pytest
from pypdf import PdfReader

from mediane.casework.models import Case
from mediane.kit import clock
from tests.casework.actions.test_following import a_posted_case, tried
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case

CODE = re.compile(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}\b")


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_posted_case(cast, clock.now())


def page_of(case: Case) -> str:
    return f"/bureau/dossiers/{case.reference}/code-de-suivi/"


def given(page: str) -> str:
    (code,) = set(CODE.findall(page))
    return code


def test_a_code_is_given_shown_once_and_printed(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia = browser.as_staff(cast.nadia)
    code = given(nadia.post(page_of(case)).content.decode())
    assert tried(case, code, clock.now()) is not None
    printed = nadia.post(f"{page_of(case)}pdf/", {"code": code})
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
    assert code in text
    assert "/suivre/" in text
    after = nadia.get(page_of(case)).content.decode()
    assert not CODE.findall(after)
    assert "par Nadia Pruvost" in after


def test_a_code_replaced_meanwhile_is_not_printed(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia = browser.as_staff(cast.nadia)
    first = given(nadia.post(page_of(case)).content.decode())
    given(SignedIn().as_staff(cast.claire).post(page_of(case)).content.decode())
    answer = nadia.post(f"{page_of(case)}pdf/", {"code": first})
    assert answer.headers["Location"] == page_of(case)


@pytest.mark.parametrize("code", ["", "x", "K7MQ4-TRX9H-JD2WP", "é" * 5000])
def test_no_other_text_is_printed_as_a_code(browser: SignedIn, cast: Cast, case: Case, code: str) -> None:
    nadia = browser.as_staff(cast.nadia)
    nadia.post(page_of(case))
    assert nadia.post(f"{page_of(case)}pdf/", {"code": code}).status_code == 302


def test_an_online_request_is_given_no_code(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    nadia = browser.as_staff(cast.nadia)
    assert "venue en ligne" in nadia.get(page_of(case)).content.decode()
    answer = nadia.post(page_of(case)).content.decode()
    assert "Cela n’a pas été fait" in answer
    assert not CODE.findall(answer)


def test_the_page_after_entering_a_letter_offers_a_code(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia = browser.as_staff(cast.nadia)
    assert page_of(case) in nadia.get(f"/bureau/dossiers/{case.reference}/enregistree/").content.decode()
    assert page_of(case) in nadia.get(f"/bureau/dossiers/{case.reference}/").content.decode()
    online = a_case(cast.samira, clock.now())
    assert page_of(online) not in nadia.get(f"/bureau/dossiers/{online.reference}/").content.decode()
