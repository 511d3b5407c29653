"""Two people, or two jobs, at the same moment."""

from datetime import date, datetime
from uuid import uuid4

from django.core import mail

from mediane.attendance.actions import absences, notices
from mediane.attendance.actions.presence import be_here
from mediane.attendance.models import Absence, NoticeWish, Presence
from mediane.attendance.states import USUAL, Doing
from mediane.casework import actions as casework
from mediane.kit import rowsecurity
from tests.attendance.away import away, of
from tests.attendance.test_notices import MORNING, answers
from tests.cast import Cast
from tests.findings.test_races import together
from tests.stories import a_studied_case

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 20)


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


def test_of_two_absences_on_one_day_one_is_kept(committed: str, cast: Cast, at: datetime) -> None:
    said = of(cast.nadia, None, FIRST, LAST)
    (refused,) = together(
        cast.nadia,
        lambda: absences.declare(said=said, by=cast.nadia, at=at),
        lambda: absences.declare(said=said, by=cast.claire, at=at),
    )
    assert "est déjà en absence du 16" in refused
    with in_paris(cast):
        assert Absence.objects.count() == 1


def test_who_leaves_while_chosen_to_replace_is_told_on_one_side(
    committed: str, cast: Cast, at: datetime
) -> None:
    """Whoever comes second sees what the first did: both never miss it."""
    covered, leaving = of(cast.nadia, cast.amine, FIRST, LAST), of(cast.amine, None, FIRST, LAST)
    refused = together(
        cast.nadia,
        lambda: absences.declare(said=covered, by=cast.nadia, at=at),
        lambda: absences.declare(said=leaving, by=cast.amine, at=at),
    )
    with in_paris(cast):
        assert Absence.objects.count() == 2 - len(refused)
    assert all("pendant tous ces jours" in sentence for sentence in refused)


def test_a_page_sent_twice_at_once_declares_once(committed: str, cast: Cast, at: datetime) -> None:
    said, key = of(cast.nadia, cast.amine, FIRST, LAST), uuid4()

    def send() -> Absence:
        return absences.declare(said=said, by=cast.nadia, at=at, entry_key=key)

    assert together(cast.nadia, send, send) == []
    with in_paris(cast):
        assert Absence.objects.count() == 1


def test_a_change_and_an_end_meet(committed: str, cast: Cast, at: datetime) -> None:
    absence = away(cast.nadia, cast.amine, FIRST, LAST, at)
    with in_paris(cast):
        same = Absence.objects.get(pk=absence.pk)
    longer = of(cast.nadia, cast.amine, FIRST, date(2026, 11, 27))
    (refused,) = together(
        cast.nadia,
        lambda: absences.change(absence=absence, said=longer, seen_version=1, by=cast.nadia, at=at),
        lambda: absences.end(absence=same, seen_version=1, by=cast.claire, at=at),
    )
    assert "Une autre personne" in refused


def test_two_jobs_write_one_digest(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    answers(case, cast, at)
    mail.outbox = []

    def write() -> int:
        return notices.digest(caf=cast.paris, member=cast.nadia.id, at=MORNING)

    assert together(cast.nadia, write, write) == []
    assert len(mail.outbox) == 1


def test_an_assignment_and_the_digest_of_the_one_who_had_the_case(
    committed: str, cast: Cast, at: datetime
) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    answers(case, cast, at)
    mail.outbox = []

    def give() -> None:
        casework.assign(case=case, to=NoticeWish(member_id=cast.amine.id).member, by=cast.claire, at=MORNING)

    def write() -> None:
        for member in (cast.nadia.id, cast.amine.id):
            notices.digest(caf=cast.paris, member=member, at=MORNING)

    assert together(cast.nadia, give, write) == []
    assert len(mail.outbox) == 1


def test_choices_made_on_two_pages_at_once(committed: str, cast: Cast, at: datetime) -> None:
    def choose() -> NoticeWish:
        return notices.choose(chosen=USUAL, quiet=(), seen_version=0, by=cast.nadia, at=at)

    (refused,) = together(cast.nadia, choose, choose)
    assert "ont changé sur une autre page" in refused


def test_ten_pages_tell_of_themselves_at_once(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    pages = [uuid4() for _ in range(5)] * 2

    def pulse(page):
        return lambda: be_here(case_id=case.pk, page=page, doing=Doing.READING, by=cast.nadia, at=at)

    assert together(cast.nadia, *map(pulse, pages)) == []
    with in_paris(cast):
        assert Presence.objects.count() == 5
