from datetime import date, datetime, timedelta

import pytest

from mediane.casework import actions
from mediane.casework.actions.step import MoveRefused
from mediane.casework.models import Case, Forwarding, Step
from mediane.casework.states import Act, Move, State
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

AGREED = date(2026, 11, 10)


@pytest.fixture
def case(cast: Cast, at: datetime):
    made = a_studied_case(cast.samira, cast.claire, at)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield made


def test_the_file_is_prepared_once_with_the_day_of_the_agreement(
    case: Case, cast: Cast, at: datetime
) -> None:
    actions.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    actions.forward(case=case, agreed_on=AGREED, by=cast.nadia, at=at)
    with pytest.raises(actions.AlreadyForwarded, match="Nadia Pruvost a déjà préparé"):
        actions.forward(case=case, agreed_on=AGREED, by=cast.claire, at=at + timedelta(hours=1))

    assert Forwarding.objects.get().agreed_on == AGREED
    told = Step.objects.get(case=case, act=Act.FORWARD)
    assert (told.words, told.is_shared) == ("MDPH", True)


def test_a_redirection_with_the_agreement_prepares_the_file_in_the_same_act(
    case: Case, cast: Cast, at: datetime
) -> None:
    actions.redirect(case=case, reason="OTHER_BODY", body="MDPH", agreed_on=AGREED, by=cast.nadia, at=at)
    prepared = Forwarding.objects.get(reorientation__case=case)
    assert (prepared.agreed_on, prepared.prepared_by) == (AGREED, "Nadia Pruvost")
    assert [step.act for step in Step.objects.filter(case=case).order_by("-pk")[:2]] == [
        Act.FORWARD,
        Move.REDIRECT,
    ]
    with pytest.raises(actions.AlreadyForwarded):
        actions.forward(case=case, agreed_on=AGREED, by=cast.claire, at=at)


def test_what_is_not_redirected_is_not_forwarded(case: Case, cast: Cast, at: datetime) -> None:
    with pytest.raises(MoveRefused):
        actions.forward(case=case, agreed_on=AGREED, by=cast.nadia, at=at)


def test_a_second_redirection_asks_for_an_agreement_of_its_own(case: Case, cast: Cast, at: datetime) -> None:
    scope = actions.Scope(to=State.UNDER_STUDY, because="Erreur")
    actions.redirect(case=case, reason="OTHER_BODY", body="MDPH", by=cast.nadia, at=at)
    actions.forward(case=case, agreed_on=AGREED, by=cast.nadia, at=at)
    actions.reclassify(case=case, scope=scope, by=cast.claire, at=at + timedelta(days=1))
    actions.redirect(case=case, reason="OTHER_BODY", body="CPAM", by=cast.nadia, at=at + timedelta(days=2))
    actions.forward(case=case, agreed_on=AGREED, by=cast.nadia, at=at + timedelta(days=2))
    assert [one.reorientation.body for one in Forwarding.objects.order_by("pk")] == ["MDPH", "CPAM"]
