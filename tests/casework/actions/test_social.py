"""Social facts: optional, seen by the service alone, gone with the case, counted and nothing else."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from mediane.casework import actions
from mediane.casework.actions import Social
from mediane.casework.actions.step import ChangedMeanwhile
from mediane.casework.models import Case, SocialFacts, Step
from mediane.casework.states import Act, Outcome
from mediane.kit import rowsecurity
from mediane.statistics import actions as statistics
from mediane.statistics.queries.counted import Place, months_of, summed
from mediane.statistics.rules.indicators import INDICATORS
from mediane.statistics.states import Axis, Population
from tests.cast import Cast
from tests.stories import a_case, a_studied_case

SAID = Social(household="ALONE_CHILDREN", age="30_39")


def in_paris(cast: Cast):
    return rowsecurity.working_for(rowsecurity.staff(cast.paris.pk))


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.nadia, at)


def note(case: Case, social: Social, cast: Cast, at: datetime) -> None:
    actions.note_social(case=case, social=social, by=cast.nadia, at=at)


def test_they_replace_what_was_noted_and_said_again_change_nothing(
    cast: Cast, case: Case, at: datetime
) -> None:
    with in_paris(cast):
        for social in (SAID, SAID, Social(quotient="400_799")):
            note(case, social, cast, at)
        held = SocialFacts.objects.get()
        assert (held.household, held.age, held.quotient, held.noted_by) == (
            "",
            "",
            "400_799",
            "Nadia Pruvost",
        )
        steps = Step.objects.filter(case=case, act=Act.NOTE_SOCIAL)
        assert [(step.words, step.is_shared) for step in steps] == [("", False)] * 2


def test_all_empty_nothing_is_kept(cast: Cast, case: Case, at: datetime) -> None:
    with in_paris(cast):
        note(case, Social(), cast, at)
        assert not Step.objects.filter(act=Act.NOTE_SOCIAL).exists()
        note(case, SAID, cast, at)
        note(case, Social(), cast, at)
        assert not SocialFacts.objects.exists()


def test_whoever_comes_second_is_told_so(cast: Cast, case: Case, at: datetime) -> None:
    with in_paris(cast):
        seen = case.version
        note(case, SAID, cast, at)
        with pytest.raises(ChangedMeanwhile):
            actions.note_social(case=case, social=Social(), seen_version=seen, by=cast.claire, at=at)
        assert SocialFacts.objects.get().age == "30_39"


def test_nobody_but_the_service_reads_or_writes_them(cast: Cast, case: Case, at: datetime) -> None:
    with in_paris(cast):
        note(case, SAID, cast, at)
        with pytest.raises(PermissionDenied):
            actions.note_social(case=case, social=SAID, by=cast.remi, at=at)
    others = (
        rowsecurity.person(cast.samira.pk),
        rowsecurity.head(cast.paris.pk),
        rowsecurity.national(cast.cnaf.pk),
        rowsecurity.staff(cast.tarn.pk),
        rowsecurity.public(),
    )
    for context in others:
        with rowsecurity.working_for(context):
            assert not SocialFacts.objects.exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                SocialFacts.objects.create(organisation=cast.paris, case=case, age="30_39", noted_at=at)


@pytest.mark.django_db
def test_they_are_erased_with_the_case_by_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT confdeltype::text FROM pg_constraint"
            " WHERE conname = 'casework_socialfacts_case_id_same_caf'"
        )
        assert cursor.fetchall() == [("c",)]


def test_they_feed_figures_and_shares_are_of_what_is_known(cast: Cast, case: Case, at: datetime) -> None:
    a_case(cast.lucette, at)
    with in_paris(cast):
        later = at + timedelta(days=2)
        given = {"outcome": Outcome.REVISED, "cause": "ASSESSMENT_ERROR", "grounds": ["NON_PAYMENT"]}
        actions.admit(case=case, notified_on=later.date(), by=cast.claire, at=later)
        actions.answer(case=case, by=cast.claire, at=later, **given)
        statistics.catch_up(caf=cast.paris, at=later)
        # Noted after the reply: the next catching up sees it.
        note(case, SAID, cast, later + timedelta(hours=1))
        statistics.catch_up(caf=cast.paris, at=later + timedelta(hours=2))
        since = {"since": at.date().replace(day=1), "until": at.date() + timedelta(days=60)}
        found = summed(months_of(Place(cast.paris.pk), **since).values())
    assert found[Population.MEDIATION][Axis.HOUSEHOLD] == {"ALONE_CHILDREN": 1}
    assert Axis.QUOTIENT not in found[Population.MEDIATION]
    ages = INDICATORS["ages"].compute(found)
    assert [(line.code, line.number, str(line.share)) for line in ages.lines] == [("30_39", 1, "100.00")]
    assert INDICATORS["quotients"].compute(found).base == 0
