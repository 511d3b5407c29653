"""Documents awaited: a discreet reminder before and after the date, once, and never to whoever refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case, DocumentRequest, Hold, Posting, Step
from mediane.casework.queries.postings import waiting
from mediane.casework.states import Act, Outcome, Paper, WhyTransferred
from mediane.correspondence.queries import posting_pdf
from mediane.correspondence.queries.postings import posting_sheet
from mediane.jobs import waits as jobs
from mediane.kit import rowsecurity
from mediane.notifications import actions as notifications
from mediane.notifications.queries import to_remind_of_documents
from mediane.notifications.rules import Kind
from tests.cast import Cast
from tests.notifications.letterbox import Letterbox, free_port, receiving
from tests.notifications.test_actions import CANARIES, a_case_of

DAY = timedelta(days=1)
DUE = date(2026, 11, 27)
BEFORE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def box(settings) -> Iterator[Letterbox]:
    port = free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    with receiving(port) as letterbox:
        yield letterbox


def asked(cast: Cast, at: datetime, **differs: object) -> DocumentRequest:
    case = a_case_of(cast, at - DAY, **differs)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        casework.take_up(case=case, by=cast.claire, at=at)
        labels = ["Jugement de divorce"]
        return casework.ask_documents(case=case, labels=labels, due_on=DUE, by=cast.claire, at=at)


def reminded(cast: Cast, at: datetime) -> list[Kind]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        requests = to_remind_of_documents(cast.paris, at=at)
        return [notifications.remind_of_documents(request_id=pk, at=at) for pk in requests]


def test_a_reminder_before_and_one_after_each_once_and_saying_nothing(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    request = asked(cast, at)
    assert reminded(cast, BEFORE - DAY) == []
    assert reminded(cast, BEFORE) == [Kind.AWAITED]
    assert reminded(cast, BEFORE + DAY) == reminded(cast, AFTER - 2 * DAY) == []
    assert reminded(cast, AFTER) == [Kind.AWAITED]
    assert reminded(cast, AFTER + DAY) == []
    assert [message["Subject"] for message in box.messages] == ["Vous avez un rappel"] * 2
    for message in box.messages:
        whole = message["Subject"] + str(message["From"]) + message.get_content()
        for canary in (*CANARIES, request.case.reference, "divorce", "novembre", "pièce", "document"):
            assert canary.lower() not in whole.lower()


def test_what_was_missed_leaves_within_two_days_and_not_later(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    asked(cast, at)
    assert reminded(cast, BEFORE + 2 * DAY) == [Kind.AWAITED]
    assert reminded(cast, AFTER + 3 * DAY) == []


@pytest.mark.parametrize("hour", [6, 18])
def test_only_at_decent_hours(cast: Cast, box: Letterbox, at: datetime, hour: int) -> None:
    asked(cast, at)
    assert reminded(cast, BEFORE.replace(hour=hour)) == []


@pytest.mark.parametrize(
    ("zone", "moment", "leaves"),
    [
        # 22 November has come in Réunion while it is still the 21st in Paris; not yet in Guyane.
        ("Indian/Reunion", datetime(2026, 11, 22, 5, 30, tzinfo=UTC), True),
        ("Europe/Paris", datetime(2026, 11, 22, 5, 30, tzinfo=UTC), False),
        ("America/Cayenne", datetime(2026, 11, 22, 11, 30, tzinfo=UTC), False),
        ("America/Cayenne", datetime(2026, 11, 22, 20, 30, tzinfo=UTC), True),
    ],
)
def test_today_is_that_of_the_caf(
    cast: Cast, box: Letterbox, at: datetime, zone: str, moment: datetime, leaves: bool
) -> None:
    asked(cast, at)
    caf = cast.paris
    caf.time_zone = zone
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        assert bool(to_remind_of_documents(caf, at=moment)) is leaves


def test_a_reminder_that_left_is_a_step_of_the_case(cast: Cast, box: Letterbox, at: datetime) -> None:
    request = asked(cast, at)
    reminded(cast, BEFORE)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        step = Step.objects.get(case=request.case_id, act=Act.REMIND_PERSON)
        assert (step.at, step.words, step.by_name, step.is_shared) == (
            BEFORE,
            "Par courriel à Samira Belkacem",
            "Médiane",
            False,
        )


@pytest.mark.parametrize("meanwhile", ["merged", "transferred"])
def test_nobody_is_reminded_by_a_case_that_is_read_elsewhere(
    cast: Cast, box: Letterbox, at: datetime, meanwhile: str
) -> None:
    request = asked(cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        (pk,) = to_remind_of_documents(cast.paris, at=BEFORE)
        case = Case.objects.select_related("organisation", "key", "beneficiary", "referral").get(
            pk=request.case_id
        )
        if meanwhile == "merged":
            kept = a_case_of(cast, at - 2 * DAY)
            casework.merge_cases(case=case, other=kept, seen_rank=0, by=cast.claire, at=at)
        else:
            leaving = casework.Departure(
                to=cast.tarn, number="7654321", reason=WhyTransferred.MOVED, moved_on=date(2026, 11, 2)
            )
            casework.transfer(case=case, departure=leaving, by=cast.claire, at=at)
        assert notifications.remind_of_documents(request_id=pk, at=BEFORE) is Kind.NONE
        assert not Step.objects.filter(act=Act.REMIND_PERSON).exists()
    assert reminded(cast, BEFORE) == []
    assert not box.messages


@pytest.mark.parametrize("meanwhile", ["answered", "lifted", "withdrawn", "answered to"])
def test_nobody_is_reminded_of_what_is_not_awaited_any_more(
    cast: Cast, box: Letterbox, at: datetime, meanwhile: str
) -> None:
    request = asked(cast, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        (pk,) = to_remind_of_documents(cast.paris, at=BEFORE)
        case = Case.objects.select_related("organisation", "key", "beneficiary").get(pk=request.case_id)
        item = request.items.get()
        if meanwhile == "answered":
            came = casework.Arrived(of=item, words="Perdu")
            casework.note_arrival(case=case, arrived=came, by=cast.nadia, at=at)
        elif meanwhile == "lifted":
            casework.lift_request(case=case, request=request, because="Inutile", by=cast.claire, at=at)
        elif meanwhile == "withdrawn":
            casework.withdraw(case=case, by=cast.claire, at=at)
        else:
            closing = {"outcome": Outcome.UPHELD, "cause": "OTHER", "grounds": ["OTHER"]}
            casework.answer(case=case, **closing, by=cast.claire, at=at)
        # A job queued before looks again.
        assert notifications.remind_of_documents(request_id=pk, at=BEFORE) is Kind.NONE
    assert reminded(cast, BEFORE) == []
    assert not box.messages


def test_another_date_has_its_own_reminders_and_leaves_who_was_just_told_in_peace(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    request = asked(cast, at)
    assert reminded(cast, BEFORE) == [Kind.AWAITED]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        later = date(2026, 11, 29)
        case = Case.objects.select_related("organisation").get(pk=request.case_id)
        casework.change_wait(
            case=case, wait=request, until=later, because="Malade", by=cast.claire, at=BEFORE + DAY
        )
    assert reminded(cast, BEFORE + 2 * DAY) == []
    assert reminded(cast, datetime(2026, 12, 2, 9, 0, tzinfo=UTC)) == [Kind.AWAITED]
    assert len(box.messages) == 2


BY_POST = {"notice_by_email": False, "safe_contact": {"address": "4 rue Haute\n75019 Paris"}}


def test_who_wants_no_e_mail_has_a_letter_to_print_until_it_is_useless(
    cast: Cast, box: Letterbox, at: datetime
) -> None:
    request = asked(cast, at, **BY_POST)
    assert reminded(cast, BEFORE) == [Kind.NONE]
    assert reminded(cast, BEFORE) == []
    assert not box.messages
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        letter = Posting.objects.select_related("case__organisation", "case__beneficiary").get()
        assert letter.kind == Paper.AWAITED
        assert posting_pdf(letter).startswith(b"%PDF")
        assert len(waiting(cast.paris.pk)[0]) == 1
        case = Case.objects.select_related("organisation").get(pk=request.case_id)
        casework.lift_request(case=case, request=request, because="Inutile", by=cast.claire, at=BEFORE)
        assert waiting(cast.paris.pk)[0] == []


@pytest.mark.parametrize("of_documents", [True, False])
def test_another_date_is_told_on_paper_to_who_wants_no_e_mail(
    cast: Cast, box: Letterbox, at: datetime, of_documents: bool
) -> None:
    request = asked(cast, at, **BY_POST)
    desk = rowsecurity.staff(cast.paris.pk)
    with rowsecurity.working_for(desk):
        case = Case.objects.select_related("organisation").get(pk=request.case_id)
        wait: DocumentRequest | Hold = request
        if not of_documents:
            casework.lift_request(case=case, request=request, because="Inutile", by=cast.claire, at=at)
            day = date(2026, 12, 1)
            held = {"body": "MDPH", "reason": "Décision attendue", "look_again_on": day}
            casework.await_decision(case=case, **held, by=cast.claire, at=at)
            wait = Hold.objects.get(case=case)
        for until in (date(2026, 12, 7), date(2026, 12, 9)):
            casework.change_wait(case=case, wait=wait, until=until, because="Malade", by=cast.claire, at=at)
        letter = Posting.objects.select_related("case__organisation", "case__beneficiary").get()
        assert letter.kind == Paper.MOVED
        said = str(posting_sheet(letter).body)
        assert "9 décembre 2026" in said.replace("\u00a0", " ").replace("\\xa0", " ")
        assert "Malade" not in said
        assert posting_pdf(letter).startswith(b"%PDF")
        assert len(waiting(cast.paris.pk)[0]) == 1
        casework.withdraw(case=case, by=cast.claire, at=at)
        assert waiting(cast.paris.pk)[0] == []


def test_whoever_refused_everything_receives_nothing(cast: Cast, box: Letterbox, at: datetime) -> None:
    asked(cast, at, notice_by_email=False, safe_contact={"no_letters": "oui"})
    assert reminded(cast, BEFORE) == [Kind.NONE]
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert not Posting.objects.exists()
    assert not box.messages


def test_a_job_that_runs_twice_reminds_once(
    cast: Cast, box: Letterbox, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(cast, at)
    monkeypatch.setattr("mediane.jobs.waits.clock.now", lambda: BEFORE)
    for _ in range(2):
        jobs.remind_of_documents(organisation_id=cast.paris.pk, request_id=request.pk)
    assert len(box.messages) == 1
