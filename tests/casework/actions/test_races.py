"""Two people on one case at the same instant: one wins, the other is told who, and nothing is half done."""

import threading
from collections.abc import Callable
from datetime import date, datetime
from itertools import combinations_with_replacement

import pytest
from django.db import connection

from mediane.casework import actions
from mediane.casework.models import Case, Forwarding, Step
from mediane.casework.states import CLOSED, Outcome, State
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from tests.casework.actions.test_effects import a_change
from tests.cast import Cast
from tests.stories import a_studied_case

Verb = Callable[[Case, Actor, datetime], object]

CLOSING: dict[str, Verb] = {
    "answer": lambda case, by, at: actions.answer(
        case=case, outcome=Outcome.UPHELD, cause="OTHER", grounds=["OTHER"], by=by, at=at
    ),
    "reject": lambda case, by, at: actions.reject(
        case=case, reason="UNCLEAR", notified_on=date(2026, 11, 12), by=by, at=at
    ),
    "redirect": lambda case, by, at: actions.redirect(
        case=case, reason="OTHER_BODY", body="MDPH", by=by, at=at
    ),
    "litigation": lambda case, by, at: actions.end_by_litigation(
        case=case, seized_on=date(2026, 11, 1), evidence="Assignation", by=by, at=at
    ),
    "withdraw": lambda case, by, at: actions.withdraw(case=case, by=by, at=at),
}
STAYING: dict[str, Verb] = {
    "ask": lambda case, by, at: actions.ask_documents(
        case=case, labels=["Avis d’imposition 2025"], due_on=date(2026, 11, 27), by=by, at=at
    ),
    "hold": lambda case, by, at: actions.await_decision(
        case=case, body="MDPH", reason="Renouvellement", look_again_on=date(2026, 12, 10), by=by, at=at
    ),
    "admit": lambda case, by, at: actions.admit(case=case, notified_on=date(2026, 11, 12), by=by, at=at),
}
VERBS = CLOSING | STAYING
# What may happen at once to a case already redirected.
AFTERWARDS: dict[str, Verb] = {
    "forward": lambda case, by, at: actions.forward(case=case, agreed_on=date(2026, 11, 10), by=by, at=at),
    "reclassify": lambda case, by, at: actions.reclassify(
        case=case, scope=actions.Scope(to=State.UNDER_STUDY, because="Erreur"), by=by, at=at
    ),
}

# And to a case already answered.
ANSWERED: dict[str, Verb] = {
    "reopen": lambda case, by, at: actions.reopen(case=case, because="À revoir", by=by, at=at),
    "reclassify": lambda case, by, at: actions.reclassify(
        case=case,
        scope=actions.Scope(to=State.REDIRECTED, because="Erreur", reason="OTHER_BODY", body="MDPH"),
        by=by,
        at=at,
    ),
}


def together(case: Case, acts: list[Verb], by: Actor, at: datetime) -> list[Exception | None]:
    """Run each act in a thread and a connection of its own, from the same starting line."""
    line = threading.Barrier(len(acts))
    ends: list[Exception | None] = [None] * len(acts)

    def run(lane: int, act: Verb) -> None:
        try:
            with rowsecurity.working_for(rowsecurity.staff(case.organisation_id)):
                mine = Case.objects.select_related("organisation").get(pk=case.pk)
                line.wait(timeout=10)
                act(mine, by, at)
        except Refusal as refusal:
            ends[lane] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(lane, act)) for lane, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return ends


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), list(combinations_with_replacement(sorted(VERBS), 2)))
def test_any_two_acts_at_once_leave_a_whole_case(
    committed: str, cast: Cast, at: datetime, first: str, second: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)

    ends = together(case, [VERBS[first], VERBS[second]], cast.claire, at)

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        moves = list(Step.objects.filter(case=case).exclude(source="").order_by("pk"))
    # Each move starts where the former one ended: none was lost, none was done twice.
    assert [step.source for step in moves[1:]] == [step.target for step in moves[:-1]]
    assert case.state == moves[-1].target
    assert sum(step.target in CLOSED for step in moves) == (case.state in CLOSED)
    if first in CLOSING and second in CLOSING:
        lost = [end for end in ends if end is not None]
        assert len(lost) == 1
        assert "Claire Vasseur a " in str(lost[0])
    if first == second == "admit":
        assert sum("a déjà décidé" in str(end) for end in ends) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), list(combinations_with_replacement(sorted(AFTERWARDS), 2)))
def test_any_two_acts_after_a_redirection_leave_a_whole_case(
    committed: str, cast: Cast, at: datetime, first: str, second: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        CLOSING["redirect"](case, cast.claire, at)

    ends = together(case, [AFTERWARDS[first], AFTERWARDS[second]], cast.claire, at)

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        seen_otherwise = case.reclassifications.count()
        sent = Forwarding.objects.filter(reorientation__case=case).count()
    assert (seen_otherwise, case.state) == (
        (1, State.UNDER_STUDY) if "reclassify" in (first, second) else (0, State.REDIRECTED)
    )
    assert sent <= 1
    if first == second:
        assert sum(end is not None for end in ends) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), list(combinations_with_replacement(sorted(ANSWERED), 2)))
def test_of_two_acts_after_a_reply_one_is_done(
    committed: str, cast: Cast, at: datetime, first: str, second: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        CLOSING["answer"](case, cast.claire, at)

    ends = together(case, [ANSWERED[first], ANSWERED[second]], cast.claire, at)

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case.refresh_from_db()
        reopened, sent = case.reopenings.count(), case.reclassifications.count()
    assert reopened + sent == 1
    assert case.state == (State.UNDER_STUDY if reopened else State.REDIRECTED)
    assert sum(end is not None for end in ends) == 1


@pytest.mark.slow
@pytest.mark.parametrize("act", ["correct", "validate"])
def test_a_line_of_money_is_corrected_once_and_validated_once(
    committed: str, cast: Cast, at: datetime, act: str
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.record_effect(case=case, change=a_change(), by=cast.nadia, at=at)

    def again(case: Case, by: Actor, at: datetime) -> None:
        line = case.effects.get(rank=1)
        line.case = case
        if act == "correct":
            actions.correct_effect(effect=line, change=a_change(after="903.40"), by=by, at=at)
        else:
            actions.validate_effect(effect=line, by=by, at=at)

    ends = together(case, [again, again], cast.claire, at)

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert case.effects.count() == (2 if act == "correct" else 1)
    assert sum(end is not None for end in ends) == 1
