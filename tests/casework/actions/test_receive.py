"""Sent once, whatever the number of clicks, tabs and connections."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection

from mediane.casework.actions import receive
from mediane.casework.models import Case, Step
from mediane.kit import rowsecurity
from mediane.referrals.models import Referral
from tests.cast import Cast
from tests.stories import a_draft


@pytest.mark.django_db
def test_a_second_call_finds_the_first_case(cast: Cast, at: datetime) -> None:
    draft, by = a_draft(cast.samira, at), cast.samira.as_actor()
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        first = receive(draft=draft, by=by, at=at)
        second = receive(draft=draft, by=by, at=at + timedelta(minutes=1))
        assert (second.pk, second.received_at) == (first.pk, at)
        assert Step.objects.filter(case=first).count() == 1


def test_of_five_tabs_sending_at_once_one_case_is_born(committed: str, cast: Cast, at: datetime) -> None:
    draft = a_draft(cast.samira, at)
    line = threading.Barrier(5)
    found: list[int] = []

    def send() -> None:
        try:
            with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
                mine = Referral.objects.get(pk=draft.pk)
                line.wait(timeout=10)
                found.append(receive(draft=mine, by=cast.samira.as_actor(), at=at).pk)
        finally:
            connection.close()

    tabs = [threading.Thread(target=send) for _ in range(5)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(timeout=30)
    assert len(found) == 5
    assert len(set(found)) == 1
    with rowsecurity.working_for(rowsecurity.person(cast.samira.pk)):
        assert Case.objects.count() == 1
