"""What resembles a case, two requests side by side, people who may be one, and how they were reached."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case, Link
from mediane.casework.states import State
from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.people import actions as people
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary, Likeness
from mediane.people.states import Verdict
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case

PEOPLE = "/bureau/personnes/"


@pytest.fixture
def twice(cast: Cast, at: datetime) -> tuple[Case, Case]:
    return a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at + timedelta(days=2))


@pytest.fixture
def lookalike(cast: Cast, at: datetime) -> Beneficiary:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        identity = Identity("75", "2604481", "Madame", "Lucete", "Morvan", phone="06 39 98 41 27")
        return people.introduce(identity=identity, by=cast.nadia, at=at)


def proposal(cast: Cast) -> Likeness:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return Likeness.objects.get(replaced_at=None)


def page_of(case: Case, more: str = "") -> str:
    return f"/bureau/dossiers/{case.reference}/{more}"


def compare(one: Case, other: Case) -> str:
    return page_of(one, f"proches/{other.reference}/")


def test_a_case_shows_what_it_resembles_and_why(
    browser: SignedIn, cast: Cast, twice: tuple[Case, Case]
) -> None:
    page = browser.as_staff(cast.nadia).get(page_of(twice[0])).content.decode()
    assert "Demandes proches" in page
    assert "Même décision contestée, du 2\u00a0octobre\u00a02026" in page
    assert compare(*twice) in page


def test_a_duplicate_is_joined_from_the_page_and_read_from_the_first(
    browser: SignedIn, cast: Cast, twice: tuple[Case, Case]
) -> None:
    kept, duplicate = twice
    browser.as_staff(cast.nadia)
    answer = browser.post(compare(duplicate, kept), {"opinion": "duplicate", "seen": "0"})
    assert (answer.status_code, answer["Location"]) == (302, page_of(kept))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Case.objects.get(pk=duplicate.pk).state == State.MERGED
    assert "Doublon, lu avec ce dossier" in browser.get(page_of(kept)).content.decode()
    assert "Répond aussi pour cette demande" in browser.get(page_of(duplicate)).content.decode()
    space = browser.as_person(cast.samira).get(f"/espace/{duplicate.reference}/").content.decode()
    assert f"Votre demande est étudiée avec la demande {kept.reference}" in space
    assert "Écrire un message" not in space


def test_somebody_else_decided_meanwhile_and_the_choice_stays(
    browser: SignedIn, cast: Cast, at: datetime, twice: tuple[Case, Case]
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.set_apart(case=twice[0], other=twice[1], seen_rank=0, by=cast.claire, at=at)
    sent = {"opinion": "duplicate", "seen": "0"}
    page = browser.as_staff(cast.nadia).post(compare(*twice), sent).content.decode()
    assert "Claire Vasseur a décidé" in page
    assert 'id="id_seen" value="1"' in page
    assert 'value="duplicate" checked' in page


def test_nothing_chosen_is_said_and_nothing_done(
    browser: SignedIn, cast: Cast, twice: tuple[Case, Case]
) -> None:
    page = browser.as_staff(cast.nadia).post(compare(*twice), {"seen": "0"}).content.decode()
    assert "Choisissez une décision" in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Link.objects.exists()


def test_a_request_is_not_compared_with_itself_nor_with_another_caf_s(
    browser: SignedIn, cast: Cast, at: datetime, twice: tuple[Case, Case]
) -> None:
    browser.as_staff(cast.nadia)
    assert browser.get(compare(twice[0], twice[0])).status_code == 404
    assert browser.get(compare(twice[0], a_case(cast.awa, at))).status_code == 404


@pytest.mark.parametrize("others", [1, 12])
def test_what_is_near_costs_the_same_for_many(
    browser: SignedIn, cast: Cast, at: datetime, others: int, django_assert_max_num_queries: Any
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    for n in range(others):
        a_case(cast.samira, at + timedelta(days=n + 1))
    browser.as_staff(cast.claire).get(page_of(case))
    with django_assert_max_num_queries(17 + 2):
        browser.get(page_of(case))


def test_the_other_account_s_requests_are_in_one_space(
    browser: SignedIn, cast: Cast, at: datetime, lookalike: Beneficiary
) -> None:
    one, other = a_case(cast.lucette, at), a_case(lookalike, at + timedelta(days=1))
    browser.as_staff(cast.nadia)
    answer = browser.post(f"{PEOPLE}{proposal(cast).pk}/", {"opinion": "first", "seen": proposal(cast).pk})
    assert answer["Location"] == PEOPLE
    for account in (cast.lucette, lookalike):
        space = browser.as_person(account).get("/espace/").content.decode()
        assert one.reference in space
        assert other.reference in space
        assert browser.get(f"/espace/{other.reference}/").status_code == 200
        assert browser.get(f"/demande/{other.reference}/accuse/").status_code in (200, 404)
    assert browser.as_person(cast.samira).get(f"/espace/{other.reference}/").status_code == 404
    shown = browser.as_staff(cast.nadia).get(page_of(other)).content.decode()
    assert "Même personne que" in shown
    assert one.reference in shown


def test_what_was_undone_is_two_spaces_again(
    browser: SignedIn, cast: Cast, at: datetime, lookalike: Beneficiary
) -> None:
    other = a_case(lookalike, at)
    browser.as_staff(cast.nadia)
    for opinion in ("first", Verdict.APART):
        stands = proposal(cast).pk
        assert browser.post(f"{PEOPLE}{stands}/", {"opinion": opinion, "seen": stands}).status_code == 302
    space = browser.as_person(cast.lucette).get("/espace/").content.decode()
    assert other.reference not in space
    assert other.reference in browser.as_person(lookalike).get("/espace/").content.decode()


def test_proposals_are_listed_with_their_reasons_and_journaled(
    browser: SignedIn, cast: Cast, lookalike: Beneficiary
) -> None:
    page = browser.as_staff(cast.nadia).get(PEOPLE).content.decode()
    assert "Noms proches, même téléphone, numéros allocataires à un chiffre près" in page
    assert "Lucete" not in browser.as_staff(cast.remi).get(PEOPLE).content.decode()
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        told = Entry.objects.get(verb="search", subject="alike")
        assert set(told.details["shown"].split()) == {str(cast.lucette.pk), str(lookalike.pk)}


def test_a_pair_decided_meanwhile_is_said(browser: SignedIn, cast: Cast, at: datetime, lookalike) -> None:
    seen = proposal(cast)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        people.keep_apart(likeness=seen, by=cast.claire, at=at)
    answer = browser.as_staff(cast.nadia).post(f"{PEOPLE}{seen.pk}/", {"opinion": "first", "seen": seen.pk})
    page = answer.content.decode()
    assert "Claire Vasseur a décidé" in page
    assert f'id="id_seen" value="{proposal(cast).pk}"' in page


def test_how_a_person_was_reached_is_shown_with_dates_sources_and_safe_contacts(
    browser: SignedIn, cast: Cast, at: datetime
) -> None:
    case = a_case(cast.samira, at, safe_contact={"phone": "06 39 98 77 77", "caution": "Pas de message"})
    with rowsecurity.working_for(rowsecurity.signin()):
        people.recognise(
            identity=Identity("75", "4817263", "Madame", "Samira", "Belkacem", email="s2@exemple.fr"), at=at
        )
    page = browser.as_staff(cast.nadia).get(page_of(case, "coordonnees/")).content.decode()
    for words in ("s2@exemple.fr", "samira@exemple.fr", "18 rue des Envierges", "retiré", "06 39 98 77 77"):
        assert words in page
