"""What is said by itself: once a rung, at hours of work, of what is still awaited."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from mediane.casework import actions as casework
from mediane.casework.models import Step
from mediane.casework.states import Act, Outcome, WhyTransferred
from mediane.consultations import actions
from mediane.consultations.models import Chase, Consultation
from mediane.consultations.queries.chasing import to_chase, to_follow
from mediane.consultations.states import Word
from mediane.journal.rules import system
from mediane.kit import rowsecurity
from mediane.notifications.actions import tell_contact
from mediane.notifications.queries import readers_of
from mediane.notifications.rules import Kind
from tests.cast import Cast
from tests.consultations.stories import DUE, a_consultation, answered, known

# 10 h in Paris, on the days that matter for an answer due on 25 November 2026.
REMINDED, LATE, ESCALATED = (datetime(2026, 11, day, 9, 0, tzinfo=UTC) for day in (23, 26, 30))
SUNDAY, NIGHT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC), datetime(2026, 11, 26, 22, 0, tzinfo=UTC)


@pytest.fixture
def desk(cast: Cast) -> rowsecurity.Context:
    return rowsecurity.staff(cast.paris.pk)


def chased(cast: Cast, at: datetime) -> list[Chase | None]:
    """What the periodic job does for Paris."""
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        waiting = Consultation.objects.filter(pk__in=to_chase(cast.paris, at=at))
        return [actions.chase(consultation=one, by=system(cast.paris.pk), at=at) for one in waiting]


def words(one: Consultation) -> list[str]:
    with rowsecurity.working_for(rowsecurity.staff(one.organisation_id)):
        return [chase.word for chase in known(one).chases.order_by("pk")]


def test_each_rung_is_said_once(cast: Cast, at: datetime) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    for moment in (REMINDED, REMINDED, LATE, LATE + timedelta(hours=1), ESCALATED, ESCALATED):
        chased(cast, moment)
    assert words(one) == [Word.ASKED, Word.REMINDER, Word.OVERDUE, Word.ESCALATION]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        steps = Step.objects.filter(act__in=(Act.REMIND_SERVICE, Act.CHASE_SERVICE)).order_by("pk")
        assert [step.by_name for step in steps] == ["Médiane"] * 3


def test_a_rung_found_twice_is_said_once(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(desk):
        stale = known(one)
        assert actions.chase(consultation=known(one), by=system(cast.paris.pk), at=LATE) is not None
        assert actions.chase(consultation=stale, by=system(cast.paris.pk), at=LATE) is None


def test_nothing_is_said_at_night_nor_on_a_sunday(cast: Cast, at: datetime) -> None:
    a_consultation(cast.samira, cast.claire, at)
    assert chased(cast, SUNDAY) == []
    assert chased(cast, NIGHT) == []


def test_the_day_is_that_of_paris(cast: Cast, at: datetime) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    # 23 h 30 on the due date in Paris is still the due date; half past midnight is the next day.
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        before = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)
        told = actions.chase(consultation=known(one), by=system(cast.paris.pk), at=before)
        assert told is not None
        assert told.word == Word.REMINDER
        after = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
        told = actions.chase(consultation=known(one), by=system(cast.paris.pk), at=after)
        assert told is not None
        assert told.word == Word.OVERDUE


def test_answered_or_called_off_nothing_is_said(cast: Cast, at: datetime, desk) -> None:
    first = a_consultation(cast.samira, cast.claire, at)
    answered(first, cast.malik, at + timedelta(days=3))
    second = a_consultation(cast.lucette, cast.claire, at)
    with rowsecurity.working_for(desk):
        actions.call_off(consultation=known(second), by=cast.claire, at=at + timedelta(days=3))
    assert chased(cast, LATE) == []
    with rowsecurity.working_for(desk):
        assert actions.chase(consultation=known(first), by=system(cast.paris.pk), at=LATE) is None


def test_another_date_begins_the_ladder_again(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    chased(cast, LATE)
    with rowsecurity.working_for(desk):
        actions.change_due(consultation=known(one), due_on=date(2026, 12, 3), by=cast.claire, at=LATE)
    assert chased(cast, ESCALATED) == []
    chased(cast, datetime(2026, 12, 4, 9, tzinfo=UTC))
    assert words(one) == [Word.ASKED, Word.OVERDUE, Word.DUE_CHANGED, Word.OVERDUE]


def test_a_body_has_no_page_its_delay_is_written_down(cast: Cast, at: datetime) -> None:
    one = a_consultation(cast.samira, cast.claire, at, service="", body="MDPH")
    for moment in (REMINDED, LATE, ESCALATED):
        chased(cast, moment)
    assert words(one) == [Word.ASKED, Word.OVERDUE]


def test_a_closed_case_stops_the_ladder_and_the_service_is_told(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    case = known(one).case
    outcome = {"outcome": Outcome.UPHELD, "cause": "LATE_PROCESSING", "grounds": []}
    with rowsecurity.working_for(desk):
        casework.answer(case=case, **outcome, by=cast.claire, at=REMINDED)
    assert chased(cast, LATE) == []
    for _ in range(2):
        followed(cast, LATE)
    assert words(one) == [Word.ASKED, Word.STOPPED]
    with rowsecurity.working_for(desk):
        casework.reopen(case=case, because="Nouvelle pièce", by=cast.claire, at=LATE)
    assert chased(cast, LATE) == []
    for _ in range(2):
        followed(cast, LATE)
    assert words(one) == [Word.ASKED, Word.STOPPED, Word.AGAIN]
    # Ten working days again, from the day it went on.
    assert known(one).due_on == date(2026, 12, 10)


def followed(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for pk in to_follow(cast.paris.pk):
            actions.follow(consultation=Consultation.objects.get(pk=pk), by=system(cast.paris.pk), at=at)


def test_the_mail_says_nothing_of_whom_nor_of_what(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at, is_named=True)
    with rowsecurity.working_for(desk):
        chase = Chase.objects.select_related("consultation").get()
        (malik,) = readers_of(chase)
        assert tell_contact(chase=chase, contact=malik, at=at) is Kind.SERVICE
        assert tell_contact(chase=chase, contact=malik, at=at) is Kind.NONE
    (sent,) = mail.outbox
    assert sent.to == ["malik@caf.exemple"]
    assert f"/services/{one.public_id}/" in sent.body
    assert "25\u00a0novembre\u00a02026" in sent.body
    for secret in ("Belkacem", "4817263", "APL", known(one).case.reference):
        assert not re.search(secret, f"{sent.subject} {sent.body}")


def test_an_escalation_goes_to_the_head_of_the_service(cast: Cast, at: datetime, desk) -> None:
    a_consultation(cast.samira, cast.claire, at)
    chased(cast, ESCALATED)
    with rowsecurity.working_for(desk):
        last = Chase.objects.select_related("consultation").latest("pk")
        assert [one.user.full_name for one in readers_of(last)] == ["Odile Perrin"]


def test_what_is_no_longer_true_is_not_told(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    chased(cast, LATE)
    answered(one, cast.malik, LATE)
    with rowsecurity.working_for(desk):
        last = Chase.objects.select_related("consultation").latest("pk")
        for contact in readers_of(last):
            assert tell_contact(chase=last, contact=contact, at=LATE) is Kind.NONE
    assert mail.outbox == []
    assert last.due_on == DUE


def test_a_date_that_passes_is_new_on_the_case_once_for_each_rung(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    chased(cast, REMINDED)
    assert not known(one).case.has_news
    for moment in (LATE, ESCALATED):
        chased(cast, moment)
        assert known(one).case.has_news
        with rowsecurity.working_for(desk):
            casework.read_news(case=known(one).case, by=cast.claire, at=moment)
        chased(cast, moment + timedelta(hours=1))
        assert not known(one).case.has_news


def test_what_follows_its_case_is_a_step_of_it(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(desk):
        outcome = {"outcome": Outcome.UPHELD, "cause": "LATE_PROCESSING", "grounds": []}
        casework.answer(case=known(one).case, **outcome, by=cast.claire, at=REMINDED)
    followed(cast, LATE)
    with rowsecurity.working_for(desk):
        casework.reopen(case=known(one).case, because="Nouvelle pièce", by=cast.claire, at=LATE)
    for _ in range(2):
        followed(cast, LATE)
    with rowsecurity.working_for(desk):
        acts = (Act.STOP_CONSULTATION, Act.AWAIT_CONSULTATION)
        steps = Step.objects.filter(act__in=acts).order_by("pk")
        assert [(step.act, step.words, step.is_shared) for step in steps] == [
            (Act.STOP_CONSULTATION, "Prestations, dossier clos", False),
            (Act.AWAIT_CONSULTATION, "Prestations, pour le 10\u00a0décembre\u00a02026", False),
        ]


def test_a_transferred_case_stops_its_question(cast: Cast, at: datetime, desk) -> None:
    one = a_consultation(cast.samira, cast.claire, at)
    with rowsecurity.working_for(desk):
        leaving = casework.Departure(
            to=cast.tarn, number="7654321", reason=WhyTransferred.MOVED, moved_on=date(2026, 11, 2)
        )
        casework.transfer(case=known(one).case, departure=leaving, by=cast.claire, at=REMINDED)
    assert chased(cast, LATE) == []
    for _ in range(2):
        followed(cast, LATE)
    assert words(one) == [Word.ASKED, Word.STOPPED]
    assert known(one).stopped_at == LATE
