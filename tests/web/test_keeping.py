"""What is typed on a page survives what happens to the page: left, refused, the session ended, sent twice."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from mediane.casework.models import Case, Message, Note
from mediane.kit import clock, rowsecurity
from mediane.unsent.models import KeptText
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_studied_case

HALF = "Elle a rappelé ce matin, et demande où en est son"


@pytest.fixture
def case(cast: Cast) -> Case:
    return a_studied_case(cast.samira, cast.claire, clock.now() - timedelta(days=3))


def page_of(name: str, case: Case, room: str = "desk") -> str:
    return reverse(f"{room}:{name}", args=(case.reference,))


def typed(place: str, page: object, seen: int = 0, **words: object) -> dict[str, object]:
    return {"kept_place": place, "kept_page": str(page), "kept_version": str(seen), **words}


def test_a_note_left_half_way_comes_back_and_goes_once_sent(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    nadia, place, page = browser.as_staff(cast.nadia), page_of("note", case), uuid4()
    said = nadia.post(reverse("desk:keep_text"), typed(place, page, text=HALF))
    assert (said.status_code, said["Content-Type"]) == (200, "text/plain")
    assert said.content.decode().startswith("Enregistré à ")
    back = nadia.get(place)
    assert HALF in back.content.decode()
    assert "Votre texte est revenu" in back.content.decode()
    keeping = back.wsgi_request.keeping
    sent = typed(place, keeping.page, keeping.version, text=f"{HALF} dossier.", version=case.version)
    assert nadia.post(place, sent).status_code == 302
    assert HALF not in nadia.get(place).content.decode()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Note.objects.count() == 1
        assert KeptText.objects.count() == 0


def test_dates_choices_and_boxes_come_back_too(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia, place = browser.as_staff(cast.nadia), page_of("ask_documents", case)
    words = {"others": "Bail signé", "due_on_day": "31", "due_on_month": "fév", "due_on_year": "2027"}
    words |= {"words": "Pour recalculer", "suggested": "Avis d’imposition"}
    nadia.post(reverse("desk:keep_text"), typed(place, uuid4(), **words))
    page = nadia.get(place).content.decode()
    for value in ("Bail signé", 'value="31"', 'value="fév"', 'value="2027"', "Pour recalculer"):
        assert value in page


def test_each_of_two_people_finds_their_own(browser: SignedIn, cast: Cast, case: Case) -> None:
    place = page_of("write", case)
    for who, words in ((cast.nadia, "De la part de Nadia"), (cast.claire, "De la part de Claire")):
        browser.as_staff(who).post(reverse("desk:keep_text"), typed(place, uuid4(), body=words))
    page = browser.as_staff(cast.nadia).get(place).content.decode()
    assert "De la part de Nadia" in page
    assert "De la part de Claire" not in page


def test_two_windows_and_the_second_is_told_and_keeps_its_text(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    nadia, place = browser.as_staff(cast.nadia), page_of("note", case)
    nadia.post(reverse("desk:keep_text"), typed(place, uuid4(), text="Une"))
    said = nadia.post(reverse("desk:keep_text"), typed(place, uuid4(), text="Deux"))
    assert said.status_code == 409
    assert "reste sur cette page" in said.content.decode()


def test_a_refused_sending_keeps_what_was_kept(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia, place, page = browser.as_staff(cast.nadia), page_of("write", case), uuid4()
    nadia.post(reverse("desk:keep_text"), typed(place, page, body=HALF))
    said = nadia.post(place, typed(place, page, body=HALF, version=case.version + 7))
    assert said.status_code == 200
    assert HALF in said.content.decode()
    assert str(page) in said.content.decode()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert (KeptText.objects.count(), Message.objects.count()) == (1, 0)


def test_the_person_finds_her_message_again_after_signing_in(
    browser: SignedIn, cast: Cast, case: Case
) -> None:
    place, keep = page_of("write", case, "citizen"), reverse("citizen:keep_text")
    browser.as_person(cast.samira).post(keep, typed(place, uuid4(), body=HALF))
    browser.session.flush()
    browser.cookies.clear()
    assert "/connexion" in browser.get(place)["Location"]
    page = browser.as_person(cast.samira).get(f"{place}?perdu=1").content.decode()
    assert HALF in page
    assert "n’est peut-être pas gardé" not in page
    assert HALF not in browser.as_staff(cast.nadia).get(page_of("case", case)).content.decode()


def test_what_is_not_wanted_is_erased_without_a_script(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia, place, page = browser.as_staff(cast.nadia), page_of("note", case), uuid4()
    keep = reverse("desk:keep_text")
    nadia.post(keep, typed(place, page, text=HALF))
    erased = nadia.post(keep, typed(place, uuid4(), 1, kept_discard="1"))
    assert (erased.status_code, erased["Location"]) == (302, place)
    assert HALF not in nadia.get(place).content.decode()


def test_a_letter_being_entered_is_offered_and_never_mixed_with_the_next(
    browser: SignedIn, cast: Cast
) -> None:
    nadia, place = browser.as_staff(cast.nadia), reverse("desk:intake")
    nadia.post(reverse("desk:keep_text"), typed(place, uuid4(), explanation=HALF))
    page = nadia.get(place).content.decode()
    assert HALF not in page
    assert "?reprendre=1" in page
    assert HALF in nadia.get(f"{place}?reprendre=1").content.decode()


@pytest.mark.parametrize("place", ["//ailleurs.invalid/", "/espace/", "/bureau/nulle-part/", "", "x" * 300])
def test_only_a_page_of_the_same_room_is_kept(browser: SignedIn, cast: Cast, place: str) -> None:
    nadia = browser.as_staff(cast.nadia)
    said = nadia.post(reverse("desk:keep_text"), typed(place, uuid4(), text=HALF, kept_discard="1"))
    assert said.status_code == 404


def test_a_place_to_keep_hidden_is_not_kept_in_a_draft(browser: SignedIn, cast: Cast, case: Case) -> None:
    for page in (
        browser.as_person(cast.samira).get(reverse("citizen:reach")),
        browser.as_staff(cast.nadia).get(page_of("how_to_reach", case)),
    ):
        assert page.status_code == 200
        assert "data-keeps" not in page.content.decode()


def test_a_text_that_was_emptied_does_not_come_back(browser: SignedIn, cast: Cast, case: Case) -> None:
    nadia, place = browser.as_staff(cast.nadia), page_of("note", case)
    nadia.post(reverse("desk:keep_text"), typed(place, uuid4(), text=" \n"))
    back = nadia.get(place)
    assert "Votre texte est revenu" not in back.content.decode()
    # And what is typed next goes over it.
    again = typed(place, back.wsgi_request.keeping.page, 1, text=HALF)
    assert nadia.post(reverse("desk:keep_text"), again).status_code == 200
