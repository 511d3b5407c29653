"""Any life of a case, made of its verbs in any order: what holds after each of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from mediane.casework import actions
from mediane.casework.models import Case, DocumentRequest, RequestedDocument
from mediane.casework.states import CLOSED, MOVES, Move, Outcome, State
from mediane.journal.models import Entry
from mediane.journal.rules import Actor, system
from mediane.kit import rowsecurity
from mediane.kit.refusal import Refusal
from mediane.organisations.queries import team_of
from tests.cast import Cast
from tests.stories import a_case

BODIES = st.sampled_from(("MDPH", "DEPARTMENT"))
SILENT = {"note"}  # what leaves a line in the journal and no step


class Life(RuleBasedStateMachine):
    """One case; a day or so between two acts. Each life is undone at its end."""

    cast: Cast
    began: datetime

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.at = self.began
        self.case = a_case(self.cast.samira, self.at)
        self.met: dict[str, date] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def done(self, verb: Callable[..., object], by: Actor, **given: Any) -> None:
        """Do it; a refusal changes nothing."""
        context = rowsecurity.person(by.id) if by.kind == "person" else rowsecurity.staff(self.cast.paris.pk)
        with rowsecurity.working_for(context):
            before = self._traces()
            try:
                with transaction.atomic():
                    verb(case=self.case, by=by, at=self.at, **given)
            except Refusal:
                assert self._traces() == before
            self.case.refresh_from_db()

    def _traces(self) -> tuple[int, str, int]:
        stored = Case.objects.get(pk=self.case.pk)
        return stored.version, stored.state, stored.steps.count()

    @rule(hours=st.integers(1, 80))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule()
    def take_up(self) -> None:
        self.done(actions.take_up, self.cast.nadia)

    @rule()
    def assign(self) -> None:
        members = team_of_paris(self.cast)
        self.done(actions.assign, self.cast.claire, to=members[0].user)

    @rule()
    def acknowledge(self) -> None:
        self.done(actions.acknowledge, system(self.cast.paris.pk))

    @rule(labels=st.lists(st.sampled_from(("Avis d’imposition", "Bail", "RIB")), max_size=2))
    def ask_documents(self, labels: list[str]) -> None:
        due_on = self.at.date() + timedelta(days=14)
        self.done(actions.ask_documents, self.cast.nadia, labels=labels, due_on=due_on)

    @rule(first=st.booleans())
    def lift_request(self, first: bool) -> None:
        asked = self._found(DocumentRequest.objects.filter(case=self.case, closed_at=None), first)
        if asked is not None:
            self.done(actions.lift_request, self.cast.nadia, request=asked)

    @rule(first=st.booleans())
    def excuse_document(self, first: bool) -> None:
        item = self._found(RequestedDocument.objects.filter(request__case=self.case), first)
        if item is not None:
            self.done(actions.excuse_document, self.cast.samira.as_actor(), item=item, excuse="Perdu")

    @rule(body=BODIES)
    def await_decision(self, body: str) -> None:
        look_again_on = self.at.date() + timedelta(days=30)
        given = {"body": body, "reason": "Renouvellement", "look_again_on": look_again_on}
        self.done(actions.await_decision, self.cast.nadia, **given)

    @rule()
    def resume(self) -> None:
        self.done(actions.resume, self.cast.nadia)

    @rule()
    def write(self) -> None:
        self.done(actions.write_to_person, self.cast.nadia, body="Bonjour")
        self.done(actions.write_to_service, self.cast.samira.as_actor(), body="Bonjour")

    @rule()
    def read_news(self) -> None:
        self.done(actions.read_news, self.cast.nadia)

    @rule()
    def admit(self) -> None:
        self.done(actions.admit, self.cast.claire, notified_on=self.at.date())

    @rule()
    def reopen(self) -> None:
        was_answered = self.case.state == State.ANSWERED
        self.done(actions.reopen, self.cast.claire, because="À revoir")
        if was_answered and self.case.is_open:
            # A reply is promised again.
            self.met.pop("reply", None)

    @rule(
        end=st.sampled_from(("reject", "redirect", "answer", "withdraw", "litigation")),
        rare=st.integers(0, 3),
    )
    def end(self, end: str, rare: int) -> None:
        """One time in four: a life that ends at once says little."""
        if rare:
            return
        day, claire, samira = self.at.date(), self.cast.claire, self.cast.samira.as_actor()
        conclusion = {"outcome": Outcome.UPHELD, "cause": "OTHER", "grounds": ["OTHER"]}
        endings: dict[str, tuple[Callable[..., object], Actor, dict[str, Any]]] = {
            "reject": (actions.reject, claire, {"reason": "UNCLEAR", "notified_on": day}),
            "redirect": (actions.redirect, claire, {"reason": "OTHER_BODY", "body": "MDPH"}),
            "answer": (actions.answer, claire, conclusion),
            "withdraw": (actions.withdraw, samira, {}),
            "litigation": (actions.end_by_litigation, samira, {"seized_on": day, "evidence": "Assignation"}),
        }
        verb, by, given = endings[end]
        self.done(verb, by, **given)

    def _found(self, rows: Any, first: bool) -> Any:
        with rowsecurity.working_for(rowsecurity.staff(self.cast.paris.pk)):
            return rows.order_by("pk" if first else "-pk").first()

    @invariant()
    def the_case_is_whole(self) -> None:
        case = self.case
        with rowsecurity.working_for(rowsecurity.staff(self.cast.paris.pk)):
            case.refresh_from_db()
            is_closed = case.state in CLOSED
            assert (case.closed_at is not None) == is_closed
            assert case.due_on is not None
            assert case.due_what
            holds = list(case.holds.filter(ended_on=None))
            assert len(holds) <= 1
            assert (len(holds) == 1) if case.state == State.AWAITING_DECISION else True
            assert not (case.state in (State.RECEIVED, State.UNDER_STUDY) and holds)
            assert case.is_paused == (bool(holds) and not is_closed)
            assert not (case.state == State.RECEIVED and (case.assignee_id or case.admissible_on))
            if is_closed:
                assert not holds
                assert not case.document_requests.filter(closed_at=None).exists()

    @invariant()
    def its_steps_follow_each_other(self) -> None:
        with rowsecurity.working_for(rowsecurity.staff(self.cast.paris.pk)):
            steps = list(self.case.steps.order_by("pk"))
            entries = list(
                Entry.objects.filter(subject_kind="case", subject=self.case.reference).order_by("pk")
            )
        assert [step.act for step in steps] == [entry.verb for entry in entries if entry.verb not in SILENT]
        assert steps[-1].target == self.case.state
        assert self.case.version == len(steps) + 1
        for before, after in pairwise(steps):
            if after.source:
                sources, target = MOVES[Move(after.act)]
                assert after.source == before.target
                assert after.source in sources
                assert after.target == target
            else:
                assert after.target == before.target

    @invariant()
    def what_was_met_stays_met_on_its_day(self) -> None:
        with rowsecurity.working_for(rowsecurity.staff(self.cast.paris.pk)):
            met = {row.kind: row.met_on for row in self.case.deadlines.exclude(met_on=None)}
        assert self.met.items() <= met.items()
        self.met = met


def team_of_paris(cast: Cast) -> list[Any]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return team_of(cast.paris.pk)


@pytest.mark.slow
def test_whatever_is_done_in_whatever_order_the_case_stays_whole(cast: Cast, at: datetime) -> None:
    Life.cast, Life.began = cast, at
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=checks
        ),
    )
