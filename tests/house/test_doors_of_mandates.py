"""Every URL × whoever speaks for Samira: under a mandate, before choosing anybody, and once it is over."""

from datetime import datetime

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from mediane.casework.models import Case
from mediane.kit import rowsecurity
from mediane.mandates import actions
from mediane.mandates.models import Mandate
from tests.cast import Cast
from tests.house.doors import DOORS
from tests.house.test_doors import URLS, example_of, outcome
from tests.mandates.stories import acting, given
from tests.stories import a_studied_case

SAMIRA, NOBODY = 1, 0
# Where it differs from her own doors, for whoever acts for her in everything.
ACTING: dict[str, int] = {
    "representative:choose": 405,
    "representative:people": 200,
    "representative:renounce": 404,
    # Hers alone: nobody gives a mandate, nor takes one back, in somebody else’s name.
    "citizen:give_mandate": 403,
    "citizen:mandates": 403,
    # Who hides from them is not for them to read, or to change.
    "citizen:reach": 403,
}
CLOSED = sorted(name for name in URLS if name.startswith("citizen:") and DOORS.get(name, (0,))[NOBODY] == 401)


def address(name: str, case: Case) -> str:
    filled = {
        key: {"reference": case.reference, "code": "75"}.get(key, example_of(converter))
        for key, converter in URLS[name].pattern.converters.items()
    }
    return reverse(name, kwargs=filled)


def visited(name: str, mandate: Mandate, case: Case) -> int:
    """What one visit begins, such as a draft, leads no other visit elsewhere."""
    with transaction.atomic():
        got = outcome(acting(mandate).get(address(name, case)))
        transaction.set_rollback(True)
    return got


@pytest.fixture
def case(cast: Cast, at: datetime) -> Case:
    return a_studied_case(cast.samira, cast.claire, at)


def test_under_a_mandate_the_doors_are_those_of_the_person(case: Case, cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    got = {name: visited(name, mandate, case) for name in URLS}
    assert got == {name: doors[SAMIRA] for name, doors in DOORS.items()} | ACTING


def test_once_it_is_over_every_door_says_so(case: Case, cast: Cast, at: datetime) -> None:
    mandate = given(cast.samira, at)
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        actions.revoke(mandate=mandate, by=cast.samira.as_actor(), at=at)
    for name in CLOSED:
        browser = acting(mandate)
        first: HttpResponse = browser.get(address(name, case))
        assert first.status_code == 403, name
        assert "Votre mandat a pris fin" in first.content.decode(), name
        again: HttpResponse = browser.get(address(name, case))
        assert again["Location"] == "/representer/", name
