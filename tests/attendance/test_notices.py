"""What the service is told by e-mail: at once, in the morning, or never; once, and to whoever is there."""

from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from mediane.attendance.actions import notices
from mediane.attendance.actions.notices import WishesChanged
from mediane.attendance.models import NoticeWish, StaffNotice
from mediane.attendance.states import USUAL, How, Topic
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.attendance.away import away
from tests.cast import Cast
from tests.stories import a_studied_case

MINUTE = timedelta(minutes=1)
# Tuesday 10 November 2026, 7 h 5 in Paris; the next day is a public holiday.
MORNING = datetime.fromisoformat("2026-11-10T06:05:00+00:00")


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    """Followed by Nadia since Thursday; nothing of it is due soon."""
    return a_studied_case(cast.samira, cast.nadia, at - timedelta(days=5))


def answers(case: Case, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        casework.write_to_service(case=case, body="Voici ma réponse", by=cast.samira.as_actor(), at=at)


def wishing(who: Actor, at: datetime, quiet: tuple[int, ...] = (), **differs: Any) -> NoticeWish:
    chosen = {**USUAL} | {Topic(name): how for name, how in differs.items()}
    with rowsecurity.working_for(rowsecurity.staff(who.organisation_id)):
        known = NoticeWish.objects.filter(member=who.id).values_list("version", flat=True).first()
        return notices.choose(chosen=chosen, quiet=quiet, seen_version=known or 0, by=who, at=at)


def morning(cast: Cast, at: datetime = MORNING) -> list[EmailMessage]:
    """What leaves when the digests of Paris are written."""
    before = len(mail.outbox)
    with in_paris(cast):
        for member in notices.to_digest(cast.paris, at=at):
            notices.digest(caf=cast.paris, member=member, at=at)
    return mail.outbox[before:]


def now(cast: Cast, at: datetime) -> list[EmailMessage]:
    before = len(mail.outbox)
    with in_paris(cast):
        for member in notices.to_tell_now(cast.paris, at=at):
            notices.tell_now(caf=cast.paris, member=member, at=at)
    return mail.outbox[before:]


def test_the_digest_says_numbers_and_references_and_nothing_else(
    cast: Cast, at: datetime, case: Case
) -> None:
    answers(case, cast, at)
    answers(case, cast, at + MINUTE)
    (message,) = morning(cast)
    assert message.to == ["nadia@caf.exemple"]
    assert f"Réponses reçues\u00a0: 1 ({case.reference})" in message.body
    for word in ("Belkacem", "Samira", "Voici", "APL"):
        assert word not in message.body + message.subject


def test_it_leaves_once_a_day_and_not_when_there_is_nothing(cast: Cast, at: datetime, case: Case) -> None:
    assert morning(cast) == []
    answers(case, cast, MORNING - timedelta(hours=2))
    assert morning(cast, MORNING + timedelta(hours=1)) == []  # looked after already, empty as it was
    thursday = MORNING + timedelta(days=2)
    assert len(morning(cast, thursday)) == 1
    assert morning(cast, thursday + MINUTE) == []
    assert morning(cast, thursday + timedelta(days=1)) == []


def test_what_comes_after_the_morning_is_for_the_next_one(cast: Cast, case: Case) -> None:
    answers(case, cast, MORNING - MINUTE)  # 7 h 4: after the hour of the digest
    assert morning(cast) == []
    assert len(morning(cast, MORNING + timedelta(days=2))) == 1


@pytest.mark.parametrize(
    "moment",
    [
        "2026-11-10T05:59:00+00:00",  # 6 h 59 in Paris
        "2026-11-10T11:00:00+00:00",  # noon
        "2026-11-11T06:05:00+00:00",  # public holiday
        "2026-11-14T06:05:00+00:00",  # Saturday
    ],
)
def test_nothing_leaves_at_another_hour(cast: Cast, at: datetime, case: Case, moment: str) -> None:
    answers(case, cast, at)
    assert morning(cast, datetime.fromisoformat(moment)) == []


def test_a_quiet_day_waits_for_the_next(cast: Cast, at: datetime, case: Case) -> None:
    wishing(cast.nadia, at, quiet=(1,), answered=How.AT_ONCE)
    answers(case, cast, MORNING)
    assert morning(cast) == now(cast, MORNING + timedelta(hours=2)) == []
    assert len(morning(cast, MORNING + timedelta(days=2))) == 1


def test_at_once_is_grouped_within_ten_minutes(cast: Cast, at: datetime, case: Case) -> None:
    wishing(cast.nadia, at, answered=How.AT_ONCE)
    answers(case, cast, at)
    assert len(now(cast, at + MINUTE)) == 1
    other = a_studied_case(cast.lucette, cast.nadia, at - timedelta(days=5))
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        casework.write_to_service(case=other, body="Bonjour", by=cast.lucette.as_actor(), at=at + 3 * MINUTE)
    answers(case, cast, at + 5 * MINUTE)
    assert now(cast, at + 6 * MINUTE) == []
    (later,) = now(cast, at + 12 * MINUTE)
    assert case.reference in later.body
    assert other.reference in later.body
    assert now(cast, at + 30 * MINUTE) == morning(cast) == []


def test_who_asked_for_nothing_gets_nothing_then_or_later(cast: Cast, at: datetime, case: Case) -> None:
    wishing(cast.nadia, at, answered=How.NEVER)
    answers(case, cast, at)
    assert morning(cast) == []
    wishing(cast.nadia, MORNING + MINUTE, answered=How.DIGEST)
    assert morning(cast, MORNING + timedelta(days=2)) == []


def test_a_case_given_is_told_unless_one_gave_it_to_oneself(cast: Cast, at: datetime, case: Case) -> None:
    with in_paris(cast):
        casework.assign(case=case, to=_user(cast.amine), by=cast.claire, at=at)
    (message,) = morning(cast)
    assert message.to == ["amine@caf.exemple"]
    assert f"Dossiers attribués\u00a0: 1 ({case.reference})" in message.body
    with in_paris(cast):
        casework.assign(case=case, to=_user(cast.claire), by=cast.claire, at=MORNING)
    assert morning(cast, MORNING + timedelta(days=2)) == []


def _user(actor: Actor):
    return NoticeWish(member_id=actor.id).member


def test_a_date_within_two_working_days_is_told_once(cast: Cast, case: Case) -> None:
    with in_paris(cast):
        Case.objects.filter(pk=case.pk).update(due_on=date(2026, 11, 16))
    friday = MORNING + timedelta(days=3)
    assert morning(cast, MORNING + timedelta(days=2)) != []  # Thursday: Friday, then Monday
    assert morning(cast, friday) == []
    assert "Échéances proches\u00a0: 1" in mail.outbox[-1].body


def test_while_one_is_away_the_cover_is_told_and_nobody_twice(cast: Cast, at: datetime, case: Case) -> None:
    wishing(cast.amine, at, cover=How.NEVER)
    away(cast.nadia, cast.amine, date(2026, 11, 9), date(2026, 11, 10), at)
    answers(case, cast, at)
    (message,) = morning(cast)
    assert message.to == ["amine@caf.exemple"]
    assert "une personne absente, que vous remplacez" in message.body
    assert morning(cast, MORNING + timedelta(days=2)) == []


def test_without_a_cover_it_waits_for_the_return(cast: Cast, at: datetime, case: Case) -> None:
    away(cast.nadia, None, date(2026, 11, 9), date(2026, 11, 10), at)
    answers(case, cast, at)
    assert morning(cast) == []
    (message,) = morning(cast, MORNING + timedelta(days=2))
    assert message.to == ["nadia@caf.exemple"]


def test_the_cover_is_told_at_once_and_again_when_the_days_change(cast: Cast, at: datetime) -> None:
    absence = away(cast.nadia, cast.amine, date(2026, 11, 16), date(2026, 11, 20), at)
    (message,) = now(cast, at + MINUTE)
    assert message.to == ["amine@caf.exemple"]
    assert "Remplacements confiés\u00a0: 1" in message.body
    assert now(cast, at + 30 * MINUTE) == []
    with in_paris(cast):
        type(absence).objects.filter(pk=absence.pk).update(last_on=date(2026, 11, 23))
    assert len(now(cast, at + 40 * MINUTE)) == 1


def test_a_mail_that_does_not_leave_is_not_noted(
    cast: Cast, at: datetime, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(case, cast, at)

    def refuse(_self: EmailMessage) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.EmailMessage.send", refuse)
        with pytest.raises(ConnectionRefusedError):
            morning(cast)
    with in_paris(cast):
        assert not StaffNotice.objects.filter(member=cast.nadia.id).exists()
    assert len(morning(cast)) == 1


def test_choices_are_ones_own_and_the_second_page_is_told(cast: Cast, at: datetime) -> None:
    wishing(cast.nadia, at, quiet=(4, 2, 2), answered=How.NEVER, deadline=How.AT_ONCE)
    with in_paris(cast):
        wish = NoticeWish.objects.get()
        assert (wish.quiet_days, wish.how(Topic.ANSWERED)) == ([2, 4], How.NEVER)
        assert wish.how(Topic.DEADLINE) == How.DIGEST  # a date comes near in the morning
        with pytest.raises(WishesChanged):
            notices.choose(chosen=USUAL, quiet=(), seen_version=0, by=cast.nadia, at=at)
        with pytest.raises(PermissionDenied):
            notices.choose(chosen=USUAL, quiet=(), seen_version=0, by=cast.agnes, at=at)
