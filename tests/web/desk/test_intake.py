import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from mediane.casework.models import Case
from mediane.integrations.demonstration.papers import sheet
from mediane.kit import clock, rowsecurity
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mailroom.letters import a_mail, open_the_mailbox, taken, the_mail

URL = "/bureau/enregistrer/"
RECEIVED = clock.today() - timedelta(days=6)
DATE = {
    "received_on_day": str(RECEIVED.day),
    "received_on_month": str(RECEIVED.month),
    "received_on_year": str(RECEIVED.year),
}
NEW = {
    "person": "new",
    "number": "3951207 A",
    "first_name": "Ibrahima",
    "last_name": "Sow",
    "postal_address": "2 rue Haute",
}


@pytest.fixture
def nadia(browser: SignedIn, cast: Cast) -> SignedIn:
    return browser.as_staff(cast.nadia)


def key_on(shown: HttpResponse) -> str:
    found = re.search(r'name="entry_key"[^>]*value="([0-9a-f-]{36})"', shown.content.decode())
    assert found is not None
    return found.group(1)


def a_letter(browser: Client, cast: Cast, **differs: Any) -> dict[str, Any]:
    typed = {
        "entry_key": key_on(browser.get(URL)),
        "channel": "MAIL",
        "origin": "BENEFICIARY",
        "q": "Morvn",
        "person": str(cast.lucette.pk),
        "asked": "Reprendre le versement de l’AAH",
        "explanation": "Plus rien depuis septembre.",
        "benefit": "AAH",
        "ground": "NON_PAYMENT",
        "answer_by": "post",
    }
    return typed | DATE | differs


def cases(cast: Cast) -> list[Case]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return list(Case.objects.select_related("referral", "beneficiary").order_by("pk"))


def test_a_letter_is_registered_and_its_receipt_printed(nadia: SignedIn, cast: Cast) -> None:
    scan = SimpleUploadedFile("lettre.pdf", sheet("lettre.pdf"))
    answer = nadia.post(URL, a_letter(nadia, cast, documents=scan, other_benefits=["RSA", "AAH"]))
    (case,) = cases(cast)
    page = f"/bureau/dossiers/{case.reference}/enregistree/"
    assertRedirects(answer, page, fetch_redirect_response=False)
    assert (case.received_on, case.benefits, case.beneficiary) == (RECEIVED, ["AAH", "RSA"], cast.lucette)
    shown = nadia.get(page)
    assertContains(shown, case.reference)
    assertContains(shown, "imprimez-le")
    assertContains(shown, "Accuser réception")
    paper = nadia.get(f"/bureau/dossiers/{case.reference}/accuse/")
    assert (paper.headers["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assertContains(nadia.get(f"/bureau/dossiers/{case.reference}/"), "1\u00a0document joint")
    assertContains(nadia.get("/bureau/"), case.reference)


def test_the_person_finds_the_receipt_in_the_space_without_a_false_hour(nadia: SignedIn, cast: Cast) -> None:
    nadia.post(URL, a_letter(nadia, cast))
    (case,) = cases(cast)
    lucette = SignedIn().as_person(cast.lucette)
    assertContains(
        lucette.get(reverse("citizen:follow", kwargs={"reference": case.reference})),
        "Accusé d’enregistrement",
    )
    shown = lucette.get(reverse("citizen:receipt", kwargs={"reference": case.reference}))
    assertContains(shown, str(RECEIVED.year))
    assert not re.search(r"à \d{1,2}\u00a0h", shown.content.decode())


def test_a_double_click_registers_once(nadia: SignedIn, cast: Cast) -> None:
    typed = a_letter(nadia, cast)
    first, second = nadia.post(URL, typed), nadia.post(URL, typed)
    assert first.headers["Location"] == second.headers["Location"]
    other = nadia.post(URL, typed | {"asked": "Autre demande"})
    assertContains(other, "Cette page a déjà enregistré la demande")
    assertContains(other, "Autre demande")
    assert len(cases(cast)) == 1
    nadia.post(URL, typed | {"asked": "Autre demande", "entry_key": key_on(other)})
    assert len(cases(cast)) == 2


def test_somebody_new_is_written_down_with_the_request(nadia: SignedIn, cast: Cast) -> None:
    nadia.post(URL, a_letter(nadia, cast, **NEW))
    (case,) = cases(cast)
    assert (case.beneficiary.full_name, case.beneficiary.number) == ("Ibrahima Sow", "3951207")


def test_a_number_already_known_is_said_on_the_field(nadia: SignedIn, cast: Cast) -> None:
    shown = nadia.post(URL, a_letter(nadia, cast, **NEW | {"number": cast.lucette.number}))
    assertContains(shown, "Ce numéro est celui de Lucette Morvan")
    assertContains(shown, 'value="Ibrahima"')
    assert cases(cast) == []


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"person": ""}, "Cherchez l’allocataire"),
        ({"person": "999999"}, "Cherchez l’allocataire"),
        ({"person": "9" * 40}, "Cherchez l’allocataire"),
        ({"received_on_year": "2020"}, "vérifiez l’année"),
        ({"received_on_year": "2099"}, "dans le futur"),
        ({"asked": ""}, "Dites ce qui est demandé"),
        ({"asked": "x" * 161}, "trop long"),
        ({"explanation": "Mon numéro est 2 69 05 49 588 157 80"}, "numéro de sécurité sociale"),
        ({"channel": "ONLINE"}, "Sélectionnez un choix valide"),
        ({"benefit": "NOPE"}, "Sélectionnez un choix valide"),
        ({"answer_by": "email", "email": "pas une adresse"}, "adresse complète"),
        ({"person": "new", "number": "12"}, "sept chiffres"),
        ({"complaint_channel": "Lettre"}, "Indiquez le jour de la réclamation"),
        ({"entry_key": "x"}, "Cette page était incomplète"),
    ],
)
def test_errors_say_what_to_correct_and_keep_what_was_typed(
    nadia: SignedIn, cast: Cast, differs: dict[str, str], sentence: str
) -> None:
    shown = nadia.post(URL, a_letter(nadia, cast) | {"hours": "Appeler après 17 h"} | differs)
    assertContains(shown, sentence)
    assertContains(shown, "Appeler après 17 h")
    assertContains(shown, f'value="{differs.get("q", "Morvn")}"')
    assert cases(cast) == []


def test_without_a_script_the_button_searches_and_judges_nothing(nadia: SignedIn, cast: Cast) -> None:
    shown = nadia.post(URL, a_letter(nadia, cast, q="lucete morvan", person="", asked="À garder", find="1"))
    assertContains(shown, "Lucette Morvan")
    assertContains(shown, "À garder")
    assertNotContains(shown, "govuk-error")
    assertContains(nadia.post(URL, {"find": "1", "q": "Zzyzx"}), "Personne de ce nom")


def test_suggestions_are_lines_of_one_s_own_caf(nadia: SignedIn, cast: Cast) -> None:
    shown = nadia.post(f"{URL}personnes/", {"q": "260441"})
    assertContains(shown, "Lucette Morvan")
    assertNotContains(shown, "<html")
    assertNotContains(nadia.post(f"{URL}personnes/", {"q": "Traoré"}), "Awa")
    foreign = nadia.post(URL, a_letter(nadia, cast, person=str(cast.awa.pk)))
    assertNotContains(foreign, "Awa")
    assert cases(cast) == []


def test_the_complaint_comes_before_the_request(nadia: SignedIn, cast: Cast) -> None:
    after = RECEIVED + timedelta(days=1)
    late = {
        "complained_on_day": str(after.day),
        "complained_on_month": str(after.month),
        "complained_on_year": str(after.year),
    }
    shown = nadia.post(URL, a_letter(nadia, cast, **late))
    assertContains(shown, "La réclamation ne peut pas suivre la demande de médiation")
    assert cases(cast) == []


def test_whatever_is_typed_breaks_nothing(nadia: SignedIn) -> None:
    for typed in ("a\x00b", "%_\\'", "\u202e", "🙂", "x" * 100_000, "9" * 5000):
        assert nadia.post(f"{URL}personnes/", {"q": typed}).status_code == 200
        assert nadia.post(URL, {"q": typed, "find": "1"}).status_code == 200


@pytest.mark.parametrize("known", [1, 20])
def test_the_page_and_its_search_cost_the_same_for_many(
    nadia: SignedIn, cast: Cast, known: int, django_assert_num_queries: Any
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        Beneficiary.objects.bulk_create(
            Beneficiary(
                organisation=cast.paris,
                number=f"{9_000_000 + rank}",
                first_name="Jean",
                last_name="Durand",
                name_key="durand jean",
            )
            for rank in range(known)
        )
    nadia.post(f"{URL}personnes/", {"q": "durand"})
    nadia.get(URL)
    with django_assert_num_queries(PAGE):
        nadia.get(URL)
    with django_assert_num_queries(SEARCH):
        nadia.post(f"{URL}personnes/", {"q": "durand"})


PAGE, SEARCH = 6, 10


def test_a_mail_of_the_tray_becomes_a_case(nadia: SignedIn, cast: Cast, at: datetime) -> None:
    open_the_mailbox(cast, at)
    taken(a_mail("On me retient 187 €."), by_caf=cast.paris, at=at)
    mail = the_mail(cast.paris)
    begun = f"{URL}?courrier={mail.public_id}"
    assertContains(nadia.get(f"/bureau/courrier/{mail.public_id}/"), begun)
    shown = nadia.get(begun)
    assertContains(shown, "On me retient 187 €.")
    data = a_letter(nadia, cast, courrier=str(mail.public_id), channel="EMAIL", answer_by="space")
    for _ in range(2):
        done = nadia.post(URL, data)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = Case.objects.get()
        mail.refresh_from_db()
    assertRedirects(done, reverse("desk:registered", kwargs={"reference": case.reference}))
    assert (mail.state, mail.case_id, case.channel) == ("registered", case.pk, "EMAIL")
    assertRedirects(nadia.get(begun), f"/bureau/courrier/{mail.public_id}/")
    again = nadia.post(URL, a_letter(nadia, cast, courrier=str(mail.public_id)))
    assertContains(again, "Nadia Pruvost a classé ce courriel")
    assertContains(again, "Plus rien depuis septembre.")


@pytest.mark.parametrize("mail", ["x", "7d9c6a0e-0000-4000-8000-000000000000"])
def test_a_mail_that_is_not_ours_is_not_found(nadia: SignedIn, cast: Cast, mail: str) -> None:
    assert nadia.get(f"{URL}?courrier={mail}").status_code == 404
    sent = nadia.post(URL, a_letter(nadia, cast, courrier=mail))
    assert sent.status_code == (200 if mail == "x" else 404)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Case.objects.exists()
