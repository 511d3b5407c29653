"""The person answers in her space while the mediation ends or changes the wait: nothing is half done."""

from collections.abc import Callable
from datetime import date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connections

from mediane.casework import actions
from mediane.casework.models import Case, DocumentRequest, RequestedDocument, Step
from mediane.casework.states import Act, State
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from tests.cast import Cast
from tests.stories import a_studied_case

UNTIL = date(2026, 12, 4)
Gesture = Callable[[Case, DocumentRequest], None]


def together(*acts: tuple[rowsecurity.Context, Callable[[], None]]) -> list[str]:
    """Each in a thread and a context of its own, at the same moment; the refusals met."""
    start, refused, broken = Barrier(len(acts)), list[str](), list[BaseException]()

    def run(context: rowsecurity.Context, act: Callable[[], None]) -> None:
        start.wait(10)
        try:
            with rowsecurity.working_for(context):
                act()
        except Refusal as refusal:
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


@pytest.mark.parametrize("gesture", ["lift", "change", "resume", "note"])
def test_she_answers_while_the_wait_ends(committed: str, cast: Cast, at: datetime, gesture: str) -> None:
    case, desk = a_studied_case(cast.samira, cast.claire, at), rowsecurity.staff(cast.paris.pk)
    with rowsecurity.working_for(desk):
        asked = actions.ask_documents(
            case=case, labels=["Bail"], due_on=date(2026, 11, 27), by=cast.claire, at=at
        )
    by = {"by": cast.claire, "at": at}
    gestures: dict[str, Gesture] = {
        "lift": lambda mine, one: actions.lift_request(case=mine, request=one, **by),
        "change": lambda mine, one: actions.change_wait(
            case=mine, wait=one, until=UNTIL, because="Délai", **by
        ),
        "resume": lambda mine, one: actions.resume(case=mine, **by),
        "note": lambda mine, one: actions.note_arrival(
            case=mine, arrived=actions.Arrived(of=one.items.get(), words="Perdu"), **by
        ),
    }

    def answering() -> None:
        mine = Case.objects.select_related("referral", "key").get(pk=case.pk)
        item = RequestedDocument.objects.select_related("request").get(request=asked)
        actions.excuse_document(case=mine, item=item, excuse="Perdu", by=cast.samira.as_actor(), at=at)

    def ending() -> None:
        mine = Case.objects.select_related("organisation", "beneficiary", "referral", "key").get(pk=case.pk)
        gestures[gesture](mine, DocumentRequest.objects.get(pk=asked.pk))

    refused = together((rowsecurity.person(cast.samira.pk), answering), (desk, ending))

    with rowsecurity.working_for(desk):
        case.refresh_from_db()
        asked.refresh_from_db()
        item, acts = asked.items.get(), list(Step.objects.filter(case=case).values_list("act", flat=True))
    assert len(refused) <= 1
    # What was said is kept once, whoever said it first.
    assert acts.count(Act.EXCUSE_DOCUMENT) + acts.count(Act.NOTE_ARRIVAL) == (item.answered_at is not None)
    assert (asked.closed_at is not None) == (item.answered_at is not None or Act.LIFT in acts)
    if asked.closed_at is not None and Act.LIFT in acts:
        assert case.state == State.UNDER_STUDY
