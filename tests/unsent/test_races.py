"""Two windows of one person, at the same moment."""

from datetime import datetime

from mediane.kit import rowsecurity
from mediane.unsent import actions
from tests.cast import Cast
from tests.findings.test_races import together
from tests.unsent.test_actions import MINE, OTHER, PLACE, kept, read


def test_of_two_windows_that_keep_at_once_one_is_told(committed: str, cast: Cast, at: datetime) -> None:
    (refused,) = together(
        cast.nadia,
        lambda: kept(cast.nadia, at, "Une fenêtre"),
        lambda: kept(cast.nadia, at, "L’autre", page=OTHER),
    )
    assert "dans une autre fenêtre" in refused


def test_sent_while_another_window_goes_on_loses_nothing_of_it(
    committed: str, cast: Cast, at: datetime
) -> None:
    in_paris = rowsecurity.staff(cast.paris.pk)
    with rowsecurity.working_for(in_paris):
        kept(cast.nadia, at, "Le début")
    refused = together(
        cast.nadia,
        lambda: actions.forget(place=PLACE, page=MINE, seen_version=0, by=cast.nadia),
        lambda: kept(cast.nadia, at, "La suite", page=OTHER, seen_version=1),
    )
    assert refused == []
    with rowsecurity.working_for(in_paris):
        assert read(cast.nadia) == {"text": ["La suite"]}
