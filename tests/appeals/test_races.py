"""Two people of the service at the same moment."""

from collections.abc import Callable
from datetime import datetime

from mediane.appeals import actions
from mediane.appeals.models import AppealEvent, SignOff
from mediane.appeals.states import Evidence
from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.states import Outcome
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from tests.appeals.stories import a_decision, an_admitted_case
from tests.cast import Cast
from tests.findings.test_races import together


def test_of_two_days_noted_one_is_read_again_first(committed: str, cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)

    def noting(by: Actor, evidence: Evidence) -> Callable[[], object]:
        return lambda: actions.note_appeal_event(
            case=Case.objects.get(pk=case.pk),
            dated=a_decision(evidence=evidence),
            seen_rank=0,
            by=by,
            at=at,
        )

    both = noting(cast.claire, Evidence.RECEIPT), noting(cast.nadia, Evidence.DECLARED)
    (refused,) = together(cast.claire, *both)
    assert "a noté entre-temps" in refused
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert AppealEvent.objects.count() == 1


def test_a_day_noted_while_the_case_is_answered_is_kept(committed: str, cast: Cast, at: datetime) -> None:
    case = an_admitted_case(cast, at)

    def noting() -> object:
        return actions.note_appeal_event(
            case=Case.objects.get(pk=case.pk), dated=a_decision(), seen_rank=0, by=cast.nadia, at=at
        )

    def answering() -> object:
        return casework.answer(
            case=Case.objects.get(pk=case.pk),
            outcome=Outcome.UPHELD,
            cause="ASSESSMENT_ERROR",
            grounds=case.grounds,
            by=cast.claire,
            at=at,
        )

    assert together(cast.claire, noting, answering) == []
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert AppealEvent.objects.count() == 1
        assert not Case.objects.get(pk=case.pk).is_open


def test_of_two_words_on_showing_the_date_one_comes_too_late(
    committed: str, cast: Cast, at: datetime
) -> None:
    def deciding(words: str) -> Callable[[], object]:
        return lambda: actions.decide_sign_off(
            organisation=cast.paris, is_given=True, words=words, seen_rank=0, by=cast.claire, at=at
        )

    (refused,) = together(cast.claire, deciding("Avis du 3 novembre"), deciding("Avis du 4 novembre"))
    assert "a décidé entre-temps" in refused
    assert SignOff.objects.count() == 1
