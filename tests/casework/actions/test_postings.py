"""Letters on paper: nothing counts as sent until somebody says that it left."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from mediane.accounts.models import User
from mediane.casework import actions
from mediane.casework.actions import AlreadySent, Entry, Sender, ThrownAway
from mediane.casework.models import Case, Deadline, Posting, Step
from mediane.casework.queries import workplan
from mediane.casework.queries.postings import Way, waiting, way_to_tell
from mediane.casework.queries.workplan import Filters, Tab
from mediane.casework.states import Act, Paper, State
from mediane.journal.models import Entry as Line
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.casework.actions.test_register import a_letter
from tests.cast import Cast
from tests.stories import a_case, a_studied_case
from tests.transfers.moving import departure

MAYOR = Sender(name="Mairie du 19e", address="5 place Haute\n75019 Paris", received_on=date(2026, 11, 6))
BY_POST: dict[str, Any] = {"notice_by_email": False, "safe_contact": {"address": "4 rue Haute\n75019 Paris"}}


@pytest.fixture
def in_paris(cast: Cast):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


def on_paper() -> Entry:
    return replace(a_letter(), receipt_on_paper=True)


def acknowledged_on(case: Case) -> date | None:
    return Deadline.objects.get(case=case, kind="acknowledgement").met_on


def kinds(cast: Cast) -> list[str]:
    return [one.kind for one in waiting(cast.paris.pk)[0]]


def test_an_acknowledgement_by_post_waits_for_somebody_to_post_it(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = actions.register(entry=on_paper(), of=cast.lucette, by=cast.nadia, at=at)
    actions.acknowledge(case=case, by=cast.claire, at=at)
    actions.take_up(case=case, by=cast.claire, at=at)
    assert acknowledged_on(case) is None
    assert not Step.objects.filter(act=Act.ACKNOWLEDGE).exists()
    assert kinds(cast) == [Paper.RECEIPT]

    actions.post(posting=Posting.objects.get(), by=cast.nadia, at=at + timedelta(days=1))
    assert acknowledged_on(case) == date(2026, 11, 10)
    assert Step.objects.get(act=Act.ACKNOWLEDGE).by_name == "Nadia Pruvost"
    assert kinds(cast) == []


def test_what_goes_by_the_space_or_by_email_is_acknowledged_as_before(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = actions.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
    actions.acknowledge(case=case, by=cast.claire, at=at)
    assert acknowledged_on(case) == at.date()
    assert kinds(cast) == []


def test_no_letter_waits_for_whoever_wants_none(cast: Cast, at: datetime, in_paris: None) -> None:
    entry = replace(on_paper(), safe_contact={"no_letters": "oui"})
    case = actions.register(entry=entry, of=cast.lucette, by=cast.nadia, at=at)
    assert kinds(cast) == []
    actions.acknowledge(case=case, by=cast.claire, at=at)
    assert acknowledged_on(case) == at.date()


def test_entered_twice_from_one_page_it_is_printed_once(cast: Cast, at: datetime, in_paris: None) -> None:
    entry = on_paper()
    for _ in range(2):
        actions.register(entry=entry, of=cast.lucette, by=cast.nadia, at=at)
    assert kinds(cast) == [Paper.RECEIPT]


def test_a_case_closed_first_has_nothing_more_to_acknowledge(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = actions.register(entry=on_paper(), of=cast.lucette, by=cast.nadia, at=at)
    actions.withdraw(case=case, by=cast.nadia, at=at)
    assert kinds(cast) == []


def test_the_second_to_post_it_is_told_who_did(cast: Cast, at: datetime, in_paris: None) -> None:
    actions.register(entry=on_paper(), of=cast.lucette, by=cast.nadia, at=at)
    first, second = Posting.objects.get(), Posting.objects.get()
    actions.post(posting=first, by=cast.nadia, at=at)
    with pytest.raises(AlreadySent, match="Nadia Pruvost"):
        actions.post(posting=second, by=cast.claire, at=at)
    assert Step.objects.filter(act=Act.POST).count() == 1


def test_whoever_wrote_without_a_mandate_is_acknowledged_and_the_case_keeps_the_trace(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = actions.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
    for _ in range(2):
        letter = actions.acknowledge_sender(case=case, sender=MAYOR, by=cast.nadia, at=at)
    assert kinds(cast) == [Paper.SENDER]
    assert Line.objects.get(verb="prepare_letter").subject == case.reference
    actions.post(posting=letter, by=cast.claire, at=at)
    step = Step.objects.get(act=Act.POST)
    assert (step.words, step.by_name) == ("Accusé de réception à un tiers, Mairie du 19e", "Claire Vasseur")
    # The person’s own acknowledgement is another matter, and so is what the person reads.
    assert not step.is_shared
    assert acknowledged_on(case) is None


def test_an_address_corrected_before_it_left_is_the_one_on_the_letter(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = actions.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
    actions.acknowledge_sender(case=case, sender=MAYOR, by=cast.nadia, at=at)
    moved = replace(MAYOR, address="8 rue Basse\n75019 Paris")
    actions.acknowledge_sender(case=case, sender=moved, by=cast.nadia, at=at)
    assert Posting.objects.get().address == moved.address


def test_a_letter_to_somebody_else_prepared_by_mistake_is_thrown_away_until_it_leaves(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    case = actions.register(entry=on_paper(), of=cast.lucette, by=cast.nadia, at=at)
    (receipt,) = waiting(cast.paris.pk)[0]
    for wrong in (replace(MAYOR, name="Mairie du 9e"), MAYOR):
        letter = actions.acknowledge_sender(case=case, sender=wrong, by=cast.nadia, at=at)
    mistaken = Posting.objects.get(name="Mairie du 9e")
    actions.throw_away(posting=mistaken, by=cast.claire, at=at)
    assert kinds(cast) == [Paper.RECEIPT, Paper.SENDER]
    line = Line.objects.get(verb="throw_letter_away")
    assert (line.subject, line.actor_name) == (case.reference, "Claire Vasseur")
    # Whoever comes second, or has it in the post, is told.
    for verb in (actions.throw_away, actions.post):
        with pytest.raises(ThrownAway):
            verb(posting=mistaken, by=cast.nadia, at=at)
    actions.post(posting=letter, by=cast.nadia, at=at)
    with pytest.raises(AlreadySent, match="Nadia Pruvost"):
        actions.throw_away(posting=letter, by=cast.claire, at=at)
    # The others are told of what happened: that is not undone here.
    with pytest.raises(PermissionDenied):
        actions.throw_away(posting=receipt, by=cast.claire, at=at)


@pytest.mark.parametrize("change", [{"sent_by": "Personne"}, {"sent_at": None, "sent_by": ""}, None])
def test_what_left_never_changes(
    cast: Cast, at: datetime, in_paris: None, change: dict[str, Any] | None
) -> None:
    case = actions.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
    letter = actions.acknowledge_sender(case=case, sender=MAYOR, by=cast.nadia, at=at)
    actions.post(posting=letter, by=cast.nadia, at=at)
    row = Posting.objects.filter(pk=letter.pk)
    with pytest.raises(IntegrityError, match="has left"), transaction.atomic():
        row.update(**change) if change else row.delete()


def test_the_person_reads_no_row_of_who_was_written_to(cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        case = actions.register(entry=a_letter(), of=cast.lucette, by=cast.nadia, at=at)
        letter = actions.acknowledge_sender(case=case, sender=MAYOR, by=cast.nadia, at=at)
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        assert not Posting.objects.exists()
        with pytest.raises(PermissionDenied):
            actions.acknowledge_sender(case=case, sender=MAYOR, by=cast.lucette.as_actor(), at=at)
    with (
        rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)),
        pytest.raises(PermissionDenied),
    ):
        actions.post(posting=letter, by=cast.remi, at=at)


@pytest.mark.parametrize(
    ("differs", "way"),
    [
        ({"notice_by_email": True, "safe_contact": {"email": "ici@exemple.fr"}}, Way.EMAIL),
        ({"notice_by_email": True, "safe_contact": {"email": "ici@exemple.fr\nBcc: x@y.fr"}}, Way.PAPER),
        (BY_POST, Way.PAPER),
        (BY_POST | {"safe_contact": {"no_letters": "oui"}}, Way.SPACE),
    ],
)
def test_the_two_sides_of_a_merge_are_told(
    cast: Cast, at: datetime, differs: dict[str, Any], way: Way
) -> None:
    kept, twin = a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at, **differs)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert way_to_tell(twin) is way
        actions.assign(case=twin, to=User.objects.get(pk=cast.amine.id), by=cast.nadia, at=at)
        actions.merge_cases(case=twin, other=kept, seen_rank=0, by=cast.nadia, at=at)
        assert kinds(cast) == ([Paper.MERGED] if way is Way.PAPER else [])
        assert Case.objects.get(pk=kept.pk).has_news
        assert shown_to(cast, cast.amine) == (twin.reference,)
        assert shown_to(cast, cast.nadia) == shown_to(cast, cast.claire) == ()
        twin.refresh_from_db()
        actions.read_news(case=twin, by=cast.amine, at=at)
        assert shown_to(cast, cast.amine) == ()


@pytest.mark.parametrize(
    ("differs", "told"),
    [
        ({"safe_contact": {"email": "ici@exemple.fr"}}, []),
        (BY_POST, [Paper.TRANSFERRED]),
        (BY_POST | {"safe_contact": {"no_letters": "oui"}}, []),
    ],
)
def test_whoever_is_told_by_no_email_is_told_of_a_transfer_on_paper(
    cast: Cast, at: datetime, differs: dict[str, Any], told: list[Paper]
) -> None:
    case = a_studied_case(cast.samira, cast.claire, at, **differs)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.transfer(case=case, departure=departure(cast), by=cast.nadia, at=at)
        assert kinds(cast) == told
        for letter in waiting(cast.paris.pk)[0]:
            actions.post(posting=letter, by=cast.nadia, at=at)
        assert kinds(cast) == []
        assert Step.objects.filter(act=Act.POST, is_shared=True).count() == 0


def shown_to(cast: Cast, member: Actor) -> tuple[str, ...]:
    return workplan.counts(
        organisation_id=cast.paris.pk,
        user_id=member.id,
        today=date(2026, 11, 23),
        tab=Tab.ALL,
        filters=Filters(),
    ).merged_by_others


def test_whoever_merges_their_own_is_not_told_of_it(cast: Cast, at: datetime) -> None:
    kept, twin = a_studied_case(cast.samira, cast.claire, at), a_studied_case(cast.samira, cast.nadia, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.merge_cases(case=twin, other=kept, seen_rank=0, by=cast.nadia, at=at)
        assert not Case.objects.get(pk=twin.pk).has_news
        assert shown_to(cast, cast.nadia) == ()


def test_seen_otherwise_before_it_left_the_letter_is_not_sent_and_after_another_says_so(
    cast: Cast, at: datetime
) -> None:
    kept = a_studied_case(cast.samira, cast.claire, at)
    twin = a_studied_case(cast.samira, cast.claire, at, **BY_POST)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        pair = {"case": twin, "other": kept, "by": cast.nadia, "at": at}
        actions.merge_cases(seen_rank=0, **pair)
        assert kinds(cast) == [Paper.MERGED]
        actions.set_apart(seen_rank=1, **pair)
        assert kinds(cast) == []
        twin.refresh_from_db()
        # What was only the merge is no answer of the person’s.
        assert (twin.state, twin.has_news) == (State.UNDER_STUDY, False)
        later = {"by": cast.amine, "at": at + timedelta(days=4)}
        actions.merge_cases(seen_rank=2, **pair | later)
        # Joined again, it says by whom and when it was this time.
        ((letter,), _) = waiting(cast.paris.pk)
        assert (letter.prepared_by, letter.prepared_at) == (cast.amine.name, later["at"])
        actions.post(posting=letter, by=cast.nadia, at=at)
        actions.set_apart(seen_rank=3, **pair)
        assert kinds(cast) == [Paper.SEPARATED]
        actions.post(posting=waiting(cast.paris.pk)[0][0], by=cast.nadia, at=at)
        # Joined and set apart again between two posts: the last letter she has is still true.
        actions.merge_cases(seen_rank=4, **pair)
        actions.set_apart(seen_rank=5, **pair)
        assert kinds(cast) == []
