"""The database alone: a file joined to a draft is read by whoever writes the draft, until it is sent."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions as casework
from mediane.documents.models import Document, State
from mediane.jobs import tasks
from mediane.kit import rowsecurity
from mediane.kit.rowsecurity import Context, acting, person, staff
from mediane.mandates.models import Mandate
from mediane.referrals import actions as referrals
from mediane.referrals.models import Referral, ReferralDocument
from tests.cast import Cast
from tests.mandates.stories import MAUD, PAPER, given
from tests.stories import PLAIN, a_draft


class FindsNothing:
    """A scanner that has read the file."""

    def is_clean(self, data: bytes) -> bool:
        return bool(data)


def seen(context: Context) -> tuple[int, int]:
    with rowsecurity.working_for(context):
        return Document.objects.count(), ReferralDocument.objects.count()


def hers(cast: Cast, at: datetime) -> tuple[Referral, Document]:
    draft = a_draft(cast.samira, at)
    with rowsecurity.working_for(person(cast.samira.pk)):
        name, data = PAPER
        by = cast.samira.as_actor()
        return draft, referrals.join(draft=draft, name=name, data=data, by=by, at=at)


def theirs(mandate: Mandate, cast: Cast, at: datetime) -> Referral:
    """Written under a mandate, with a file."""
    with rowsecurity.working_for(acting(mandate.pk)):
        draft = referrals.start_or_resume(of=cast.samira, at=at, under=mandate)
        referrals.save(draft=draft, at=at, **PLAIN)
        name, data = PAPER
        referrals.join(draft=draft, name=name, data=data, by=mandate.as_actor(), at=at)
    return draft


def test_only_the_person_reads_the_files_of_her_draft(cast: Cast, at: datetime) -> None:
    hers(cast, at)
    mandate = given(cast.samira, at)
    assert seen(person(cast.samira.pk)) == (1, 1)
    for context in (staff(cast.paris.pk), staff(cast.tarn.pk), acting(mandate.pk), person(cast.lucette.pk)):
        assert seen(context) == (0, 0), context


def test_only_whoever_writes_it_for_her_reads_the_files_of_theirs(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    other = given(cast.samira, at, to=replace(MAUD, name="Ines Garrigues"))
    theirs(mandate, cast, at)
    assert seen(acting(mandate.pk)) == (1, 1)
    for context in (staff(cast.paris.pk), acting(other.pk), person(cast.samira.pk)):
        assert seen(context) == (0, 0), context


def test_once_sent_everybody_of_the_request_reads_them(cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    draft = theirs(mandate, cast, at)
    with rowsecurity.working_for(acting(mandate.pk)):
        casework.receive(draft=draft, by=mandate.as_actor(), at=at)
    for context in (staff(cast.paris.pk), acting(mandate.pk), person(cast.samira.pk)):
        assert seen(context) == (1, 1), context
    assert seen(staff(cast.tarn.pk)) == (0, 0)


@pytest.mark.parametrize("who", ["staff", "mandate"])
def test_nobody_else_takes_them_away_nor_says_they_are_clean(cast: Cast, at: datetime, who: str) -> None:
    hers(cast, at)
    context = staff(cast.paris.pk) if who == "staff" else acting(given(cast.samira, at).pk)
    with rowsecurity.working_for(context), connection.cursor() as cursor:
        for query in ("DELETE FROM documents_document", "UPDATE documents_document SET state = 'REFUSED'"):
            cursor.execute(query)
            assert cursor.rowcount == 0, query


def test_nobody_joins_a_file_of_somebody_else(cast: Cast, at: datetime) -> None:
    _, document = hers(cast, at)
    draft = a_draft(cast.lucette, at)
    with rowsecurity.working_for(person(cast.lucette.pk)):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            referrals.join_copy(draft=draft, document=document)


def test_the_file_of_a_draft_is_scanned_and_read_by_nobody(
    cast: Cast, at: datetime, settings: LazySettings
) -> None:
    settings.SCANNER = f"{__name__}.FindsNothing"
    _, document = hers(cast, at)
    tasks.scan(organisation_id=cast.paris.pk, document_id=document.pk)
    with rowsecurity.working_for(person(cast.samira.pk)):
        document.refresh_from_db()
    assert document.state == State.CLEAN
    assert seen(staff(cast.paris.pk)) == (0, 0)
