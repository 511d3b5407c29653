"""Every word read by somebody else than who wrote it, while the service wants it."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mediane.casework.states import Outcome
from mediane.correspondence import actions
from mediane.correspondence.actions import (
    Conclusion,
    Edit,
    NothingToRead,
    NotRead,
    OwnWords,
    ReadingInThePast,
    SavedMeanwhile,
)
from mediane.correspondence.models import Letter
from mediane.correspondence.queries.readings import is_reading_wanted, readings_of, to_read
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.letters import LETTER, TITLE, a_reply
from tests.stories import a_studied_case

DONE = Conclusion(Outcome.REVISED, "ASSESSMENT_ERROR", ("DELAY",))


@pytest.fixture
def later(cast: Cast, at: datetime):
    case = a_studied_case(cast.samira, cast.claire, at)
    assert case.is_open
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield at + timedelta(days=2)


@pytest.fixture
def draft(cast: Cast, later: datetime) -> Letter:
    """Written by Claire, who is the one to sign, in a service that wants a second reading."""
    actions.choose_reading(
        organisation=cast.paris, is_wanted=True, effective_from=later.date(), by=cast.claire, at=later
    )
    return a_reply(cast.claire, later)


def write(letter: Letter, body: str, by: Actor, at: datetime) -> None:
    edit = Edit(TITLE, body, letter.version)
    actions.save_reply(letter=letter, edit=edit, by=by, at=at)


def read(letter: Letter, by: Actor, at: datetime, *, approves: bool = True, remarks: str = "") -> None:
    actions.read_over(
        letter=letter, seen_version=letter.version, approves=approves, remarks=remarks, by=by, at=at
    )


def sign(letter: Letter, by: Actor, at: datetime) -> None:
    actions.sign_and_send(letter=letter, conclusion=DONE, seen_version=letter.version, by=by, at=at)


def test_words_that_nobody_else_read_are_not_signed(cast: Cast, draft: Letter, later: datetime) -> None:
    with pytest.raises(NotRead, match="ce qu’a écrit Claire Vasseur n’a pas été relu"):
        sign(draft, cast.claire, later)
    read(draft, cast.nadia, later)
    sign(draft, cast.claire, later)
    assert Letter.objects.get(pk=draft.pk).signed_by == "Claire Vasseur"


def test_one_does_not_read_ones_own_words_over(cast: Cast, draft: Letter, later: datetime) -> None:
    with pytest.raises(OwnWords, match="une autre personne doit le relire"):
        read(draft, cast.claire, later)


def test_words_changed_after_the_reading_want_another(cast: Cast, draft: Letter, later: datetime) -> None:
    read(draft, cast.nadia, later)
    write(draft, LETTER.replace("deux fois", "trois fois"), cast.claire, later)
    with pytest.raises(NotRead):
        sign(draft, cast.claire, later)


def test_a_text_saved_again_as_it_was_stays_read(cast: Cast, draft: Letter, later: datetime) -> None:
    read(draft, cast.nadia, later)
    write(draft, LETTER.replace("\n", "\r\n") + "\r\n", cast.claire, later)
    sign(draft, cast.claire, later)


def test_a_colleague_who_changes_a_word_has_not_read_the_rest(
    cast: Cast, draft: Letter, later: datetime
) -> None:
    write(draft, LETTER.replace("deux fois", "trois fois"), cast.nadia, later)
    with pytest.raises(NotRead, match="Claire Vasseur et Nadia Pruvost"):
        sign(draft, cast.claire, later)
    read(draft, cast.nadia, later)
    with pytest.raises(NotRead, match="ce qu’a écrit Nadia Pruvost"):
        sign(draft, cast.claire, later)
    read(draft, cast.claire, later)
    sign(draft, cast.claire, later)


def test_what_was_not_seen_is_not_approved(cast: Cast, draft: Letter, later: datetime) -> None:
    seen = draft.version
    write(draft, LETTER.replace("deux fois", "trois fois"), cast.claire, later)
    with pytest.raises(SavedMeanwhile, match="Relisez-la"):
        actions.read_over(letter=draft, seen_version=seen, approves=True, remarks="", by=cast.nadia, at=later)


def test_sent_back_with_remarks_it_still_waits(cast: Cast, draft: Letter, later: datetime) -> None:
    actions.ask_reading(letter=draft, seen_version=draft.version, by=cast.claire, at=later)
    assert to_read(cast.paris.pk) == [draft]
    read(draft, cast.nadia, later, approves=False, remarks="Dites aussi le mois.")
    assert to_read(cast.paris.pk) == []
    assert [(one.remarks, one.reading.approves) for one in readings_of(draft)] == [
        ("Dites aussi le mois.", False)
    ]
    with pytest.raises(NotRead):
        sign(draft, cast.claire, later)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM correspondence_secondreading WHERE sealed LIKE '%mois%'")
        assert cursor.fetchone() == (0,)


def test_nothing_is_asked_twice_of_what_was_read(cast: Cast, draft: Letter, later: datetime) -> None:
    read(draft, cast.nadia, later)
    with pytest.raises(NothingToRead):
        read(draft, cast.amine, later)
    with pytest.raises(NothingToRead):
        actions.ask_reading(letter=draft, seen_version=draft.version, by=cast.claire, at=later)


def test_the_choice_is_the_mediators_and_holds_from_its_day(cast: Cast, later: datetime) -> None:
    caf, day = cast.paris, later.date()
    for who, when, refused in (
        (cast.nadia, day, PermissionDenied),
        (cast.remi, day, PermissionDenied),
        (cast.claire, day - timedelta(1), ReadingInThePast),
    ):
        with pytest.raises(refused):
            actions.choose_reading(organisation=caf, is_wanted=True, effective_from=when, by=who, at=later)
    for wanted, when in ((True, day), (False, day + timedelta(30)), (True, day), (True, day)):
        actions.choose_reading(
            organisation=caf, is_wanted=wanted, effective_from=when, by=cast.claire, at=later
        )
    days = [timedelta(-1), timedelta(), timedelta(29), timedelta(30)]
    assert [is_reading_wanted(caf.pk, day + more) for more in days] == [False, True, True, False]


def test_a_service_that_wants_none_signs_what_nobody_read(cast: Cast, draft: Letter, later: datetime) -> None:
    actions.choose_reading(
        organisation=cast.paris, is_wanted=False, effective_from=later.date(), by=cast.claire, at=later
    )
    sign(draft, cast.claire, later)


def test_a_reading_stays_with_the_letter_once_signed(cast: Cast, draft: Letter, later: datetime) -> None:
    read(draft, cast.nadia, later)
    sign(draft, cast.claire, later)
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM correspondence_secondreading")


def test_a_draft_thrown_away_takes_its_readings_along(cast: Cast, draft: Letter, later: datetime) -> None:
    read(draft, cast.nadia, later)
    actions.discard_reply(letter=draft, seen_version=draft.version, by=cast.claire, at=later)
    assert not Letter.objects.exists()


def test_what_goes_with_the_letter_is_read_again(cast: Cast, draft: Letter, later: datetime) -> None:
    read(draft, cast.nadia, later)
    actions.join_explanation(letter=draft, joined=None, seen_version=draft.version, by=cast.claire, at=later)
    with pytest.raises(NotRead, match="Claire Vasseur"):
        sign(draft, cast.claire, later)
    read(draft, cast.nadia, later)
    sign(draft, cast.claire, later)
