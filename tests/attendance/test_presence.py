"""Who is on a case just now: said for forty-five seconds, to the service of the Caf alone."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from mediane.attendance.actions.presence import be_here, case_number, leave
from mediane.attendance.models import Presence
from mediane.attendance.states import Doing
from mediane.casework.models import Case
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case

SECOND = timedelta(seconds=1)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_case(cast.samira, at)


def here(
    case: Case, by: Actor, at: datetime, doing: Doing = Doing.NOTE, page: UUID | None = None
) -> list[str]:
    return be_here(case_id=case.pk, page=page or uuid4(), doing=doing, by=by, at=at)


def test_each_sees_the_others_and_not_oneself(cast: Cast, at: datetime, case: Case) -> None:
    with in_paris(cast):
        assert here(case, cast.nadia, at) == []
        assert here(case, cast.nadia, at, Doing.READING) == []  # another tab of hers
        assert here(case, cast.claire, at) == ["Nadia Pruvost écrit ici."]
        assert here(case, cast.amine, at, Doing.READING) == [
            "Claire Vasseur écrit une note.",
            "Nadia Pruvost écrit une note.",
        ]


def test_it_is_forgotten_within_the_minute_and_swept(cast: Cast, at: datetime, case: Case) -> None:
    page = uuid4()
    with in_paris(cast):
        here(case, cast.nadia, at, page=page)
        assert here(case, cast.claire, at + 45 * SECOND) != []
        here(case, cast.nadia, at + 40 * SECOND, page=page)
        assert here(case, cast.amine, at + 85 * SECOND) != []
        assert here(case, cast.claire, at + 200 * SECOND) == []
        assert Presence.objects.count() == 1


def test_leaving_says_so_at_once_for_ones_own_page_alone(cast: Cast, at: datetime, case: Case) -> None:
    page = uuid4()
    with in_paris(cast):
        here(case, cast.nadia, at, page=page)
        leave(page=page, by=cast.claire)
        here(case, cast.claire, at + SECOND, page=page)  # nobody takes the page of another
        assert here(case, cast.amine, at + SECOND) == ["Nadia Pruvost écrit ici."]
        leave(page=page, by=cast.nadia)
        assert here(case, cast.amine, at + 2 * SECOND) == []


def test_another_case_and_another_caf_know_nothing(cast: Cast, at: datetime, case: Case) -> None:
    other, page = a_case(cast.lucette, at), uuid4()
    with in_paris(cast):
        here(case, cast.nadia, at, page=page)
        assert here(other, cast.claire, at) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert case_number(case.reference, cast.remi) is None
        assert here(a_case(cast.awa, at), cast.remi, at, page=page) == []
        assert Presence.objects.count() == 1


def test_no_line_of_journal_is_written(cast: Cast, at: datetime, case: Case) -> None:
    with in_paris(cast):
        before = Entry.objects.count()
        here(case, cast.nadia, at)
        assert Entry.objects.count() == before
