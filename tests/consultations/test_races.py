"""Two people at the same moment: one wins, the other is told who and what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import combinations_with_replacement
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connections

from mediane.casework import actions as casework
from mediane.casework.models import Case, Step
from mediane.casework.states import Act
from mediane.consultations import actions
from mediane.consultations.models import AnswerDraft, Chase, Consultation
from mediane.consultations.queries.sealed import text_of
from mediane.consultations.states import Heard, State, Word
from mediane.journal.rules import Actor, system
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.kit.rowsecurity import Context
from tests.cast import Cast
from tests.consultations.stories import ANSWER, a_consultation, asked, known, of_service
from tests.stories import a_studied_case

LATE = timedelta(days=17)
Act_ = Callable[[], object]


def together(*acts: tuple[Context, Act_]) -> list[str]:
    """Each act in a thread and a context of its own, at the same moment; the refusals met."""
    start, refused, broken = Barrier(len(acts)), list[str](), list[BaseException]()

    def run(context: Context, act: Act_) -> None:
        start.wait(10)
        try:
            with rowsecurity.working_for(context):
                act()
        except (Refusal, Consultation.DoesNotExist) as refusal:
            refused.append(str(refusal))
        except Exception as error:  # noqa: BLE001 — told by the test, in its own thread
            broken.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=one) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert broken == []
    return refused


def moves(cast: Cast, one: Consultation, at: datetime) -> dict[str, tuple[Context, Act_]]:
    """Every move on the question, as shown on a page of version 1."""
    desk = rowsecurity.staff(cast.paris.pk)
    said = actions.NotedAnswer(heard=Heard.PHONE, text="Oui.")
    by = {"seen_version": 1, "by": cast.nadia, "at": at}

    def answering() -> None:
        actions.answer(consultation=Consultation.objects.get(), text=ANSWER, by=cast.malik, at=at)

    def closing() -> None:
        casework.withdraw(case=Case.objects.get(pk=one.case_id), by=cast.claire, at=at)

    def chasing() -> None:
        actions.chase(consultation=known(one), by=system(cast.paris.pk), at=at)

    return {
        "answer": (of_service(cast.malik), answering),
        "note": (desk, lambda: actions.note_answer(consultation=known(one), said=said, **by)),
        "remind": (desk, lambda: actions.remind(consultation=known(one), **by)),
        "call off": (desk, lambda: actions.call_off(consultation=known(one), **by)),
        "due": (
            desk,
            lambda: actions.change_due(consultation=known(one), due_on=at.date() + timedelta(20), **by),
        ),
        "close": (desk, closing),
        "chase": (desk, chasing),
    }


NAMES = ("answer", "note", "remind", "call off", "due", "close", "chase")
# Whoever comes second where both may be: the service does not see versions, nor does the house.
PAIRS = [pair for pair in combinations_with_replacement(NAMES, 2) if pair != ("close", "close")]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_of_two_moves_at_once_both_hold_or_one_is_told(
    committed: str, cast: Cast, at: datetime, one: str, other: str
) -> None:
    asked_one = a_consultation(cast.samira, cast.claire, at)
    both = moves(cast, asked_one, at + LATE)
    refused = together(both[one], both[other])
    assert len(refused) <= 1
    row = known(asked_one)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        ends = Step.objects.filter(act__in=(Act.ANSWER_CONSULTATION, Act.CALL_OFF_CONSULTATION)).count()
        told = list(Chase.objects.values_list("word", flat=True))
    assert ends == (row.state != State.AWAITED)
    assert all(told.count(word) <= 1 for word in Word)
    enders = {"answer", "note", "call off"}
    if one in enders and other in enders and (one, other) != ("answer", "answer"):
        assert len(refused) == 1
    if {one, other} <= {"remind", "due", "note", "call off"}:
        assert len(refused) == 1


def test_one_page_sent_twice_at_once_asks_once(committed: str, cast: Cast, at: datetime) -> None:
    case, key = a_studied_case(cast.samira, cast.claire, at), uuid4()

    def asking() -> None:
        found = Case.objects.select_related("beneficiary", "key", "referral").get(pk=case.pk)
        actions.ask(case=found, asked=asked(), by=cast.claire, at=at, entry_key=key)

    desk = rowsecurity.staff(cast.paris.pk)
    assert together((desk, asking), (desk, asking)) == []
    with rowsecurity.working_for(desk):
        assert Consultation.objects.count() == 1


def test_two_questions_at_once_take_two_ranks(committed: str, cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)

    def asking() -> None:
        found = Case.objects.select_related("beneficiary", "key", "referral").get(pk=case.pk)
        actions.ask(case=found, asked=asked(), by=cast.claire, at=at, entry_key=uuid4())

    desk = rowsecurity.staff(cast.paris.pk)
    assert together((desk, asking), (desk, asking)) == []
    with rowsecurity.working_for(desk):
        assert sorted(Consultation.objects.values_list("rank", flat=True)) == [1, 2]


def test_two_people_who_draft_one_answer_lose_no_word(committed: str, cast: Cast, at: datetime) -> None:
    one, texts = a_consultation(cast.samira, cast.claire, at), ("Le loyer de mars.", "Le loyer d’avril.")

    def drafting(text: str, by: Actor) -> Act_:
        def draft() -> None:
            found = Consultation.objects.get()
            actions.save_draft(consultation=found, text=text, page=uuid4(), seen_version=0, by=by, at=at)

        return draft

    authors = (cast.malik, cast.odile)
    acts = [(of_service(by), drafting(text, by)) for text, by in zip(texts, authors, strict=True)]
    (refused,) = together(*acts)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        draft = AnswerDraft.objects.get()
        assert (text_of(draft, known(one)), draft.saved_by) in [
            (text, by.name) for text, by in zip(texts, authors, strict=True)
        ]
        assert draft.saved_by in refused
