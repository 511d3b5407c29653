"""Two people at the same moment: of two summaries one is read, and none outlives its reply."""

from datetime import datetime, timedelta

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import State
from mediane.kit import rowsecurity
from mediane.precedents import actions
from mediane.precedents.models import Precedent, Release
from tests.cast import Cast
from tests.findings.test_races import together
from tests.precedents.stories import SUMMARY, an_answered_case


def test_of_two_summaries_one_is_released(committed: str, cast: Cast, at: datetime) -> None:
    number = an_answered_case(cast.awa, cast.remi, at - timedelta(days=20)).pk

    def releasing() -> Release:
        return actions.release(case=Case.objects.get(pk=number), words=SUMMARY, by=cast.remi, at=at)

    (refused,) = together(cast.remi, releasing, releasing)
    assert "a déjà partagé un résumé" in refused
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Precedent.objects.count() == 1


def test_a_summary_and_a_reopening_leave_none_to_read(committed: str, cast: Cast, at: datetime) -> None:
    number = an_answered_case(cast.awa, cast.remi, at - timedelta(days=20)).pk

    def releasing() -> Release:
        return actions.release(case=Case.objects.get(pk=number), words=SUMMARY, by=cast.remi, at=at)

    def reopening() -> object:
        case = Case.objects.get(pk=number)
        return casework.reopen(case=case, because="Un document nouveau.", by=cast.remi, at=at)

    refused = together(cast.remi, releasing, reopening)
    assert all("son étude a repris" in sentence for sentence in refused)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert Case.objects.get(pk=number).state == State.UNDER_STUDY
        assert not Precedent.objects.exists()


def test_of_two_who_take_it_back_one_is_told(committed: str, cast: Cast, at: datetime) -> None:
    number = an_answered_case(cast.awa, cast.remi, at - timedelta(days=20)).pk
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        released = actions.release(case=Case.objects.get(pk=number), words=SUMMARY, by=cast.remi, at=at)

    def taking_back() -> None:
        actions.withdraw_release(
            case=Case.objects.get(pk=number),
            public_id=released.public_id,
            because="Trop précis.",
            by=cast.remi,
            at=at,
        )

    (refused,) = together(cast.remi, taking_back, taking_back)
    assert "quelqu’un l’a retiré avant vous" in refused
