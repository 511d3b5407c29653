from datetime import timedelta

import pytest
from django.urls import reverse

from mediane.casework.models import Case
from mediane.casework.states import State
from mediane.kit import clock, rowsecurity
from mediane.transfers.models import Parcel
from mediane.transfers.states import Stage, Stopped
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case
from tests.transfers.moving import NUMBER, an_admitted_case, packed, taken_in

YESTERDAY = timedelta(days=1)


def typed(case: Case, **differs: str) -> dict[str, str]:
    day = {"moved_on_day": "2", "moved_on_month": "11", "moved_on_year": "2025"}
    return {"version": str(case.version), "to": "82", "number": NUMBER, "reason": "moved"} | day | differs


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_case(cast.samira, clock.now() - 3 * YESTERDAY)


def gesture(case: Case) -> str:
    return reverse("desk:transfer", args=(case.reference,))


def test_the_service_sends_a_case_and_its_page_says_where(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia = browser.as_staff(cast.nadia)
    assert nadia.get(gesture(case)).status_code == 200
    assert nadia.post(gesture(case), typed(case)).status_code == 302
    said = nadia.get(reverse("desk:case", args=(case.reference,))).content.decode()
    assert "Transférée à la Caf de Tarn-et-Garonne" in said
    assert "En préparation" in said
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
    assert case.state == State.TRANSFERRED


@pytest.mark.parametrize(
    ("differs", "sentence"),
    [
        ({"to": ""}, "Choisissez la Caf"),
        ({"to": "75"}, "Choisissez la Caf"),
        ({"number": "12"}, "Indiquez les 7 chiffres"),
        ({"reason": "x"}, "Sélectionnez"),
        ({"moved_on_year": "2090"}, "futur"),
        ({"moved_on_day": "31", "moved_on_month": "2"}, "n’existe pas"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_the_rest_stays(
    browser: SignedIn, cast: Cast, case: Case, differs: dict[str, str], sentence: str
) -> None:
    said = browser.as_staff(cast.nadia).post(gesture(case), typed(case, **differs)).content.decode()
    assert sentence in said
    assert differs.get("number", NUMBER) in said


def test_somebody_who_acted_meanwhile_is_named(browser: SignedIn, cast: Cast, case: Case) -> None:
    browser.as_staff(cast.claire).post(reverse("desk:take_up", args=(case.reference,)), {"version": "2"})
    said = browser.as_staff(cast.nadia).post(gesture(case), typed(case)).content.decode()
    assert "Claire Vasseur a agi sur ce dossier" in said
    assert NUMBER in said


@pytest.fixture
def arrived(cast: Cast, at) -> Case:
    there = taken_in(packed(an_admitted_case(cast, at), cast, at + 5 * YESTERDAY), cast, at + 5 * YESTERDAY)
    assert there is not None
    return there


def test_the_next_caf_reads_where_it_comes_from_and_its_letters(
    browser: SignedIn, cast: Cast, arrived: Case, django_assert_max_num_queries
) -> None:
    remi = browser.as_staff(cast.remi)
    with django_assert_max_num_queries(26):
        said = remi.get(reverse("desk:case", args=(arrived.reference,))).content.decode()
    assert "Mutation : vient de la Caf de Paris" in said.replace("\u00a0", " ")
    assert "Où habitez-vous maintenant ?" in said.replace("\u00a0", " ")
    assert "Dossier reçu d’une autre Caf" in said
    # It was, there.
    assert "Non passé" not in said
    assert "épuisée" not in said
    letter = said.split("/copies/")[1].split("/")[0]
    pdf = remi.get(reverse("desk:copied_letter", args=(arrived.reference, letter)))
    assert pdf.content.startswith(b"%PDF")
    nobody = browser.as_staff(cast.claire).get(
        reverse("desk:copied_letter", args=(arrived.reference, letter))
    )
    assert nobody.status_code == 404


def test_a_stopped_parcel_is_looked_at_by_the_receiving_caf_only(browser: SignedIn, cast: Cast, at) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + YESTERDAY, number=cast.awa.number)
    assert taken_in(parcel, cast, at + YESTERDAY) is None
    address = reverse("desk:parcel", args=(parcel.public_id,))
    assert browser.as_staff(cast.claire).get(address).status_code == 404
    remi = browser.as_staff(cast.remi)
    assert "1\u00a0envoi attend votre vérification" in remi.get(reverse("desk:parcels")).content.decode()
    said = remi.get(address).content.decode()
    assert "Samira Belkacem" in said
    assert "Awa Traoré" in said
    assert "Indiquez les 7 chiffres" in remi.post(address, {"number": "7"}).content.decode()
    assert remi.post(address, {"number": NUMBER}).status_code == 302
    assert remi.get(address).status_code == 404


def test_one_that_did_not_pass_says_why_to_both_and_is_tried_again(browser: SignedIn, cast: Cast, at) -> None:
    parcel = packed(a_case(cast.samira, at), cast, at + YESTERDAY)
    page, again = reverse("desk:parcels"), reverse("desk:try_parcel_again", args=(parcel.public_id,))
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        Parcel.objects.filter(pk=parcel.pk).update(stopped=Stopped.DAMAGED)
    for member in (cast.nadia, cast.remi):
        said = browser.as_staff(member).get(page).content.decode()
        for words in ("1\u00a0envoi n’est pas passé", "ne s’ouvre pas", "Réessayer"):
            assert words in said
    remi = browser.as_staff(cast.remi)
    asked = remi.post(again)
    assert asked.headers["Location"] == f"{page}?essai={parcel.public_id}"
    assert "Nouvel essai demandé" in remi.get(asked.headers["Location"]).content.decode()
    # Too late, once it goes on: nothing is said to be asked.
    assert remi.post(again).headers["Location"] == page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Parcel.objects.get().stage is Stage.PACKED


def test_a_caf_without_any_move_is_told_so(browser: SignedIn, cast: Cast) -> None:
    assert "Aucune mutation" in browser.as_staff(cast.remi).get(reverse("desk:parcels")).content.decode()


def test_the_mediator_alone_chooses_what_becomes_of_the_mailbox(browser: SignedIn, cast: Cast) -> None:
    address, day = reverse("desk:mail_policy"), clock.today() + timedelta(days=9)
    choice = {"policy": "closed"} | {
        f"effective_from_{part}": str(getattr(day, part)) for part in ("day", "month", "year")
    }
    assert browser.as_staff(cast.nadia).post(address, choice).status_code == 403
    claire = browser.as_staff(cast.claire)
    assert claire.post(address, choice).status_code == 302
    said = claire.get(address).content.decode()
    assert "À venir" in said
    assert "par Claire Vasseur" in said
    assert "ne reçoit plus de demandes par courriel" in said
    past = claire.post(address, choice | {"effective_from_year": "2020"}).content.decode()
    assert "Choisissez aujourd’hui ou un jour à venir" in past
    assert 'value="2020"' in past
