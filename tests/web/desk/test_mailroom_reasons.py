"""Bad mail is filed with its reason, which whoever sorts it reads first."""

from datetime import datetime

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from mediane.kit import rowsecurity
from mediane.mailroom.actions import attach, put_aside
from mediane.mailroom.models import Mail
from mediane.mailroom.rules.arrival import LARGEST, Arrival, Place
from mediane.mailroom.states import Remark
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.documents.test_quarantine import a_pdf
from tests.mailroom.conftest import opened  # noqa: F401 — a fixture
from tests.mailroom.letters import a_mail, taken, the_mail
from tests.stories import a_case, a_studied_case

pytestmark = pytest.mark.usefixtures("opened")
TRAY = "/bureau/courrier/"


def with_two_hundred_files() -> bytes:
    letter = a_mail()
    for number in range(200):
        letter.add_attachment(b"MZ", maintype="application", subtype="x-dos", filename=f"{number}.exe")
    return letter.as_bytes()


def page_of(browser: SignedIn, cast: Cast, mail: Mail):
    return browser.as_staff(cast.nadia).get(f"{TRAY}{mail.public_id}/")


@pytest.mark.parametrize(
    ("raw", "more", "remarks"),
    [
        (b"From: a@b.fr\r\nSubject: Gros\r\n\r\n", {"size": 60 * 1024 * 1024}, [Remark.TOO_LARGE]),
        (with_two_hundred_files(), {}, [Remark.TOO_MANY_FILES, Remark.FILES_REFUSED]),
        (b"\xff\xfe\x00nothing like a mail", {}, [Remark.BROKEN]),
        (a_mail(Authentication_Results="mx.caf; dmarc=fail").as_bytes(), {}, [Remark.FORGED]),
    ],
    ids=["60 MB", "200 files", "broken", "forged"],
)
def test_the_reason_stands_in_the_tray_and_on_the_page(
    browser: SignedIn, cast: Cast, at: datetime, raw: bytes, more: dict, remarks: list[Remark]
) -> None:
    taken(raw, by_caf=cast.paris, at=at, **more)
    mail = the_mail(cast.paris)
    assert mail.remarks == remarks
    for remark in remarks:
        assertContains(page_of(browser, cast, mail), remark.label)
    assertContains(browser.get(TRAY), remarks[0].label)


def test_a_reference_of_another_caf_is_said_to_be_unknown_and_tells_nothing_of_it(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    foreign = a_case(cast.awa, at)
    taken(a_mail(Subject=f"Dossier {foreign.reference}"), by_caf=cast.paris, at=at)
    page = page_of(browser, cast, the_mail(cast.paris))
    assertContains(page, Remark.UNKNOWN_REFERENCE.label)
    assertNotContains(page, "Traoré")


def test_a_mail_that_could_not_be_opened_is_shown_as_it_came_and_joins_no_file(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    letter = a_mail("<script>alert(1)</script>", Subject="Un piège")
    letter.add_attachment(a_pdf("avis"), maintype="application", subtype="pdf", filename="avis.pdf")
    raw = letter.as_bytes()
    arrival = Arrival(Place("m@imap.exemple/INBOX", 1, 1), at, len(raw), raw)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        put_aside(arrival=arrival, organisation=cast.paris, by=cast.claire, at=at)
    mail = the_mail(cast.paris)
    page = page_of(browser, cast, mail)
    assertContains(page, Remark.UNFORESEEN.label)
    assertContains(page, "Subject: ")
    assertContains(page, "&lt;script&gt;")
    assertNotContains(page, "<script>alert")
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        message = attach(mail=mail, case=case, by=cast.claire, at=at)
        assert message.joined.count() == 0


def test_nothing_of_a_page_is_fetched_from_its_sender(browser: SignedIn, cast: Cast, at: datetime) -> None:
    letter = a_mail("x")
    letter.set_content(
        "<html><head><style>@import url(https://loin.exemple/a.css)</style></head><body onload=alert(1)>"
        "<img src='https://loin.exemple/suivi.gif'><a href='javascript:alert(1)'>Cliquez</a>"
        "<iframe src='https://loin.exemple/'></iframe><form action='https://loin.exemple/'></form>"
        "<p>&lt;img src=x onerror=alert(1)&gt;</p></body></html>",
        subtype="html",
    )
    taken(letter, by_caf=cast.paris, at=at)
    page = page_of(browser, cast, the_mail(cast.paris))
    assertContains(page, "Cliquez")
    assertContains(page, "&lt;img src=x onerror=alert(1)&gt;")
    for trap in ("loin.exemple", "javascript:", "<iframe", "onload", "<img src=x"):
        assertNotContains(page, trap)


@pytest.mark.parametrize(
    "charset", ["utf-7", "utf-16", "cp037", "unicode_escape", "idna", "hex", "x-none", "\x00"]
)
def test_no_way_of_writing_letters_brings_a_script(
    browser: SignedIn, cast: Cast, at: datetime, charset: str
) -> None:
    raw = (
        f"From: a@b.fr\r\nSubject: =?{charset}?q?+ADw-script+AD4-?=\r\n"
        f'Content-Type: text/html; charset="{charset}"\r\n\r\n+ADw-script+AD4-alert(1)+ADw-/script+AD4-'
    )
    taken(raw.encode(), by_caf=cast.paris, at=at)
    page = page_of(browser, cast, the_mail(cast.paris))
    assert b"<script>alert" not in page.content
    assert page.status_code == 200


def test_a_mail_at_the_limit_is_not_called_too_large(cast: Cast, at: datetime) -> None:
    taken(a_mail(), by_caf=cast.paris, at=at, size=LARGEST)
    assert the_mail(cast.paris).remarks == []
