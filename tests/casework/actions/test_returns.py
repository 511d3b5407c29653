"""A person who comes back after a redirection: proposed with its reason, said by a human, read on both."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from mediane.casework import actions
from mediane.casework.actions.links import DecidedMeanwhile, NotLinked
from mediane.casework.models import Case, Forwarding, Link, Step
from mediane.casework.queries.casefile import CaseFile, casefile
from mediane.casework.states import Act, Kinship, State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

AGREED = date(2026, 11, 10)
Pair = tuple[Case, Case]


@pytest.fixture
def in_paris(cast: Cast):
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


@pytest.fixture
def back(cast: Cast, at: datetime) -> Pair:
    """Sent to the MDPH with her file, she writes again nine days later."""
    first = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.redirect(case=first, reason="OTHER_BODY", body="MDPH", agreed_on=AGREED, by=cast.nadia, at=at)
    return first, a_case(cast.samira, at + timedelta(days=9))


def opened(case: Case, cast: Cast) -> CaseFile:
    return casefile(actions.consult(reference=case.reference, by=cast.claire, at=case.received_at))


def link(pair: Pair, cast: Cast, at: datetime, seen_rank: int = 0) -> Link:
    first, second = pair
    return actions.link_as_return(case=second, other=first, seen_rank=seen_rank, by=cast.nadia, at=at)


def test_a_return_is_tied_to_the_redirection_and_so_to_the_file_that_left(
    back: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    said = link(back, cast, at + timedelta(days=10))
    assert (said.kinship, said.earlier_id, said.later_id) == (Kinship.RETURN, back[0].pk, back[1].pk)
    assert said.reorientation is not None
    assert said.reorientation.body == "MDPH"
    assert Forwarding.objects.get(reorientation__returns__later=back[1]).agreed_on == AGREED
    assert "Réorientée vers la MDPH le 9\u00a0novembre\u00a02026" in said.reasons
    assert Step.objects.filter(act=Act.LINK_RETURN, is_shared=False).count() == 2
    assert [Case.objects.get(pk=one.pk).state for one in back] == [State.REDIRECTED, State.RECEIVED]


def test_it_is_proposed_until_somebody_says_what_it_is(
    back: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    first, second = back
    proposed = opened(second, cast).returned
    assert proposed is not None
    assert (proposed.earlier.reference, proposed.said) == (first.reference, None)
    link(back, cast, at + timedelta(days=10))
    confirmed = opened(second, cast).returned
    assert confirmed is not None
    assert confirmed.said is not None
    assert confirmed.said.kinship == Kinship.RETURN
    for one, other in (back, back[::-1]):
        (near,) = [near for near in opened(one, cast).near if near.listed.reference == other.reference]
        assert near.said is not None
        assert near.said.kinship == Kinship.RETURN
    actions.set_apart(case=first, other=second, seen_rank=1, by=cast.claire, at=at + timedelta(days=11))
    assert opened(second, cast).returned is None


def test_what_follows_no_redirection_is_no_return(cast: Cast, at: datetime, in_paris: None) -> None:
    first = a_studied_case(cast.samira, cast.claire, at)
    actions.withdraw(case=first, by=cast.claire, at=at + timedelta(days=2))
    with pytest.raises(NotLinked, match="n’était pas réorienté"):
        link((first, a_case(cast.samira, at + timedelta(days=9))), cast, at + timedelta(days=10))


def test_what_was_received_before_the_redirection_is_no_return(
    cast: Cast, at: datetime, in_paris: None
) -> None:
    first = a_studied_case(cast.samira, cast.claire, at)
    second = a_case(cast.samira, at + timedelta(days=1))
    actions.redirect(case=first, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at + timedelta(days=3))
    with pytest.raises(NotLinked, match="n’était pas réorienté"):
        link((first, second), cast, at + timedelta(days=4))


def test_a_redirection_seen_otherwise_since_is_no_longer_come_back_from(
    back: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    scope = actions.Scope(to=State.UNDER_STUDY, because="Erreur")
    actions.reclassify(case=back[0], scope=scope, by=cast.claire, at=at + timedelta(days=10))
    with pytest.raises(NotLinked, match="n’était pas réorienté"):
        link(back, cast, at + timedelta(days=11))


def test_somebody_else_s_request_is_no_return(cast: Cast, at: datetime, back: Pair, in_paris: None) -> None:
    with pytest.raises(NotLinked, match="deux personnes"):
        link((back[0], a_case(cast.lucette, at + timedelta(days=9))), cast, at + timedelta(days=10))


def test_the_second_who_says_it_comes_too_late(back: Pair, cast: Cast, at: datetime, in_paris: None) -> None:
    link(back, cast, at + timedelta(days=10))
    with pytest.raises(DecidedMeanwhile, match="Nadia Pruvost a décidé"):
        link(back, cast, at + timedelta(days=10))
    with pytest.raises(NotLinked, match="déjà décidé"):
        link(back, cast, at + timedelta(days=10), seen_rank=1)


def test_the_database_ties_a_return_and_nothing_else_to_a_redirection(
    back: Pair, cast: Cast, at: datetime, in_paris: None
) -> None:
    known = {
        "organisation": cast.paris,
        "earlier": back[0],
        "later": back[1],
        "decided_at": at,
        "decided_by": "Nadia Pruvost",
    }
    sent = back[0].reorientations.get()
    for kinship, tied in ((Kinship.RETURN, None), (Kinship.REPEAT, sent)):
        with pytest.raises(IntegrityError, match="link_of_a_return"), transaction.atomic():
            Link.objects.create(**known, kinship=kinship, reorientation=tied)
