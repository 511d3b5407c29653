"""The mail tray: what came, what it says, what becomes of it."""

import re
import uuid
from datetime import datetime
from email.message import EmailMessage

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework.models import Message
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.mailroom.actions import set_aside as set_aside_by
from mediane.mailroom.models import Mail
from mediane.mailroom.states import State, Why
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.documents.test_quarantine import a_pdf
from tests.mailroom.conftest import opened  # noqa: F401 — a fixture
from tests.mailroom.letters import a_mail, taken, the_mail
from tests.stories import a_case

pytestmark = pytest.mark.usefixtures("opened")
TRAY = "/bureau/courrier/"


def with_a_file() -> EmailMessage:
    letter = a_mail("<b>Bonjour</b>", From="Samira <samira@exemple.fr>")
    letter.add_attachment(a_pdf("avis"), maintype="application", subtype="pdf", filename="avis.pdf")
    letter.add_attachment(b"MZ", maintype="application", subtype="x-dos", filename="virus.exe")
    return letter


def test_the_tray_shows_what_waits_and_an_empty_one_says_so(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    browser.as_staff(cast.nadia)
    assertContains(browser.get(TRAY), "Aucun courriel à classer")
    taken(a_mail(Subject="Ma <demande>"), by_caf=cast.paris, at=at)
    taken(a_mail(Subject="Absent", Auto_Submitted="auto-replied"), by_caf=cast.paris, at=at)
    assertContains(browser.get(TRAY), "Ma &lt;demande&gt;")
    assertNotContains(browser.get(TRAY), "Absent")
    assertContains(browser.get(f"{TRAY}?vue=automatiques"), "Absent")
    assertNotContains(browser.as_staff(cast.remi).get(TRAY), "demande&gt;")


@pytest.mark.parametrize("rows", [1, 20])
def test_the_tray_asks_as_much_for_twenty_as_for_one(
    browser: SignedIn, cast: Cast, at: datetime, rows: int, django_assert_max_num_queries
) -> None:
    for number in range(rows):
        taken(a_mail(f"Message {number}"), by_caf=cast.paris, at=at)
    browser.as_staff(cast.nadia)
    browser.get(TRAY)
    with django_assert_max_num_queries(10):
        browser.get(TRAY)


def test_a_mail_is_plain_text_and_its_clean_files_open(browser: SignedIn, cast: Cast, at: datetime) -> None:
    taken(with_a_file(), by_caf=cast.paris, at=at)
    one = the_mail(cast.paris)
    shown = browser.as_staff(cast.nadia).get(f"{TRAY}{one.public_id}/")
    assertContains(shown, "&lt;b&gt;Bonjour")
    assertContains(shown, "n’a pas été ajouté")
    address = re.search(r'href="([^"]+/fichiers/[^"]+)"', shown.content.decode())
    assert address is not None
    assert browser.get(address.group(1)).content.startswith(b"%PDF")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        verbs = Entry.objects.filter(subject=str(one.public_id)).values_list("verb", flat=True)
        assert {"take_mail", "read_mail", "read_document"} <= set(verbs)
    for address_of_paris in (f"{TRAY}{one.public_id}/", address.group(1)):
        assert browser.as_staff(cast.remi).get(address_of_paris).status_code == 404


def test_whose_case_it_is_is_shown_before_it_is_joined(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    taken(with_a_file(), by_caf=cast.paris, at=at)
    one = the_mail(cast.paris)
    address = reverse("desk:attach_mail", args=(one.public_id,)) + f"?dossier={case.reference.lower()}"
    browser.as_staff(cast.nadia)
    assertContains(browser.get(address), "Samira Belkacem")
    assert the_mail(cast.paris).state == State.WAITING
    done = browser.post(address)
    assertRedirects(done, f"/bureau/dossiers/{case.reference}/", fetch_redirect_response=False)
    assertContains(browser.get(done["Location"]), "Message de Samira, par courriel")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Message.objects.filter(case=case).count() == 1
    assertContains(browser.post(address), "Nadia Pruvost a classé ce courriel")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Indiquez la référence du dossier"),
        ("K7MQ-4TRY", "Cette référence comporte une erreur"),
        ("K7MQ-4TRX", "Aucun dossier de votre Caf ne porte la référence K7MQ-4TRX"),
    ],
)
def test_a_reference_that_leads_nowhere_is_said_so(
    browser: SignedIn, cast: Cast, at: datetime, typed: str, said: str
) -> None:
    taken(a_mail("Mon texte"), by_caf=cast.paris, at=at)
    shown = browser.as_staff(cast.nadia).get(
        f"{TRAY}{the_mail(cast.paris).public_id}/joindre/?dossier={typed}"
    )
    assertContains(shown, said)
    assertContains(shown, "Mon texte")


def test_a_mail_is_set_aside_with_a_reason_and_the_next_one_opens(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    taken(a_mail("Un"), by_caf=cast.paris, at=at)
    first = the_mail(cast.paris)
    taken(a_mail("Deux"), by_caf=cast.paris, at=at)
    second = the_mail(cast.paris)
    address = f"{TRAY}{first.public_id}/ecarter/"
    browser.as_staff(cast.nadia)
    assertContains(browser.post(address, {"words": "À voir"}), "Choisissez une raison")
    assertContains(browser.post(address, {"words": "À voir"}), 'value="À voir"')
    done = browser.post(address, {"why": Why.NOT_FOR_US, "words": "Pour la comptabilité"})
    assertRedirects(done, f"{TRAY}{second.public_id}/", fetch_redirect_response=False)
    assertContains(browser.get(f"{TRAY}?vue=classes"), "Ne concerne pas la médiation")
    assertContains(browser.get(f"{TRAY}{first.public_id}/"), "Pour la comptabilité")
    done = browser.post(f"{TRAY}{second.public_id}/ecarter/", {"why": Why.ADVERTISING})
    assertRedirects(done, TRAY, fetch_redirect_response=False)


def test_the_second_to_set_aside_is_told_who_was_first(browser: SignedIn, cast: Cast, at: datetime) -> None:
    taken(a_mail(), by_caf=cast.paris, at=at)
    one = the_mail(cast.paris)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        mail = Mail.objects.select_related("key", "organisation").get(pk=one.pk)
        set_aside_by(mail=mail, why=Why.ADVERTISING, by=cast.claire, at=at)
    late = browser.as_staff(cast.nadia).post(f"{TRAY}{one.public_id}/ecarter/", {"why": Why.NOT_FOR_US})
    assertContains(late, "Claire Vasseur a classé ce courriel")


def test_an_unknown_mail_is_nowhere(browser: SignedIn, cast: Cast) -> None:
    assert browser.as_staff(cast.nadia).get(f"{TRAY}{uuid.UUID(int=1)}/").status_code == 404
