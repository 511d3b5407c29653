"""A call from somebody in danger: what protects her is written with the rest, and obeyed at once."""

from datetime import datetime

from pytest_django.asserts import assertContains, assertNotContains

from mediane.casework.models import Case
from mediane.correspondence.queries.sheets import address_of
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary, ContactDetail
from mediane.referrals.queries import safe_contact_of
from mediane.referrals.rules import HIDDEN_ADDRESS
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case
from tests.web.desk.test_intake import NEW, URL, a_letter

BOX = {"keep_secret": "on", "answer_by": "space", "channel": "PHONE"}


def the_case(reference: str) -> Case:
    known = Case.objects.select_related("beneficiary", "referral__key", "organisation")
    return known.get(reference=reference)


def registered(browser: SignedIn, typed: dict) -> str:
    answer = browser.post(URL, typed)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"].rstrip("/").rsplit("/", 2)[-2]


def test_the_page_offers_it_and_keeps_it_through_a_correction(browser: SignedIn, cast: Cast) -> None:
    nadia = browser.as_staff(cast.nadia)
    assertContains(nadia.get(URL), "Adresse secrète, contact protégé")
    shown = nadia.post(URL, a_letter(nadia, cast, **BOX, asked=""))
    assertContains(shown, 'id="id_keep_secret" name="keep_secret" checked')


def test_a_call_from_somebody_in_danger_protects_every_request_of_hers(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    earlier = a_case(cast.lucette, at)
    nadia = browser.as_staff(cast.nadia)
    call = a_letter(nadia, cast, **BOX, phone="06 39 98 11 22", postal_address="BP 9\n75011 Paris")
    reference = registered(nadia, call)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        told = safe_contact_of(the_case(reference).referral)
        assert told == {"phone": "06 39 98 11 22", "address": "BP 9\n75011 Paris", "caution": HIDDEN_ADDRESS}
        assert address_of(the_case(earlier.reference))[1:] == ("BP 9", "75011 Paris")
    page = nadia.get(f"/bureau/dossiers/{earlier.reference}/")
    for words in (HIDDEN_ADDRESS, "06 39 98 11 22", "Vaut pour toutes ses demandes"):
        assertContains(page, words)
    assertContains(nadia.get(f"/bureau/dossiers/{earlier.reference}/rendez-vous/"), "06 39 98 11 22")
    # Nobody said that her mailbox is safe.
    assertContains(nadia.get(f"/bureau/dossiers/{earlier.reference}/message/"), "Aucun courriel ne part")


def test_of_somebody_new_in_danger_the_sheet_holds_no_place(browser: SignedIn, cast: Cast) -> None:
    nadia = browser.as_staff(cast.nadia)
    registered(nadia, a_letter(nadia, cast, **NEW, **BOX, phone="06 39 98 11 22", email="a@exemple.fr"))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        new = Beneficiary.objects.get(number="3951207")
        assert (new.postal_address, new.phone, new.email) == ("", "", "")
        assert not ContactDetail.objects.filter(beneficiary=new).exists()
        assert safe_contact_of(Case.objects.get(beneficiary=new).referral)["address"] == NEW["postal_address"]


def test_a_receipt_leaves_only_for_a_place_said_on_the_page(browser: SignedIn, cast: Cast) -> None:
    nadia = browser.as_staff(cast.nadia)
    for way, words in (("post", "Indiquez où poster"), ("email", "Indiquez l’adresse où envoyer")):
        refused = nadia.post(URL, a_letter(nadia, cast, **BOX | {"answer_by": way}))
        assertContains(refused, words)
    assertNotContains(nadia.post(URL, {"find": "1", **BOX}), "Indiquez")


def test_a_letter_that_is_printed_obeys_what_another_request_refused(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    a_case(cast.lucette, at, safe_contact={"no_letters": "oui"})
    nadia = browser.as_staff(cast.nadia)
    page = nadia.post(URL, a_letter(nadia, cast), follow=True)
    assertContains(page, "aucune lettre par la poste")
