from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mediane.statistics.rules.waiting import days_waited

RECEIVED, CLOSED = date(2023, 3, 1), date(2023, 3, 31)
DAYS = st.dates(date(2023, 2, 20), date(2023, 4, 10))


@given(waits=st.lists(st.tuples(DAYS, st.none() | DAYS).filter(lambda w: w[1] is None or w[1] >= w[0])))
def test_a_day_of_waiting_counts_once_however_many_waits_cover_it(
    waits: list[tuple[date, date | None]],
) -> None:
    days = [RECEIVED + timedelta(days=rank) for rank in range((CLOSED - RECEIVED).days)]
    covered = [day for day in days if any(begins <= day < (ends or CLOSED) for begins, ends in waits)]
    assert days_waited(waits, since=RECEIVED, until=CLOSED) == len(covered)
