"""Many cases at once: each by the verb that does one alone, and nothing twice."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mediane.casework import actions as casework
from mediane.casework.models import Case, Message, Step
from mediane.casework.states import Act
from mediane.casework.states import State as CaseState
from mediane.jobs.operations import SILENCE, carry_out, look_after_operations
from mediane.journal.models import Entry
from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Membership
from mediane.worklists import actions
from mediane.worklists.actions import NotDone
from mediane.worklists.actions.operations import Wanted
from mediane.worklists.models import Operation, Pick
from mediane.worklists.queries import operations as queries
from mediane.worklists.states import Fate, Kind, State
from tests.cast import Cast
from tests.stories import a_case, a_studied_case
from tests.worklists.stories import asked, awaiting, fates, fresh, in_paris

pytestmark = pytest.mark.django_db


def test_cases_are_given_each_by_its_own_step(cast: Cast, at: datetime) -> None:
    one, other = a_case(cast.samira, at), a_studied_case(cast.lucette, cast.claire, at)
    operation = asked(cast, [one, other], to=cast.nadia)
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    with in_paris(cast):
        assert fates(operation) == {Fate.DONE: 2}
        assert Operation.objects.get(pk=operation.pk).state == State.DONE
        assert {Case.objects.get(pk=case.pk).assignee_id for case in (one, other)} == {cast.nadia.id}
        assert Step.objects.filter(act=Act.ASSIGN, by_id=cast.claire.id).count() == 2
        assert Entry.objects.filter(verb="assign", actor_id=cast.claire.id).count() == 2
        assert Entry.objects.get(verb="ask_assign_many").details == {"cases": "2"}


def test_the_same_page_sent_twice_asks_once(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    key = "5d2c4f7e-6b1c-4a3e-9a55-0d5b7a3c1e11"
    first = asked(cast, [case], to=cast.nadia, entry_key=key)
    assert asked(cast, [case], to=cast.nadia, entry_key=key).pk == first.pk


@pytest.mark.parametrize("number", [0, 501])
def test_none_or_too_many_are_refused(cast: Cast, at: datetime, number: int) -> None:
    with in_paris(cast), pytest.raises(NotDone, match=r"coché|500"):
        actions.ask(wanted=Wanted(Kind.EXPORT), picked=[(1, "2222-2222", 1)] * number, by=cast.claire, at=at)


def test_what_moved_since_it_was_seen_is_left_with_who_and_what(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    operation = asked(cast, [case], to=cast.amine)
    with in_paris(cast):
        casework.take_up(case=case, by=cast.nadia, at=at + timedelta(hours=1))
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    with in_paris(cast):
        pick = Pick.objects.get()
        assert pick.fate == Fate.LEFT
        assert "Nadia Pruvost a agi sur ce dossier" in pick.why
        assert Case.objects.get().assignee_id == cast.nadia.id


def test_a_worker_killed_midway_leaves_the_rest_to_the_next(cast: Cast, at: datetime, monkeypatch) -> None:
    cases = [a_case(cast.samira, at + timedelta(minutes=n)) for n in range(3)]
    operation = asked(cast, cases, to=cast.nadia)
    monkeypatch.setattr(queries, "AT_A_TIME", 1)
    with in_paris(cast):
        assert actions.go_on(operation=operation, at=at)
        before = {case.pk: case.version for case in Case.objects.filter(assignee=cast.nadia.id)}
        # What the job of a dead worker left is found by the sweep, then done by the next.
        Operation.objects.update(moved_at=clock.now() - SILENCE - timedelta(minutes=1))
    look_after_operations(0)
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    with in_paris(cast):
        assert fates(operation) == {Fate.DONE: 3}
        assert Step.objects.filter(act=Act.ASSIGN).count() == 3
        assert all(Case.objects.get(pk=pk).version == version for pk, version in before.items())


def test_a_right_that_ends_midway_ends_the_operation_with_its_reason(
    cast: Cast, at: datetime, monkeypatch
) -> None:
    cases = [a_case(cast.samira, at + timedelta(minutes=n)) for n in range(3)]
    operation = asked(cast, cases, to=cast.nadia, by=cast.amine)
    monkeypatch.setattr(queries, "AT_A_TIME", 1)
    with in_paris(cast):
        actions.go_on(operation=operation, at=at)
    deactivate(cast.amine)
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    with in_paris(cast):
        stopped = Operation.objects.get(pk=operation.pk)
        assert (stopped.state, stopped.why) == (
            State.STOPPED,
            "Amine Djebbari ne travaille plus dans ce service.",
        )
        assert fates(operation) == {Fate.DONE: 1, Fate.LEFT: 2}
        assert not queries.stopped(cast.paris.pk, since=clock.now() + timedelta(days=1))
        assert not actions.go_on(operation=operation, at=at)


def test_nothing_is_given_to_somebody_who_left(cast: Cast, at: datetime) -> None:
    operation = asked(cast, [a_case(cast.samira, at)], to=cast.nadia)
    deactivate(cast.nadia)
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    with in_paris(cast):
        assert Operation.objects.get().why == "Nadia Pruvost ne fait plus partie de l’équipe."
        assert Case.objects.get().assignee_id is None


def test_interrupted_the_rest_stays_as_it_is(cast: Cast, at: datetime, monkeypatch) -> None:
    cases = [a_case(cast.samira, at + timedelta(minutes=n)) for n in range(2)]
    operation = asked(cast, cases, to=cast.nadia)
    monkeypatch.setattr(queries, "AT_A_TIME", 1)
    with in_paris(cast):
        actions.go_on(operation=operation, at=at)
        actions.cancel(operation=operation, by=cast.claire, at=at)
        actions.cancel(operation=operation, by=cast.claire, at=at)
        assert not actions.go_on(operation=operation, at=at)
        assert fates(operation) == {Fate.DONE: 1, Fate.LEFT: 1}
        with pytest.raises(PermissionDenied):
            actions.cancel(operation=operation, by=cast.nadia, at=at)


def test_undone_it_puts_back_only_what_nobody_touched(cast: Cast, at: datetime) -> None:
    untouched = a_studied_case(cast.samira, cast.amine, at)
    touched, noted = a_studied_case(cast.lucette, cast.amine, at), a_case(cast.samira, at + timedelta(days=3))
    operation = carried(cast, [untouched, touched, noted], to=cast.nadia)
    now = clock.now()
    with in_paris(cast):
        casework.write_to_person(case=fresh(touched), body="Bonjour", by=cast.nadia, at=now)
        casework.note(case=fresh(noted), text="Rappeler lundi", by=cast.nadia, at=now)
        actions.undo(operation=operation, by=cast.claire, at=now)
        actions.undo(operation=operation, by=cast.claire, at=now)
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    with in_paris(cast):
        assert Operation.objects.get().state == State.UNDONE
        assert fresh(untouched).assignee_id == cast.amine.id
        assert fresh(touched).assignee_id == fresh(noted).assignee_id == cast.nadia.id
        why = dict(Pick.objects.filter(fate=Fate.KEPT).values_list("reference", "why"))
        assert "Nadia Pruvost a agi" in why[touched.reference]
        assert why[noted.reference] == "Une note y a été écrite depuis."


def test_what_nobody_followed_is_followed_by_nobody_again_and_stays_studied(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    operation = carried(cast, [case], to=cast.nadia)
    undone(operation, cast)
    with in_paris(cast):
        assert (fresh(case).assignee_id, fresh(case).state) == (None, CaseState.UNDER_STUDY)


def test_it_is_never_put_back_to_somebody_who_left(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.amine, at)
    operation = carried(cast, [case], to=cast.nadia)
    deactivate(cast.amine)
    undone(operation, cast)
    with in_paris(cast):
        assert fresh(case).assignee_id == cast.nadia.id
        assert Pick.objects.get().why == "La personne qui le suivait ne fait plus partie de l’équipe."


def test_after_ten_minutes_it_stays(cast: Cast, at: datetime) -> None:
    operation = carried(cast, [a_case(cast.samira, at)], to=cast.nadia)
    with in_paris(cast):
        operation = Operation.objects.get()
        with pytest.raises(NotDone, match="10\u00a0minutes"):
            actions.undo(
                operation=operation, by=cast.claire, at=operation.ended_at + timedelta(minutes=10, seconds=1)
            )


def test_a_reminder_is_written_to_whom_something_is_awaited_of_once_a_week(cast: Cast, at: datetime) -> None:
    waited, other = awaiting(cast, cast.samira, at), a_studied_case(cast.lucette, cast.claire, at)
    first = asked(cast, [waited, other], kind=Kind.REMIND)
    carry_out(organisation_id=cast.paris.pk, operation_id=first.pk)
    again = asked(cast, [waited], kind=Kind.REMIND)
    carry_out(organisation_id=cast.paris.pk, operation_id=again.pk)
    with in_paris(cast):
        message = Message.objects.get()
        assert "- Avis d’échéance" in message.body
        assert message.author == "Claire Vasseur, médiatrice"
        why = set(Pick.objects.filter(fate=Fate.LEFT).values_list("why", flat=True))
        assert "Aucune pièce n’est attendue de la personne." in why
        assert any(words.startswith("La personne a déjà été relancée le") for words in why)


def test_a_sheet_names_nobody_and_lasts_a_day(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at, grounds=["OVERPAYMENT_NOT_UNDERSTOOD"])
    operation = asked(cast, [case], kind=Kind.EXPORT)
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    with in_paris(cast):
        ready = Operation.objects.get()
        lines = list(actions.take_sheet(operation=ready, by=cast.claire, at=clock.now()))
        assert lines[0][0] == case.reference
        assert "Nadia Pruvost" in lines[0]
        assert "Belkacem" not in str(lines)
        assert Entry.objects.filter(verb="take_sheet").count() == 1
        with pytest.raises(PermissionDenied):
            actions.take_sheet(operation=ready, by=cast.nadia, at=clock.now())
        Operation.objects.filter(pk=ready.pk)
        actions.forget_sheet(operation=ready)
        with pytest.raises(NotDone, match="effacée"):
            actions.take_sheet(operation=ready, by=cast.claire, at=clock.now())
        assert Pick.objects.get().line is None


def carried(cast: Cast, cases: list[Case], *, to: Actor) -> Operation:
    operation = asked(cast, cases, to=to)
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)
    return operation


def undone(operation: Operation, cast: Cast) -> None:
    with in_paris(cast):
        actions.undo(operation=operation, by=cast.claire, at=clock.now())
    carry_out(organisation_id=cast.paris.pk, operation_id=operation.pk)


def deactivate(actor: Actor) -> None:
    with rowsecurity.working_for(rowsecurity.signin()):
        member = Membership.objects.select_related("user").get(user_id=actor.id)
        member.user.is_active = False
        member.user.save()
