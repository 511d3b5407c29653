"""Questions are counted in the month they were asked, and tell how each service answers."""

from datetime import UTC, date, datetime, timedelta
from statistics import median_low

from hypothesis import given
from hypothesis import strategies as st

from mediane.casework import actions as casework
from mediane.consultations import actions as consultations
from mediane.journal.rules import system
from mediane.kit import rowsecurity
from mediane.statistics import actions
from mediane.statistics.models import Tally
from mediane.statistics.queries.counted import Narrowed, Place, months_of, summed
from mediane.statistics.rules.counts import Counts, Key, added, tally
from mediane.statistics.rules.indicators.questions import Answering, by_service
from mediane.statistics.rules.questions import Question
from mediane.statistics.states import Population
from tests.cast import Cast
from tests.consultations.stories import a_consultation, answered, known

PERIOD = {"since": date(2026, 11, 1), "until": date(2027, 1, 1)}
LATE = datetime(2026, 11, 26, 9, tzinfo=UTC)
ADDRESSEES = ("service:BENEFITS", "service:RECOVERY", "body:MDPH")
DAY = timedelta(days=1)
WHOLE = Narrowed()


def told(cast: Cast, by: Narrowed = WHOLE) -> dict[str, Answering]:
    counted = summed(months_of(Place(cast.paris.pk), **PERIOD, by=by).values())
    return {one.code: one for one in by_service(counted)}


def kept(cast: Cast) -> list[tuple[object, ...]]:
    rows = Tally.objects.filter(organisation=cast.paris).order_by("month", "population", "channel", "benefit")
    return list(rows.values_list("month", "population", "channel", "benefit", "counts"))


def test_each_act_brings_the_figures_up_to_what_counting_again_gives(cast: Cast, at: datetime) -> None:
    in_time, late = (a_consultation(cast.samira, cast.claire, at) for _ in range(2))
    body = a_consultation(cast.lucette, cast.claire, at, service="", body="MDPH")
    answered(in_time, cast.malik, at + 4 * DAY)
    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        actions.catch_up(caf=cast.paris, at=at + 5 * DAY)
        assert told(cast)["service:BENEFITS"].overdue == 0
        for one in (late, body):
            consultations.chase(consultation=known(one), by=system(cast.paris.pk), at=LATE)
        actions.catch_up(caf=cast.paris, at=LATE)
        found = told(cast)
        benefits, mdph = found["service:BENEFITS"], found["body:MDPH"]
        assert (benefits.asked, benefits.in_time, benefits.median_days, benefits.overdue) == (2, 1, 3, 1)
        assert benefits.in_time_share == 50
        assert (mdph.asked, mdph.in_time, mdph.in_time_share, mdph.median_days, mdph.overdue) == (
            *(1, 0, 0),
            *(None, 1),
        )
        casework.withdraw(case=known(late).case, by=cast.claire, at=LATE + DAY)
        actions.catch_up(caf=cast.paris, at=LATE + DAY)
        assert told(cast)["service:BENEFITS"].overdue == 0
        caught_up = kept(cast)
        actions.recount(caf=cast.paris, months=actions.every_month(cast.paris))
        assert kept(cast) == caught_up
        assert told(cast, Narrowed(benefit="NONE_OF_THEM")) == {}


def _question(asked: int, of: int, allowed: int, answered: int, is_late: bool) -> Question:
    asked_on = PERIOD["since"] + asked * DAY
    return Question(
        asked_on=asked_on,
        asked_of=ADDRESSEES[of],
        due_on=asked_on + allowed * DAY,
        answered_on=asked_on + answered * DAY if answered >= 0 else None,
        is_overdue=answered < 0 and is_late,
        channel="online",
        benefits=("APL",),
    )


# The negative half of the days stands for no answer.
QUESTIONS = st.builds(
    _question, st.integers(0, 60), st.integers(0, 2), st.integers(1, 40), st.integers(-60, 60), st.booleans()
)


@given(st.lists(QUESTIONS, max_size=30))
def test_months_added_up_are_what_reading_every_question_says(asked: list[Question]) -> None:
    months = (date(2026, 11, 1), date(2026, 12, 1))
    key = Key(Population.CONSULTED)
    whole: Counts = added(tally(asked, month).get(key, {}) for month in months)
    found = {one.code: one for one in by_service({Population.CONSULTED: whole})}
    assert found.keys() == {one.asked_of for one in asked}
    for code, told in found.items():
        of_it = [one for one in asked if one.asked_of == code]
        days = [(one.answered_on - one.asked_on).days for one in of_it if one.answered_on]
        assert told.asked == len(of_it)
        assert told.in_time == sum(bool(one.answered_on and one.answered_on <= one.due_on) for one in of_it)
        assert told.overdue == sum(one.is_overdue for one in of_it)
        assert told.median_days == (median_low(days) if days else None)
