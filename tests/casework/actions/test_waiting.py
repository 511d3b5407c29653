"""A wait changes with a reason, pauses by the rule, and its answer brings the case back to the top."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from mediane.casework import actions
from mediane.casework.actions import Arrived, WaitRefused
from mediane.casework.actions.step import MoveRefused
from mediane.casework.models import Case, Deadline, DocumentRequest, Hold, RequestedDocument, WaitChange
from mediane.casework.queries.waits import waits_of
from mediane.casework.states import Ending, Outcome, State
from mediane.documents.actions import deposit
from mediane.jobs import waits as jobs
from mediane.journal.rules import Actor, system
from mediane.kit import rowsecurity
from tests.casework.actions.test_races import together
from tests.cast import Cast
from tests.mandates.stories import PAPER
from tests.stories import a_studied_case

DAY = timedelta(days=1)
DUE = date(2026, 11, 27)
TO_READ = (date(2026, 11, 12), "Réponse à lire")


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


@pytest.fixture
def desk(cast: Cast) -> Iterator[None]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


def asked(case: Case, cast: Cast, at: datetime, *labels: str) -> DocumentRequest:
    return actions.ask_documents(case=case, labels=labels or ("Bail",), due_on=DUE, by=cast.claire, at=at)


def held(case: Case, cast: Cast, at: datetime, body: str = "MDPH", until: date = date(2026, 12, 4)) -> Hold:
    actions.await_decision(case=case, body=body, reason="Taux", look_again_on=until, by=cast.claire, at=at)
    return Hold.objects.get(case=case, ended_on=None)


def changed(case: Case, cast: Cast, at: datetime, wait: Hold | DocumentRequest, until: date) -> None:
    actions.change_wait(case=case, wait=wait, until=until, because="La MDPH tarde", by=cast.claire, at=at)


def reply_due(case: Case) -> Deadline:
    return Deadline.objects.get(case=case, kind="reply")


def top(case: Case) -> tuple[date, str]:
    case.refresh_from_db()
    return case.due_on, case.due_what


def test_documents_pause_the_target_for_the_time_given(
    cast: Cast, case: Case, at: datetime, desk: None
) -> None:
    before = reply_due(case).due_on
    asked(case, cast, at + DAY)
    after = reply_due(case)
    # From 10 to 27 November, that day included.
    assert after.due_on >= before + 18 * DAY
    assert "jusqu’au 27\u00a0novembre\u00a02026 au plus tard\u00a0: pièces demandées" in after.because
    assert not case.is_paused


def test_a_service_of_the_caf_pauses_nothing(cast: Cast, case: Case, at: datetime, desk: None) -> None:
    before = reply_due(case).due_on
    assert not held(case, cast, at + DAY, "CAF_SERVICES").pauses
    assert (reply_due(case).due_on, case.is_paused) == (before, False)


def test_documents_and_a_decision_at_once_pause_a_day_once(
    cast: Cast, case: Case, at: datetime, desk: None
) -> None:
    before = reply_due(case).due_on
    asked(case, cast, at + DAY)
    held(case, cast, at + DAY, until=DUE)
    both = reply_due(case).due_on
    assert both - before <= 21 * DAY
    for request in DocumentRequest.objects.filter(case=case):
        actions.lift_request(case=case, request=request, because="Reçu", by=cast.claire, at=at + DAY)
    assert reply_due(case).due_on == both


def test_another_date_is_kept_with_its_reason_and_the_person_is_told(
    cast: Cast, case: Case, at: datetime, desk: None
) -> None:
    hold = held(case, cast, at + DAY)
    changed(case, cast, at + 2 * DAY, hold, date(2026, 12, 18))
    assert top(case) == (date(2026, 12, 18), "Revoir\u00a0: MDPH")
    assert "18\u00a0décembre" in reply_due(case).because
    (kept,) = waits_of(case)
    (change,) = kept.wait.changes
    assert (change.because, change.by, change.before) == (
        "La MDPH tarde",
        "Claire Vasseur",
        date(2026, 12, 4),
    )
    step = case.steps.latest("pk")
    assert step.is_shared
    # Why is the service’s own.
    assert "tarde" not in step.words


def test_shortened_it_pauses_less(cast: Cast, case: Case, at: datetime, desk: None) -> None:
    request = asked(case, cast, at + DAY)
    before = reply_due(case).due_on
    changed(case, cast, at + 2 * DAY, request, date(2026, 11, 20))
    assert reply_due(case).due_on == before - 7 * DAY
    assert top(case) == (date(2026, 11, 20), "Pièces attendues")


@pytest.mark.parametrize("until", [date(2026, 11, 11), date(2026, 12, 4)])
def test_neither_a_day_gone_by_nor_the_same_day(
    cast: Cast, case: Case, at: datetime, desk: None, until: date
) -> None:
    hold = held(case, cast, at + DAY)
    with pytest.raises(WaitRefused):
        changed(case, cast, at + 2 * DAY, hold, until)
    assert not WaitChange.objects.exists()


def test_a_wait_that_is_over_decides_nothing_and_stands_on_top(
    cast: Cast, case: Case, at: datetime, desk: None
) -> None:
    held(case, cast, at + DAY)
    assert top(case) == (date(2026, 12, 4), "Revoir\u00a0: MDPH")
    (kept,) = waits_of(case)
    assert kept.wait.is_over(date(2026, 12, 5))
    assert case.state == State.AWAITING_DECISION


def test_of_two_waits_the_first_date_is_looked_at(cast: Cast, case: Case, at: datetime, desk: None) -> None:
    held(case, cast, at + DAY, until=date(2026, 11, 20))
    asked(case, cast, at + DAY)
    assert top(case) == (date(2026, 11, 20), "Revoir\u00a0: MDPH")


def test_ending_a_wait_says_how_and_why(cast: Cast, case: Case, at: datetime, desk: None) -> None:
    held(case, cast, at + DAY)
    actions.resume(case=case, because="Inutile", by=cast.claire, at=at + 3 * DAY)
    (kept,) = waits_of(case)
    assert (kept.wait.ending, kept.wait.changes[0].because) == ("Étude reprise sans attendre", "Inutile")
    assert reply_due(case).due_on - date(2026, 12, 9) == 2 * DAY


@pytest.mark.parametrize("door", ["document", "excuse", "message", "e-mail", "letter", "decision"])
def test_whatever_door_the_answer_comes_by_the_case_comes_to_the_top(
    cast: Cast, case: Case, at: datetime, door: str
) -> None:
    arrived = at + 2 * DAY
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        hold, request = held(case, cast, at + DAY), asked(case, cast, at + DAY)
        item = request.items.get()
        if door == "letter":
            file = deposit(
                name="bail.pdf", data=PAPER[1], position=1, key=case.key, by=cast.nadia, at=arrived
            )
            came = Arrived(of=item, document=file)
            actions.note_arrival(case=case, arrived=came, by=cast.nadia, at=arrived)
        elif door == "decision":
            came = Arrived(of=hold, words="Taux de 80 %")
            actions.note_arrival(case=case, arrived=came, by=cast.nadia, at=arrived)
        elif door == "e-mail":
            said = {"author": "Samira Belkacem", "body": "Voici", "sent_at": arrived}
            actions.receive_email(case=case, **said, by=system(cast.paris.pk), at=arrived)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own, by = Case.objects.select_related("organisation", "key").get(pk=case.pk), cast.samira.as_actor()
        if door == "document":
            file = deposit(name="bail.pdf", data=PAPER[1], position=1, key=own.key, by=by, at=arrived)
            actions.send_document(case=own, item=item, document=file, by=by, at=arrived)
        elif door == "excuse":
            actions.excuse_document(case=own, item=item, excuse="Perdu", by=by, at=arrived)
        elif door == "message":
            actions.write_to_service(case=own, body="Bonjour", by=by, at=arrived)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert top(case) == TO_READ
        assert case.has_news
        actions.read_news(case=case, by=cast.claire, at=arrived)
        assert top(case)[1] != "Réponse à lire"


def test_an_answer_unread_for_a_working_day_is_late_and_a_second_one_does_not_put_it_off(
    cast: Cast, case: Case, at: datetime, desk: None
) -> None:
    asked(case, cast, at + DAY)
    friday = at + 4 * DAY
    for arrived in (friday, friday + 3 * DAY):
        actions.receive_email(
            case=case, author="S.", body="x", sent_at=arrived, by=system(cast.paris.pk), at=arrived
        )
    assert top(case) == (date(2026, 11, 16), "Réponse à lire")


def test_what_was_promised_comes_sooner_once_all_is_given(cast: Cast, case: Case, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        calm = reply_due(case).due_on
        item = asked(case, cast, at + DAY).items.get()
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own, by = Case.objects.select_related("organisation").get(pk=case.pk), cast.samira.as_actor()
        actions.excuse_document(case=own, item=item, excuse="Perdu", by=by, at=at + 3 * DAY)
    for _ in range(2):
        jobs.reckon_again(organisation_id=cast.paris.pk, case_id=case.pk)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert reply_due(case).due_on - calm == 2 * DAY
        assert DocumentRequest.objects.get(case=case).ending == Ending.ARRIVED
        assert top(case) == (date(2026, 11, 13), "Réponse à lire")


def test_a_decision_noted_ends_the_wait_and_says_so_to_the_next_reader(
    cast: Cast, case: Case, at: datetime, desk: None
) -> None:
    hold = held(case, cast, at + DAY)
    arrived = Arrived(of=hold, words="Taux de 80 %")
    actions.note_arrival(case=case, arrived=arrived, by=cast.nadia, at=at + 3 * DAY)
    assert (case.state, case.has_news) == (State.UNDER_STUDY, True)
    (kept,) = waits_of(case)
    assert (kept.wait.ending, kept.wait.ended_on) == ("Réponse arrivée", date(2026, 11, 12))
    with pytest.raises(MoveRefused, match="attente est terminée"):
        actions.note_arrival(case=case, arrived=arrived, by=cast.claire, at=at + 4 * DAY)


def test_an_arrival_says_something(cast: Cast, case: Case, at: datetime, desk: None) -> None:
    with pytest.raises(WaitRefused):
        actions.note_arrival(
            case=case, arrived=Arrived(of=held(case, cast, at + DAY)), by=cast.nadia, at=at + DAY
        )


def test_what_closes_a_case_ends_its_waits_and_a_reopened_one_waits_for_nothing(
    cast: Cast, case: Case, at: datetime, desk: None
) -> None:
    held(case, cast, at + DAY)
    request = asked(case, cast, at + DAY)
    outcome = {"outcome": Outcome.UPHELD, "cause": "OTHER", "grounds": ["OTHER"]}
    actions.answer(case=case, **outcome, by=cast.claire, at=at + 3 * DAY)
    assert {kept.wait.ending for kept in waits_of(case)} == {"Dossier clos"}
    with pytest.raises(MoveRefused):
        changed(case, cast, at + 3 * DAY, request, date(2026, 12, 18))
    actions.reopen(case=case, because="À revoir", by=cast.claire, at=at + 5 * DAY)
    assert not any(kept.wait.is_running for kept in waits_of(case))
    assert not case.is_paused


def changed_row(case: Case, by: Actor, at: datetime) -> None:
    hold = Hold.objects.get(case=case)
    actions.change_wait(case=case, wait=hold, until=date(2026, 12, 18), because="Tarde", by=by, at=at)


RACES = {
    "change": changed_row,
    "end": lambda case, by, at: actions.resume(case=case, because="Assez", by=by, at=at),
    "note": lambda case, by, at: actions.note_arrival(
        case=case, arrived=Arrived(of=Hold.objects.get(case=case), words="Reçue"), by=by, at=at
    ),
    "answers": lambda case, by, at: actions.receive_email(
        case=case, author="Samira", body="Voici", sent_at=at, by=system(case.organisation_id), at=at
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("change", "change"),
        ("change", "end"),
        ("change", "note"),
        ("end", "note"),
        ("note", "note"),
        ("end", "answers"),
    ],
)
def test_two_at_once_leave_one_wait_ended_once(
    committed: str, cast: Cast, at: datetime, first: str, second: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        held(case, cast, at + DAY)
    ends = together(case, [RACES[first], RACES[second]], cast.claire, at + 2 * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        hold = Hold.objects.get(case=case)
        assert (hold.ended_on is None) == (case.state == State.AWAITING_DECISION)
        assert (hold.ended_on is None) == (hold.ending == "")
        said = WaitChange.objects.filter(case=case)
        assert said.filter(until=None).count() <= 1
        assert said.filter(until__isnull=False).count() <= 1
        if "answers" in (first, second):
            # What the person sent is kept, whoever was first.
            assert case.messages.count() == 1
        elif first == second or "change" not in (first, second):
            assert sum(end is not None for end in ends) == 1


@pytest.mark.slow
def test_the_person_answers_while_the_mediator_lifts(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        request = asked(case, cast, at + DAY)

    def note(one: Case, by: Actor, moment: datetime) -> None:
        item = RequestedDocument.objects.get(request=request)
        actions.note_arrival(case=one, arrived=Arrived(of=item, words="Reçu"), by=by, at=moment)

    def lift(one: Case, by: Actor, moment: datetime) -> None:
        row = DocumentRequest.objects.get(pk=request.pk)
        actions.lift_request(case=one, request=row, because="Inutile", by=by, at=moment)

    ends = together(case, [note, lift], cast.claire, at + 2 * DAY)
    assert sum(end is not None for end in ends) == 1
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        row = DocumentRequest.objects.get(pk=request.pk)
        assert row.ending in (Ending.ARRIVED, Ending.LIFTED)
        assert (row.items.get().answered_at is not None) == (row.ending == Ending.ARRIVED)
