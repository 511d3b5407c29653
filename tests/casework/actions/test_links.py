"""Two requests that resemble each other: a human says what they are, and may say otherwise."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mediane.casework import actions
from mediane.casework.actions.links import DecidedMeanwhile, NotLinked
from mediane.casework.actions.step import MoveRefused
from mediane.casework.models import Case, Link, Step
from mediane.casework.queries.casefile import CaseFile, casefile
from mediane.casework.queries.own_case import own_case
from mediane.casework.states import Act, Kinship, Move, State
from mediane.complaints.models import StatusFact
from mediane.kit import rowsecurity
from mediane.people.models import Beneficiary
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

Pair = tuple[Case, Case]


@pytest.fixture
def in_paris(cast: Cast):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


@pytest.fixture
def twice(cast: Cast, at: datetime) -> Pair:
    """The same request, received twice within a week; both are open."""
    return a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at + timedelta(days=5))


@pytest.fixture
def again(cast: Cast, at: datetime) -> Pair:
    """The person comes back after a withdrawal."""
    first = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.withdraw(case=first, by=cast.claire, at=at + timedelta(days=2))
    return first, a_case(cast.samira, at + timedelta(days=9))


def opened(case: Case, cast: Cast) -> CaseFile:
    return casefile(actions.consult(reference=case.reference, by=cast.claire, at=case.received_at))


def standing() -> list[str]:
    return [link.kinship for link in Link.objects.filter(replaced_at=None)]


def test_a_repeat_is_linked_from_either_side_and_counted_once(
    again: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    first, second = again
    later = at + timedelta(days=10)
    link = actions.link_as_repeat(case=second, other=first, seen_rank=0, by=cast.nadia, at=later)

    assert (link.earlier_id, link.later_id, link.decided_by) == (first.pk, second.pk, "Nadia Pruvost")
    assert "Même personne" in link.reasons
    assert Link.objects.filter(kinship=Kinship.REPEAT, replaced_at=None).count() == 1
    assert Step.objects.filter(act=Act.LINK_REPEAT, is_shared=False).count() == 2
    second.refresh_from_db()
    assert second.state == State.RECEIVED


def test_what_came_before_the_first_was_closed_is_no_repeat(
    twice: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    with pytest.raises(NotLinked, match="n’était pas clos"):
        actions.link_as_repeat(case=twice[0], other=twice[1], seen_rank=0, by=cast.nadia, at=at)
    assert not Link.objects.exists()


def test_a_duplicate_closes_and_is_read_from_the_first_received(
    twice: Pair, cast: Cast, at: datetime
) -> None:
    kept, duplicate = twice
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        actions.write_to_service(
            case=duplicate, body="Et mon loyer ?", by=cast.samira.as_actor(), at=duplicate.received_at
        )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        at = duplicate.received_at + timedelta(days=1)
        actions.merge_cases(case=duplicate, other=kept, seen_rank=0, by=cast.nadia, at=at)
        duplicate.refresh_from_db()
        kept.refresh_from_db()
        assert (duplicate.state, duplicate.closed_at, kept.state) == (State.MERGED, at, State.UNDER_STUDY)
        assert kept.has_news
        file = opened(kept, cast)
        assert [(one.near.pk, [m.body for m in one.messages]) for one in file.joined] == [
            (duplicate.pk, ["Et mon loyer ?"])
        ]
        assert opened(duplicate, cast).near[0].listed.reference == kept.reference
        told = Step.objects.get(case=duplicate, act=Move.MERGE)
        assert (told.is_shared, told.words) == (True, f"Étudiée avec la demande {kept.reference}")
        facts = StatusFact.objects.filter(reference=duplicate.reference).order_by("pk")
        assert [fact.fact for fact in facts] == ["registered", "closed"]


def test_a_duplicate_says_who_answers_for_it_from_the_account_that_does_not_see_it(
    cast: Cast, at: datetime
) -> None:
    kept, duplicate = (
        a_studied_case(cast.samira, cast.claire, at),
        a_case(cast.lucette, at + timedelta(days=5)),
    )
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        Beneficiary.objects.filter(pk=cast.lucette.pk).update(merged_into=cast.samira.pk)
        actions.merge_cases(case=duplicate, other=kept, seen_rank=0, by=cast.nadia, at=at + timedelta(days=6))
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        seen = Case.objects.get()
        assert own_case(seen).situation.body == kept.reference
        with pytest.raises(MoveRefused, match=kept.reference):
            actions.write_to_service(case=seen, body="Bonjour", by=cast.lucette.as_actor(), at=at)


def test_two_requests_of_two_people_are_neither(cast: Cast, at: datetime) -> None:
    one, other = a_studied_case(cast.samira, cast.claire, at), a_case(cast.lucette, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for verb in (actions.merge_cases, actions.link_as_repeat):
            with pytest.raises(NotLinked, match="deux personnes"):
                verb(case=one, other=other, seen_rank=0, by=cast.nadia, at=at)
        actions.set_apart(case=one, other=other, seen_rank=0, by=cast.nadia, at=at)
        assert standing() == [Kinship.APART]


def test_a_closed_case_neither_answers_for_another_nor_is_closed_again(
    again: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    with pytest.raises((NotLinked, MoveRefused)):
        actions.merge_cases(case=again[0], other=again[1], seen_rank=0, by=cast.nadia, at=at)
    assert not Link.objects.exists()


def test_seeing_otherwise_keeps_both_decisions_and_opens_the_duplicate_again(
    twice: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    kept, duplicate = twice
    first, second = at + timedelta(days=6), at + timedelta(days=8)
    due = duplicate.deadlines.get(kind="reply").due_on
    actions.merge_cases(case=kept, other=duplicate, seen_rank=0, by=cast.nadia, at=first)
    actions.set_apart(case=kept, other=duplicate, seen_rank=1, by=cast.claire, at=second)

    duplicate.refresh_from_db()
    assert (duplicate.state, duplicate.closed_at) == (State.UNDER_STUDY, None)
    assert duplicate.deadlines.get(kind="reply").due_on == due
    assert [(one.kinship, one.replaced_at) for one in Link.objects.order_by("rank")] == [
        (Kinship.DUPLICATE, second),
        (Kinship.APART, None),
    ]


def test_what_is_decided_is_not_decided_a_second_time(
    twice: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    actions.set_apart(case=twice[0], other=twice[1], seen_rank=0, by=cast.nadia, at=at)
    with pytest.raises(NotLinked, match="Nadia Pruvost a déjà décidé"):
        actions.set_apart(case=twice[0], other=twice[1], seen_rank=1, by=cast.claire, at=at)


def test_a_decision_on_what_one_no_longer_sees_is_refused_and_names_who_decided(
    again: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    actions.link_as_repeat(case=again[0], other=again[1], seen_rank=0, by=cast.nadia, at=at)
    with pytest.raises(DecidedMeanwhile, match=r"Nadia Pruvost a décidé le .*Réitération"):
        actions.set_apart(case=again[1], other=again[0], seen_rank=0, by=cast.claire, at=at)
    assert standing() == [Kinship.REPEAT]


def test_a_case_that_answers_for_another_is_not_closed_as_a_duplicate(
    twice: Pair, cast: Cast, at: datetime
) -> None:
    third = a_case(cast.samira, at + timedelta(days=6))
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.merge_cases(case=twice[1], other=third, seen_rank=0, by=cast.nadia, at=at)
        with pytest.raises(NotLinked, match="a lui-même un doublon"):
            actions.merge_cases(case=twice[0], other=twice[1], seen_rank=0, by=cast.nadia, at=at)


def test_what_is_urgent_in_a_duplicate_is_urgent_in_what_answers_for_it(cast: Cast, at: datetime) -> None:
    kept = a_studied_case(cast.samira, cast.claire, at)
    urgent = a_case(cast.samira, at + timedelta(days=2), urgency=["no_income"])
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.merge_cases(case=kept, other=urgent, seen_rank=0, by=cast.claire, at=at)
        kept.refresh_from_db()
        assert kept.is_urgent


def test_an_e_mail_about_a_duplicate_is_read_where_it_is_answered(
    twice: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    kept, duplicate = twice
    actions.merge_cases(case=kept, other=duplicate, seen_rank=0, by=cast.claire, at=at)
    message = actions.receive_email(
        case=duplicate, author="Samira", body="Bonjour", sent_at=at, by=cast.claire, at=at
    )
    assert message.case_id == kept.pk


def test_another_caf_says_nothing_of_them(twice: Pair, cast: Cast, at: datetime, in_paris: None) -> None:
    with pytest.raises(PermissionDenied):
        actions.set_apart(case=twice[0], other=twice[1], seen_rank=0, by=cast.remi, at=at)
