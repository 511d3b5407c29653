"""A case that another answers for has no money of its own: none is lost, and none counted twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from mediane.casework import actions
from mediane.casework.actions.links import NotLinked
from mediane.casework.actions.transfer import CannotTransfer
from mediane.casework.models import Case
from mediane.casework.queries.effects import first_year, running
from mediane.casework.states import Effect, State
from mediane.kit import rowsecurity
from tests.casework.actions.test_effects import a_change
from tests.cast import Cast
from tests.conftest import SignedIn
from tests.stories import a_case, a_studied_case
from tests.transfers.moving import departure

DAY = timedelta(days=1)


@pytest.fixture
def in_paris(cast: Cast) -> Iterator[None]:
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        yield


@pytest.fixture
def twice(cast: Cast, at: datetime) -> tuple[Case, Case]:
    return a_studied_case(cast.samira, cast.claire, at), a_studied_case(cast.samira, cast.claire, at + DAY)


def test_a_request_with_money_is_not_merged_until_the_money_is_moved(
    twice: tuple[Case, Case], cast: Cast, at: datetime, in_paris: None
) -> None:
    kept, other = twice
    doing = {"by": cast.nadia, "at": at + 3 * DAY}
    line = actions.record_effect(case=other, change=a_change(), **doing)
    with pytest.raises(NotLinked, match=f"saisissez-les dans le dossier {kept.reference}"):
        actions.merge_cases(case=kept, other=other, seen_rank=0, **doing)
    actions.record_effect(case=kept, change=a_change(), **doing)
    actions.correct_effect(effect=line, change=a_change(after="0"), **doing)
    actions.merge_cases(case=kept, other=other, seen_rank=0, **doing)
    other.refresh_from_db()
    assert other.state == State.MERGED


def test_a_request_with_money_is_not_transferred(cast: Cast, at: datetime, in_paris: None) -> None:
    case = a_studied_case(cast.samira, cast.claire, at)
    doing = {"by": cast.nadia, "at": at + 30 * DAY}
    actions.record_effect(case=case, change=a_change(), **doing)
    with pytest.raises(CannotTransfer, match="Des montants sont saisis"):
        actions.transfer(case=case, departure=departure(cast), **doing)


@pytest.mark.parametrize("leaves", ["merged", "transferred"])
def test_no_line_is_written_where_another_case_answers(
    twice: tuple[Case, Case], cast: Cast, at: datetime, in_paris: None, leaves: str
) -> None:
    kept, other = twice
    doing = {"by": cast.nadia, "at": at + 30 * DAY}
    line = actions.record_effect(case=other, change=a_change(), **doing)
    actions.validate_effect(effect=line, by=cast.claire, at=at + 30 * DAY)
    nothing = actions.correct_effect(effect=line, change=a_change(after="0"), **doing)
    if leaves == "merged":
        actions.merge_cases(case=kept, other=other, seen_rank=0, **doing)
    else:
        actions.transfer(case=other, departure=departure(cast), **doing)
    with pytest.raises(actions.CountedElsewhere):
        actions.record_effect(case=other, change=a_change(), **doing)
    with pytest.raises(actions.CountedElsewhere):
        actions.correct_effect(effect=nothing, change=a_change(), **doing)
    # The line that was cancelled is not validated as such yet: it counts nowhere all the same.
    of_year = running(cast.paris.pk, at.year, "Europe/Paris")
    assert of_year.whole[Effect.BACK_PAYMENT] == 0
    assert first_year(cast.paris.pk, "Europe/Paris") is None


def test_the_page_of_a_duplicate_offers_no_line(browser: SignedIn, cast: Cast, at: datetime) -> None:
    kept, other = a_studied_case(cast.samira, cast.claire, at), a_case(cast.samira, at + DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.merge_cases(case=kept, other=other, seen_rank=0, by=cast.nadia, at=at + 2 * DAY)
    page = browser.as_staff(cast.claire)
    assert "Saisir un montant" in page.get(f"/bureau/dossiers/{kept.reference}/").content.decode()
    where = f"/bureau/dossiers/{other.reference}/"
    assert "Saisir un montant" not in page.get(where).content.decode()
    assert page.get(f"{where}montants/").status_code in (302, 303)
