"""What changed since somebody’s visit: what others did, and nothing of one’s own."""

from datetime import datetime, timedelta

import pytest

from mediane.casework import actions as casework
from mediane.casework.models import Case
from mediane.casework.queries.listed import listed
from mediane.journal.rules import Actor
from mediane.kit import rowsecurity
from mediane.worklists import actions
from mediane.worklists.models import Visit
from mediane.worklists.queries.changes import changes_of
from mediane.worklists.rules import Changes
from tests.casework.actions.test_link_races import at_once
from tests.cast import Cast
from tests.stories import a_case, a_studied_case
from tests.worklists.stories import fresh, in_paris

AN_HOUR = timedelta(hours=1)


def changed(cast: Cast, who: Actor) -> dict[str, Changes]:
    with in_paris(cast):
        return changes_of(
            organisation_id=cast.paris.pk, user_id=who.id, cases=listed(Case.objects.of(cast.paris.pk))
        )


def test_what_others_wrote_since_is_counted_and_one_s_own_is_not(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    then = at + timedelta(days=2)
    with in_paris(cast):
        for who in (cast.nadia, cast.claire):
            actions.open_case(case=case, by=who, at=then)
        casework.write_to_person(case=fresh(case), body="Bonjour", by=cast.nadia, at=then + AN_HOUR)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        own = Case.objects.select_related("beneficiary", "referral", "organisation").get(pk=case.pk)
        casework.write_to_service(case=own, body="Merci", by=cast.samira.as_actor(), at=then + 2 * AN_HOUR)
    assert changed(cast, cast.nadia)[case.reference] == Changes(messages=1)
    assert changed(cast, cast.claire)[case.reference] == Changes(messages=2)
    assert changed(cast, cast.amine)[case.reference] == Changes()
    with in_paris(cast):
        actions.see_all(by=cast.claire, at=then + 3 * AN_HOUR)
    assert not changed(cast, cast.claire)[case.reference]
    assert changed(cast, cast.nadia)[case.reference]


def test_given_to_somebody_who_never_opened_it_it_says_so(cast: Cast, at: datetime) -> None:
    case = a_studied_case(cast.samira, cast.nadia, at)
    assert changed(cast, cast.nadia)[case.reference].never_opened
    assert not changed(cast, cast.claire)[case.reference].never_opened


def test_within_half_an_hour_it_is_one_visit(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with in_paris(cast):
        opened = [
            actions.open_case(case=case, by=cast.nadia, at=at + timedelta(minutes=minutes)).since
            for minutes in (0, 20, 45, 120, 121)
        ]
    last = at + timedelta(minutes=45)
    assert opened == [None, None, None, last, last]


def test_another_caf_reads_no_visit(cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)
    with in_paris(cast):
        actions.open_case(case=case, by=cast.nadia, at=at)
    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        assert not Visit.objects.exists()
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert not Visit.objects.exists()


@pytest.mark.slow
def test_two_tabs_that_open_a_case_at_once_are_one_visit(committed: str, cast: Cast, at: datetime) -> None:
    case = a_case(cast.samira, at)

    def open_it() -> None:
        actions.open_case(case=case, by=cast.nadia, at=at)

    assert at_once(cast.paris.pk, [open_it, open_it]) == []
    with in_paris(cast):
        assert Visit.objects.count() == 1
