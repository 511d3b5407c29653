"""Representatives on the case: registered with a proof, shown with their dates, ended."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from mediane.casework.models import Case
from mediane.correspondence.queries.sheets import HANDED_OVER, address_of
from mediane.integrations.demonstration.papers import sheet
from mediane.journal.models import Entry
from mediane.kit import clock, rowsecurity
from mediane.mandates.models import Mandate, Scope
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import acting, given, protected
from tests.stories import a_case
from tests.web.desk.test_intake import URL as INTAKE
from tests.web.desk.test_intake import a_letter


def form(**differs: object) -> dict[str, object]:
    today = clock.today()
    return {
        "version": "1",
        "kind": "GUARDIAN",
        "name": "Bruno Lacaze",
        "email": "bruno.lacaze@tutelles.invalid",
        "covers": "WHOLE",
        "starts_on_day": "1",
        "starts_on_month": "1",
        "starts_on_year": str(today.year),
        "judged_on_day": "12",
        "judged_on_month": "3",
        "judged_on_year": "2025",
        "court": "Tribunal de Paris",
        "proof": SimpleUploadedFile("jugement.pdf", sheet("jugement.pdf")),
        **differs,
    }


def test_a_judgment_is_registered_with_its_proof(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.lucette, at)
    here = f"/bureau/dossiers/{case.reference}/"
    answer = browser.as_staff(cast.nadia).post(f"{here}representants/enregistrer/", form())
    assert answer["Location"] == here
    page = browser.get(here).content.decode()
    assert "<b>Bruno Lacaze</b>, peut agir" in page
    assert "Jugement du 12" in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        mandate = Mandate.objects.get()
        assert mandate.scope == Scope.PROTECTION
    proof = browser.get(f"{here}representants/{mandate.public_id}/preuve/")
    assert proof["Content-Type"] == "application/pdf"
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Entry.objects.get(verb="read_proof").subject == str(mandate.public_id)


def test_what_is_missing_is_said_and_what_was_typed_stays(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    address = f"/bureau/dossiers/{a_case(cast.lucette, at).reference}/representants/enregistrer/"
    wrong = {"judged_on_day": "", "judged_on_month": "", "judged_on_year": "", "proof": ""}
    page = browser.as_staff(cast.nadia).post(address, form(**wrong)).content.decode()
    assert "Indiquez la date du jugement" in page
    assert "Joignez le mandat signé" in page
    assert 'value="Bruno Lacaze"' in page
    not_a_paper = SimpleUploadedFile("jugement.pdf", b"MZ not a paper")
    page = browser.post(address, form(proof=not_a_paper)).content.decode()
    assert 'value="Bruno Lacaze"' in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Mandate.objects.exists()


def test_the_service_ends_a_mandate_and_says_who_was_first(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.lucette, at)
    mandate = protected(cast.lucette, cast.claire, at)
    here = f"/bureau/dossiers/{case.reference}/"
    end = f"{here}representants/{mandate.public_id}/fin/"
    guardian = acting(mandate)
    assert guardian.get("/espace/").status_code == 200
    assert browser.as_staff(cast.nadia).post(end, {"version": "1"})["Location"] == here
    assert guardian.get("/espace/").status_code == 403
    assert "a déjà pris fin" in browser.post(end, {"version": "1"}).content.decode()
    assert "mandat retiré" in browser.get(here).content.decode()


def test_another_caf_s_or_another_person_s_is_unknown(browser: SignedIn, cast: Cast, at: datetime) -> None:
    case = a_case(cast.lucette, at)
    other = given(cast.samira, at)
    for what in ("fin", "preuve"):
        address = f"/bureau/dossiers/{case.reference}/representants/{other.public_id}/{what}/"
        assert browser.as_staff(cast.nadia).get(address).status_code == 404
        assert browser.as_staff(cast.remi).get(address).status_code == 404


def test_how_to_be_reached_is_said_before_anything_is_sent(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    asked = {"no_letters": "oui", "hours": "Le mardi matin", "caution": "Mon adresse doit rester secrète"}
    case = a_case(cast.samira, at, safe_contact=asked, notice_by_email=False)
    page = browser.as_staff(cast.claire).get(f"/bureau/dossiers/{case.reference}/").content.decode()
    banner = page[page.index("Avant d’écrire ou d’appeler") : page.index("Représentants")]
    for words in ("Aucun courriel, aucune lettre par la poste", "Le mardi matin", "doit rester secrète"):
        assert words in banner
    quiet = a_case(cast.lucette, at)
    page = browser.get(f"/bureau/dossiers/{quiet.reference}/").content.decode()
    assert "Avant d’écrire ou d’appeler" not in page


def test_a_caller_who_wants_no_letter_is_obeyed_from_the_receipt_on(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    nadia = browser.as_staff(cast.nadia)
    letter = a_letter(nadia, cast, no_letters="on")
    page = nadia.post(INTAKE, letter).content.decode()
    assert "Elle ne veut aucune lettre" in page
    answer = nadia.post(INTAKE, letter | {"answer_by": "space"})
    page = nadia.get(answer["Location"]).content.decode()
    assert "aucune lettre par la poste" in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = Case.objects.select_related("beneficiary", "referral__key", "organisation").get()
        assert address_of(case) == ("Madame Lucette Morvan", *HANDED_OVER)
