"""Whatever its order, a list shows each case once, page after page."""

from datetime import datetime, timedelta

import pytest

from mediane.casework.queries import workplan
from mediane.casework.queries.whole_lists import pick_all
from mediane.casework.queries.workplan import Cursor, Filters, Sort, Tab
from tests.cast import Cast
from tests.stories import a_case, a_studied_case
from tests.worklists.stories import in_paris

DAYS = (0, 3, 1, 1, 1, 5)


@pytest.mark.parametrize("size", [1, 2, 4, 30])
@pytest.mark.parametrize("sort", Sort)
def test_pages_follow_each_other_in_the_order_asked(
    cast: Cast, at: datetime, sort: Sort, size: int, monkeypatch
) -> None:
    for rank, days in enumerate(DAYS):
        a_case(cast.samira if rank % 2 else cast.lucette, at + timedelta(days=days, minutes=rank))
    monkeypatch.setattr(workplan, "PAGE", size)
    shown, after = [], None
    with in_paris(cast):
        while not shown or after:
            page = workplan.page(**about(cast, at), sort=sort, after=after)
            shown += page.cases
            after = Cursor.read(str(page.next), closed=False) if page.next else None
    assert len({case.reference for case in shown}) == len(shown) == len(DAYS)
    keys = [case.due_on if sort == Sort.DUE else case.received_on for case in shown]
    assert keys == sorted(keys, reverse=sort == Sort.NEWEST)


def test_a_whole_list_is_what_its_filters_show_and_one_more_is_too_many(cast: Cast, at: datetime) -> None:
    cases = [a_case(cast.samira, at + timedelta(minutes=n)) for n in range(3)]
    a_studied_case(cast.lucette, cast.nadia, at)
    with in_paris(cast):
        whole = pick_all(**about(cast, at) | {"tab": Tab.TO_QUALIFY}, most=5)
        assert [reference for _, reference, _ in whole] == sorted(case.reference for case in cases)
        assert len(pick_all(**about(cast, at), most=2)) == 3


def about(cast: Cast, at: datetime) -> dict:
    return {
        "organisation_id": cast.paris.pk,
        "user_id": cast.claire.id,
        "today": at.date(),
        "tab": Tab.ALL,
        "filters": Filters(),
    }
