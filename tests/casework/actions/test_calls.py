"""What was said on the telephone: sealed, in its place, once."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from mediane.casework import actions
from mediane.casework.models import Call, Case, Step
from mediane.casework.queries.casefile import casefile
from mediane.casework.queries.spoken import own_calls
from mediane.casework.rules.meetings import Spoken
from mediane.casework.states import Act, CallKind
from mediane.kit import rowsecurity
from tests.cast import Cast
from tests.stories import a_studied_case

DAY = timedelta(days=1)
SAID = "Elle a retrouvé ses quittances."


def spoken(at: datetime, **differs: Any) -> Spoken:
    return Spoken(
        **{"kind": CallKind.MADE, "called_at": at, "spoke_to": "Samira Belkacem", "text": SAID} | differs
    )


def noted(case: Case, cast: Cast, at: datetime, **differs: Any) -> Call:
    said = spoken(differs.pop("called_at", at), **differs)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        return actions.note_call(case=case, spoken=said, by=cast.nadia, at=at)


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at - 3 * DAY)


def test_a_call_is_sealed_and_unsealed_on_the_page_of_the_case(case: Case, cast: Cast, at: datetime) -> None:
    noted(case, cast, at, minutes=12)
    noted(case, cast, at + DAY, kind=CallKind.TRIED, text="")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM casework_call t")
        assert b"quittances".hex() not in cursor.fetchone()[0]
        shown = casefile(actions.consult(reference=case.reference, by=cast.claire, at=at)).calls
    assert [(one.call.kind, one.text, one.was_answered) for one in shown] == [
        ("tried", "", False),
        ("made", SAID, True),
    ]
    assert (shown[1].call.minutes, shown[1].call.called_at) == (12, at)


def test_only_a_shared_call_is_read_by_the_person(case: Case, cast: Cast, at: datetime) -> None:
    noted(case, cast, at)
    noted(case, cast, at + DAY, is_shared=True, text="Rendez-vous pris.")
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert Call.objects.count() == 1
        assert [one.text for one in own_calls(Case.objects.get(pk=case.pk))] == ["Rendez-vous pris."]
        assert Step.objects.filter(act=Act.NOTE_CALL).count() == 1
    with rowsecurity.working_for(rowsecurity.person(cast.lucette.pk)):
        assert Call.objects.count() == 0


def test_a_double_click_notes_one_call(case: Case, cast: Cast, at: datetime) -> None:
    assert noted(case, cast, at).pk == noted(case, cast, at + timedelta(seconds=3), called_at=at).pk
    with pytest.raises(actions.CallRefused, match="déjà noté un appel à cette minute"):
        noted(case, cast, at + timedelta(seconds=9), called_at=at, text="Autre chose")
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        assert Step.objects.filter(act=Act.NOTE_CALL).count() == 1


@pytest.mark.parametrize(("when", "words"), [(DAY, "dans le futur"), (-400 * DAY, "plus d’un an")])
def test_a_call_is_noted_after_it_was_made_and_not_years_after(
    case: Case, cast: Cast, at: datetime, when: timedelta, words: str
) -> None:
    with pytest.raises(actions.CallRefused, match=words):
        noted(case, cast, at, called_at=at + when)


def test_a_call_needs_no_version_and_a_closed_case_takes_it(case: Case, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.withdraw(case=case, by=cast.claire, at=at)
    before = case.version
    noted(case, cast, at + DAY)
    assert case.version == before + 1


def test_somebody_of_another_caf_notes_nothing(case: Case, cast: Cast, at: datetime) -> None:
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)), pytest.raises(PermissionDenied):
        actions.note_call(case=case, spoken=spoken(at), by=cast.remi, at=at)
