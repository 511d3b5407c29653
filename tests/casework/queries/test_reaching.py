"""Somebody in danger says so once: every other request of hers obeys."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.queries.reaching import reaching
from mediane.correspondence.queries.sheets import HANDED_OVER, address_of
from mediane.kit import rowsecurity
from mediane.notifications.queries import wishes_of
from mediane.people import actions as people
from mediane.people.actions import Identity
from mediane.people.models import Beneficiary
from mediane.people.queries import proposals
from mediane.people.states import Verdict
from mediane.referrals.rules import HIDDEN_ADDRESS, NO_LETTERS
from tests.cast import Cast
from tests.stories import a_case
from tests.transfers.moving import packed, taken_in

SHELTER = {"address": "BP 12\n75010 Paris", "email": "sure@exemple.fr", "caution": HIDDEN_ADDRESS}
LATER = timedelta(days=3)


def read(cast: Cast, case: Case) -> Case:
    known = Case.objects.select_related("organisation", "beneficiary", "referral__key")
    return known.get(pk=case.pk)


def written_to(cast: Cast, case: Case) -> tuple[tuple[str, ...], str, bool]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        known = read(cast, case)
        wishes = wishes_of(known.beneficiary, known.referral)
        return address_of(known)[1:], wishes.address, wishes.notice_by_email


def an_alias_of(person: Beneficiary, cast: Cast, at: datetime) -> Beneficiary:
    """Another account, at the home she left."""
    identity = Identity(
        organisation_code="",
        number="9000001",
        title="Madame",
        first_name=person.first_name,
        last_name=person.last_name,
        phone=person.phone,
        email="ancien@exemple.fr",
        postal_address="1 rue Quittée\n75013 Paris",
    )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        other = people.introduce(identity=identity, by=cast.nadia, at=at)
        (likeness,) = proposals(cast.paris.pk, Verdict.WAITING)
        people.merge_people(likeness=likeness, keep=person.pk, by=cast.nadia, at=at)
        return Beneficiary.objects.select_related("organisation").get(pk=other.pk)


@pytest.mark.parametrize("first", ["secret", "plain"])
def test_earlier_or_later_the_safe_place_is_everywhere(cast: Cast, at: datetime, first: str) -> None:
    wishes: list[dict[str, Any]] = [{"safe_contact": SHELTER}, {}]
    if first == "plain":
        wishes.reverse()
    for case in [a_case(cast.samira, at + LATER * place, **wish) for place, wish in enumerate(wishes)]:
        assert written_to(cast, case) == (("BP 12", "75010 Paris"), "sure@exemple.fr", True)


def test_no_letter_and_no_email_in_one_request_are_none_in_any(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    a_case(cast.samira, at + LATER, safe_contact={NO_LETTERS: "oui"}, notice_by_email=False)
    where, _, by_email = written_to(cast, case)
    assert (where, by_email) == (HANDED_OVER, False)


def test_a_closed_request_still_protects_and_another_person_s_does_not(cast: Cast, at: datetime) -> None:
    case, stranger = a_case(cast.samira, at), a_case(cast.lucette, at)
    closed = a_case(cast.samira, at + LATER, safe_contact=SHELTER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.take_up(case=closed, by=cast.claire, at=at + LATER)
        casework.redirect(
            case=closed, reason="OTHER_BODY", body="MDPH", agreed_on=at.date(), by=cast.nadia, at=at + LATER
        )
    assert written_to(cast, case)[0] == ("BP 12", "75010 Paris")
    assert written_to(cast, stranger)[1] == "lucette@exemple.fr"


@pytest.mark.parametrize("of_the_alias", [True, False])
def test_the_accounts_of_one_person_are_of_one_person(cast: Cast, at: datetime, of_the_alias: bool) -> None:
    alias = an_alias_of(cast.samira, cast, at)
    speaks, silent = (alias, cast.samira) if of_the_alias else (cast.samira, alias)
    case = a_case(silent, at)
    a_case(speaks, at + LATER, safe_contact={"caution": HIDDEN_ADDRESS})
    where, email, _ = written_to(cast, case)
    assert where == tuple(speaks.postal_address.splitlines())
    assert email == speaks.email


def test_the_page_of_her_other_account_reads_its_own(cast: Cast, at: datetime) -> None:
    alias = an_alias_of(cast.samira, cast, at)
    case = a_case(alias, at, safe_contact=SHELTER)
    with rowsecurity.working_for(rowsecurity.person(alias.pk)):
        assert reaching(read(cast, case)).contact == SHELTER


@pytest.mark.parametrize("others", [1, 20])
def test_it_is_one_statement_however_many_requests(
    cast: Cast, at: datetime, others: int, django_assert_num_queries: Any
) -> None:
    case = a_case(cast.samira, at)
    for day in range(others):
        a_case(cast.samira, at + timedelta(days=day), safe_contact=SHELTER)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        known = read(cast, case)
        reaching(known)
        with django_assert_num_queries(1):
            reaching(known)


def test_the_other_caf_is_told_what_another_request_said(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    a_case(cast.samira, at, safe_contact=SHELTER)
    parcel = packed(case, cast, at + LATER)
    there = taken_in(parcel, cast, at + LATER)
    assert there is not None
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert address_of(read(cast, there))[1:] == ("BP 12", "75010 Paris")
        assert reaching(read(cast, there)).is_secret
