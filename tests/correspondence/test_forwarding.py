"""What the body that decides reads of how to reach the person."""

from datetime import date, datetime

import pytest

from mediane.casework import actions as casework
from mediane.correspondence.queries import forwarding_of, forwarding_sheet
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.stories import a_studied_case

ACCOUNT = {
    "postal_address": "1 rue du Compte\n75001 Paris",
    "phone": "06 39 98 00 01",
    "email": "c@exemple.fr",
}


@pytest.mark.parametrize(
    ("safe", "contact"),
    [
        ({}, ("1 rue du Compte, 75001 Paris", "06 39 98 00 01", "c@exemple.fr")),
        (
            {"phone": "06 39 98 41 27", "hours": "Le matin"},
            ("1 rue du Compte, 75001 Paris", "06 39 98 41 27", "c@exemple.fr", "Le matin"),
        ),
        (
            {"email": "sur@exemple.fr", "caution": "Mon adresse doit rester secrète"},
            ("sur@exemple.fr", "Mon adresse doit rester secrète"),
        ),
        ({"caution": "Mon adresse doit rester secrète"}, ("Mon adresse doit rester secrète",)),
    ],
)
def test_what_was_said_safe_wins_field_by_field_and_a_secret_address_never_leaves(
    cast: Cast, at: datetime, safe: dict[str, str], contact: tuple[str, ...]
) -> None:
    with rowsecurity.working_for(rowsecurity.signin()):
        Beneficiary.objects.filter(pk=cast.samira.pk).update(**ACCOUNT)
    case = a_studied_case(cast.samira, cast.claire, at, safe_contact=safe)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.redirect(
            case=case,
            reason="OTHER_BODY",
            body="MDPH",
            agreed_on=date(2026, 11, 9),
            by=cast.nadia,
            at=at,
        )
        case = casework.consult(reference=case.reference, by=cast.nadia, at=at)
        prepared = forwarding_of(case)
        assert prepared is not None
        assert forwarding_sheet(case, prepared).contact == contact
