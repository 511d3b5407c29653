"""A letter leaves for the address its signer saw, and shows no other for ever after."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from mediane.casework.states import Outcome
from mediane.correspondence import actions, queries
from mediane.correspondence.actions import AddressChanged, Conclusion
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.sheets import address_of, mark_of
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.letters import a_reply
from tests.stories import a_studied_case

DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))
OTHER = "5 allée des Tilleuls\n75012 Paris"


@pytest.fixture
def later(cast: Cast, at: datetime):
    a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield at + timedelta(days=2)


@pytest.fixture
def draft(cast: Cast, later: datetime) -> Letter:
    return a_reply(cast.claire, later)


def sign(letter: Letter, seen: str, cast: Cast, at: datetime) -> None:
    actions.sign_and_send(
        letter=letter, conclusion=DONE, seen_version=2, seen_address=seen, by=cast.claire, at=at
    )


def moves(cast: Cast) -> None:
    Beneficiary.objects.filter(pk=cast.samira.pk).update(postal_address=OTHER)


def fresh(letter: Letter) -> Letter:
    return Letter.objects.select_related("case__beneficiary", "case__organisation", "case__key").get(
        pk=letter.pk
    )


def test_an_address_that_changed_since_it_was_shown_stops_the_signature(
    cast: Cast, draft: Letter, later: datetime
) -> None:
    seen = mark_of(address_of(draft.case))
    moves(cast)
    letter = fresh(draft)
    with pytest.raises(AddressChanged, match="5 allée des Tilleuls, 75012 Paris"):
        sign(letter, seen, cast, later)
    assert Letter.objects.get(pk=draft.pk).signed_at is None
    sign(letter, mark_of(address_of(letter.case)), cast, later)
    assert queries.sheet_of(letter).address[1] == "5 allée des Tilleuls"


def test_a_signed_letter_keeps_its_address_whoever_moves(cast: Cast, draft: Letter, later: datetime) -> None:
    sign(draft, mark_of(address_of(draft.case)), cast, later)
    moves(cast)
    assert address_of(fresh(draft).case)[1] == "5 allée des Tilleuls"
    assert queries.sheet_of(fresh(draft)).address[1] == "18 rue des Envierges"
    assert b"Envierges" not in bytes(fresh(draft).letterhead)


@pytest.mark.parametrize(
    "change",
    [
        "letterhead = '\\x00'",
        "chosen = '{\"1\": {}}'",
        "edited_in = gen_random_uuid()",
        'unread_by = \'{"1": "x"}\'',
        "version = version + 1",
        "saved_by = 'autre'",
        "saved_at = now()",
        "alone_since = 7",
        "organisation_id = organisation_id + 1",
    ],
)
def test_nothing_of_a_signed_letter_changes_for_the_service_either(
    cast: Cast, draft: Letter, later: datetime, change: str
) -> None:
    sign(draft, mark_of(address_of(draft.case)), cast, later)
    with (
        pytest.raises(IntegrityError, match="it never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE correspondence_letter SET {change} WHERE id = %s", [draft.pk])


def test_of_a_signed_letter_delivery_is_written_once(cast: Cast, draft: Letter, later: datetime) -> None:
    sign(draft, mark_of(address_of(draft.case)), cast, later)
    assert actions.make_pdf(letter=fresh(draft), at=later)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        actions.open_letter(letter=fresh(draft), by=cast.samira.as_actor(), at=later)
    kept = fresh(draft)
    assert kept.pdf
    assert kept.read_at == later
