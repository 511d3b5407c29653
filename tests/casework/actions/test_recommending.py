"""What the mediator recommends to a service, and what the service makes of it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction

from mediane.casework import actions
from mediane.casework.models import Case, Recommendation
from mediane.casework.states import Act, Answer
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

ADVICE = actions.Advice(service="BENEFITS", officer="G204", words="Relire les attestations de loyer reçues.")


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def test_the_mediator_recommends_and_the_case_remembers(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        made = actions.recommend(case=case, advice=ADVICE, by=cast.claire, at=at)
        assert (made.rank, made.service, made.made_by) == (1, "BENEFITS", "Claire Vasseur")
        step = case.steps.latest("pk")
        assert (step.act, step.words) == (Act.RECOMMEND, "Au service des prestations")
        # The person reads nothing of it.
        assert not step.is_shared
        assert actions.recommend(case=case, advice=ADVICE, by=cast.claire, at=at).rank == 2


def test_recommending_is_the_mediator_s(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        for other in (cast.nadia, cast.remi, cast.agnes):
            with pytest.raises(PermissionDenied):
                actions.recommend(case=case, advice=ADVICE, by=other, at=at)


def test_anybody_of_the_service_notes_the_answer_once(cast: Cast, at: datetime, case: Case) -> None:
    later = at + timedelta(days=10)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        made = actions.recommend(case=case, advice=ADVICE, by=cast.claire, at=at)
        silent = actions.ServiceAnswer(answer=Answer.NO_ANSWER, on=date(2026, 11, 16))
        actions.note_answer(recommendation=made, said=silent, by=cast.nadia, at=later)
        # What never came may still come.
        late = actions.ServiceAnswer(
            answer=Answer.PARTLY, on=date(2026, 11, 18), words="Une relecture sur deux."
        )
        noted = actions.note_answer(recommendation=made, said=late, by=cast.nadia, at=later)
        assert (noted.answer, noted.noted_by) == (Answer.PARTLY, "Nadia Pruvost")
        with pytest.raises(actions.AlreadyAnswered, match="Nadia Pruvost a déjà noté"):
            actions.note_answer(recommendation=made, said=silent, by=cast.amine, at=later)
        assert case.steps.latest("pk").words == "Prestations\u00a0: suivie en partie"


@pytest.mark.parametrize("day", [date(2026, 11, 8), date(2026, 11, 20)])
def test_no_answer_comes_before_the_question_nor_tomorrow(
    cast: Cast, at: datetime, case: Case, day: date
) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        made = actions.recommend(case=case, advice=ADVICE, by=cast.claire, at=at)
        said = actions.ServiceAnswer(answer=Answer.FOLLOWED, on=day)
        with pytest.raises(actions.AnsweredTooEarly):
            actions.note_answer(recommendation=made, said=said, by=cast.nadia, at=at + timedelta(days=10))


def test_the_database_keeps_what_was_recommended(cast: Cast, at: datetime, case: Case) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.recommend(case=case, advice=ADVICE, by=cast.claire, at=at)
        for change in ({"words": "Autre chose"}, {"officer": "G117"}, {"made_by": "Nadia Pruvost"}):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                Recommendation.objects.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.update(answer=Answer.FOLLOWED)
    for context in (rowsecurity.head(cast.paris.pk), rowsecurity.person(cast.samira.pk)):
        with rowsecurity.working_for(context):
            assert not Recommendation.objects.exists()
