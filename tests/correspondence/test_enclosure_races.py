"""Somebody joins a document while somebody else signs, approves, or joins another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.correspondence import actions
from mediane.correspondence.actions import Conclusion, Edit, Written
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.enclosures import enclosures_of
from mediane.correspondence.rules.enclosed import Ticked
from mediane.documents.models import Document
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.correspondence.test_races import fresh, together
from tests.letters import LETTER, TITLE, a_reply
from tests.pieces import a_document
from tests.stories import a_studied_case

LATER = timedelta(days=3)
DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))


@pytest.fixture
def case(committed: str, cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def draft(case: Case, cast: Cast, at: datetime) -> Letter:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return a_reply(cast.claire, at + LATER)


def joining(letter: Letter, document: Document, by: Actor, at: datetime) -> Callable[[], None]:
    edit = Edit(TITLE, LETTER, 2, base=Written(TITLE, LETTER), ticked=Ticked((document.public_id,), ()))
    return in_paris(letter, lambda mine: actions.save_reply(letter=mine, edit=edit, by=by, at=at))


def in_paris(letter: Letter, act: Callable[[Letter], Any]) -> Callable[[], None]:
    def run() -> None:
        with rowsecurity.working_for(rowsecurity.staff(letter.organisation_id)):
            act(fresh(letter))

    return run


def test_a_document_joined_while_somebody_signs_is_never_signed_unseen(
    case: Case, draft: Letter, cast: Cast, at: datetime
) -> None:
    lease, later = a_document(case, cast.samira, at), at + LATER

    def sign(mine: Letter) -> None:
        actions.sign_and_send(letter=mine, conclusion=DONE, seen_version=2, by=cast.claire, at=later)

    refused = together(joining(draft, lease, cast.nadia, later), in_paris(draft, sign))

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        stands = fresh(draft)
        pieces = enclosures_of(stands)
    assert len(refused) == 1
    if stands.signed_at:
        assert refused[0].startswith("Claire Vasseur a signé cette réponse")
        assert pieces == []
    else:
        assert refused[0].startswith("Nadia Pruvost a enregistré une autre version")
        assert [one.document_id for one in pieces] == [lease.pk]


def test_two_who_join_at_once_both_keep_theirs(case: Case, draft: Letter, cast: Cast, at: datetime) -> None:
    files = [a_document(case, cast.samira, at, name) for name in ("Bail.png", "Avis.png")]
    who = (cast.claire, cast.nadia)
    acts = [joining(draft, file, by, at + LATER) for file, by in zip(files, who, strict=True)]
    assert together(*acts) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        pieces = enclosures_of(fresh(draft))
    assert {one.document_id for one in pieces} == {file.pk for file in files}
    assert [one.rank for one in pieces] == [1, 2]


def test_a_document_joined_while_somebody_approves_is_not_approved(
    case: Case, draft: Letter, cast: Cast, at: datetime
) -> None:
    lease, later = a_document(case, cast.samira, at), at + LATER
    given: dict[str, Any] = {"seen_version": 2, "approves": True, "remarks": ""}

    def approve(mine: Letter) -> None:
        actions.read_over(letter=mine, **given, by=cast.nadia, at=later)

    together(joining(draft, lease, cast.claire, later), in_paris(draft, approve))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert fresh(draft).unread_by == {str(cast.claire.id): "Claire Vasseur"}
