"""Two accounts of one person: what she gave, or began, from the other is hers to take back, or go on with."""

from dataclasses import replace
from datetime import datetime

import pytest

from mediane.kit import rowsecurity
from mediane.mandates import actions as mandates
from mediane.mandates.models import Mandate
from mediane.people.actions import introduce, keep_apart, merge_people
from mediane.people.models import Beneficiary, Likeness
from mediane.referrals.models import Referral
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.mandates.stories import MAUD, acting, given
from tests.people.test_one_person import LUCETTE
from tests.stories import a_case, a_draft
from tests.web.citizen.steps import Journey

MANDATES = "/espace/mandats/"


@pytest.fixture
def other(cast: Cast, at: datetime) -> Beneficiary:
    """A second account of Lucette Morvan, not known to be hers yet."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return introduce(identity=LUCETTE, by=cast.nadia, at=at)


def said_the_same(cast: Cast, at: datetime) -> Likeness:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        likeness = Likeness.objects.get(replaced_at=None)
        return merge_people(likeness=likeness, keep=cast.lucette.pk, by=cast.nadia, at=at)


def drafts_of(account: Beneficiary) -> list[Referral]:
    with rowsecurity.working_for(rowsecurity.person(account.pk)):
        return list(Referral.objects.drafts().filter(beneficiary=account))


def test_a_mandate_given_from_the_other_account_is_listed_and_taken_back(
    browser: SignedIn, cast: Cast, at: datetime, other: Beneficiary
) -> None:
    case, mandate = a_case(other, at), given(other, at)
    said_the_same(cast, at)
    theirs = acting(mandate)
    assert theirs.get(f"/espace/{case.reference}/").status_code == 200

    page = browser.as_person(cast.lucette).get(MANDATES).content.decode()
    assert MAUD.name in page
    click = f"{MANDATES}{mandate.public_id}/retirer/"
    assert click in page
    assert browser.post(click)["Location"] == MANDATES

    assert theirs.get(f"/espace/{case.reference}/").status_code == 403
    page = browser.get(MANDATES).content.decode()
    assert "Mandats terminés (1)" in page
    assert click not in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Mandate.objects.get().revoked_by == "Lucete Morvan"


def test_taken_back_twice_every_mandate_stays_shown(
    browser: SignedIn, cast: Cast, at: datetime, other: Beneficiary
) -> None:
    mandate = given(other, at)
    given(cast.lucette, at, to=replace(MAUD, name="Ines Garrigues"))
    said_the_same(cast, at)
    with rowsecurity.working_for(rowsecurity.person(other.pk)):
        mandates.revoke(mandate=mandate, by=other.as_actor(), at=at)
    click = f"{MANDATES}{mandate.public_id}/retirer/"
    page = browser.as_person(cast.lucette).post(click).content.decode()
    assert "a déjà pris fin" in page
    assert "Ines Garrigues" in page
    assert "Mandats terminés (1)" in page


def test_a_mandate_of_a_stranger_s_account_is_neither_shown_nor_taken_back(
    browser: SignedIn, cast: Cast, at: datetime, other: Beneficiary
) -> None:
    foreign, parted = given(cast.samira, at), given(other, at, to=replace(MAUD, name="Ines Garrigues"))
    browser.as_person(cast.lucette)
    for mandate in (foreign, parted):
        page = browser.get(MANDATES).content.decode()
        assert mandate.representative.name not in page
        assert browser.post(f"{MANDATES}{mandate.public_id}/retirer/").status_code == 404
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Mandate.objects.exclude(revoked_at=None).exists()


def test_whoever_acts_for_one_account_takes_nothing_back_from_the_other(
    cast: Cast, at: datetime, other: Beneficiary
) -> None:
    mandate, theirs = given(other, at), given(cast.lucette, at)
    said_the_same(cast, at)
    browser = acting(theirs)
    assert browser.get(MANDATES).status_code == 403
    click = f"{MANDATES}{mandate.public_id}/retirer/"
    assert browser.post(click, {"mandate": str(theirs.public_id)}).status_code == 403


def test_a_request_begun_on_the_other_account_is_gone_on_with_and_sent(
    browser: SignedIn, cast: Cast, at: datetime, other: Beneficiary
) -> None:
    begun = Journey(browser.as_person(other), other)
    begun.fill_everything()
    said_the_same(cast, at)
    [draft] = drafts_of(other)

    hers = Journey(browser.as_person(cast.lucette), cast.lucette)
    page = hers.get("/espace/").content.decode()
    assert "Demande commencée, pas encore envoyée" in page
    assert hers.get("/saisir/").redirect_chain[-1][0].endswith("/verifier/")
    assert hers.send(draft.reference)["Location"] == f"/saisir/accuse/{draft.reference}/"
    assert not drafts_of(other)
    assert not drafts_of(cast.lucette)
    assert draft.reference in hers.get("/espace/").content.decode()


def test_of_two_begun_the_other_waits_in_sight(
    browser: SignedIn, cast: Cast, at: datetime, other: Beneficiary
) -> None:
    a_draft(other, at, asked="Revoir mon quotient")
    a_draft(cast.lucette, at)
    same = said_the_same(cast, at)
    page = browser.as_person(cast.lucette).get("/espace/").content.decode()
    assert page.count(">Reprendre<") == 1
    assert "Autre demande commencée" in page
    assert "Vous pourrez la reprendre quand la première sera envoyée" in page
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        keep_apart(likeness=same, by=cast.nadia, at=at)
    assert "Autre demande commencée" not in browser.get("/espace/").content.decode()


def test_whoever_acts_for_her_sees_neither(cast: Cast, at: datetime, other: Beneficiary) -> None:
    a_draft(other, at)
    mandate = given(cast.lucette, at)
    said_the_same(cast, at)
    page = acting(mandate).get("/espace/").content.decode()
    assert "commencée" not in page
