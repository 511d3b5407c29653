"""Giving, registering and ending mandates; who may."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mediane.journal.models import Entry
from mediane.kit import rowsecurity
from mediane.mandates import actions
from mediane.mandates.actions import AlreadyOver, NotAgreed
from mediane.mandates.models import Mandate, Scope
from mediane.mandates.queries import contact_of, mandates_of
from tests.cast import Cast
from tests.mandates.stories import MAUD, given, protected, terms


def test_a_person_gives_a_mandate_and_the_journal_says_so(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert [one.public_id for one in mandates_of(cast.samira.pk)] == [mandate.public_id]
        line = Entry.objects.get(verb="give_mandate")
        assert (line.actor_name, line.subject) == ("Samira Belkacem", str(mandate.public_id))
        assert contact_of(mandate.representative)["email"] == MAUD.email


def test_two_clicks_give_one_mandate(cast: Cast, at: datetime) -> None:
    given(cast.samira, at)
    with pytest.raises(NotAgreed, match="peut déjà agir"):
        given(cast.samira, at)


def test_a_mandate_is_given_again_once_taken_back(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        actions.revoke(mandate=mandate, by=cast.samira.as_actor(), at=at)
    again = given(cast.samira, at)
    assert again.representative_id == mandate.representative_id


def test_a_mandate_ends_once(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.revoke(mandate=mandate, by=cast.nadia, at=at)
        with pytest.raises(AlreadyOver, match="a déjà pris fin le 9"):
            actions.revoke(mandate=mandate, by=cast.claire, at=at + timedelta(days=1))
        mandate.refresh_from_db()
        assert mandate.revoked_by == "Nadia Pruvost"


def test_nobody_gives_for_somebody_else(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    for by in (cast.lucette.as_actor(), mandate.as_actor(), cast.claire):
        with pytest.raises(PermissionDenied):
            actions.give(of=cast.samira, terms=terms(), by=by, at=at)


def test_a_protection_is_registered_by_the_service_with_its_judgment(cast: Cast, at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        given(cast.lucette, at, scope=Scope.PROTECTION)
    mandate = protected(cast.lucette, cast.claire, at)
    assert mandate.judged_on == date(2025, 3, 12)
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        # She knows of it; the judgment itself is the service's to open, and only a judge ends it.
        shown = mandates_of(cast.lucette.pk)[0]
        assert shown.proof_id
        assert shown.proof is None
        with pytest.raises(PermissionDenied):
            actions.revoke(mandate=shown, by=cast.lucette.as_actor(), at=at)
    with pytest.raises(PermissionDenied):
        actions.revoke(mandate=mandate, by=mandate.as_actor(), at=at)


def test_another_caf_registers_nothing_and_ends_nothing(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert not mandates_of(cast.samira.pk).exists()
        with pytest.raises(PermissionDenied):
            actions.revoke(mandate=mandate, by=cast.remi, at=at)
        with pytest.raises(PermissionDenied):
            actions.register(of=cast.samira, terms=terms(), proof=("a.pdf", b""), by=cast.remi, at=at)


def test_without_an_address_nobody_signs_in_as_them(cast: Cast, at: datetime) -> None:
    given(cast.samira, at, to=type(MAUD)(kind="RELATIVE", name="Yanis Belkacem", email=""))
    given(cast.lucette, at, to=type(MAUD)(kind="RELATIVE", name="Yanis Belkacem", email=""))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        accounts = {mandate.representative.account for mandate in Mandate.objects.all()}
        assert len(accounts) == 2
