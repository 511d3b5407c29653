"""The demonstration is made on any day: working or not, first or last of its month."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from mediane.casework.models import Case
from mediane.casework.states import CLOSED
from mediane.integrations.demonstration.cast import read
from mediane.integrations.demonstration.living import bring_to_life
from mediane.integrations.demonstration.story import Service
from mediane.kit import rowsecurity

# A week-end, the last day of a month, New Year’s Day, a leap day, a Whit Sunday.
DAYS = ["2026-11-28", "2026-11-29", "2026-11-30", "2027-01-01", "2027-02-28", "2028-02-29", "2027-05-16"]
# Before the doors open, at work, and when the day of UTC is not that of Paris.
HOURS = [time(0, 20), time(8, 0), time(15, 0), time(23, 50)]


@pytest.mark.parametrize(("rank", "day"), list(enumerate(DAYS)), ids=str)
def test_the_stories_of_the_cast_are_told_on_any_day(cast, settings, tmp_path, rank, day):
    settings.DATA = tmp_path
    now = datetime.combine(date.fromisoformat(day), HOURS[rank % len(HOURS)], ZoneInfo("Europe/Paris"))
    service = Service(cast.tarn, [cast.remi], now)

    told = bring_to_life(service)

    with rowsecurity.working_for(rowsecurity.staff(cast.tarn.pk)):
        cases = Case.objects.prefetch_related("steps").filter(pk__in=[case.pk for case in told])
        assert sum(case.state not in CLOSED for case in cases) == 12
        for case in cases:
            moments = [step.at for step in sorted(case.steps.all(), key=lambda step: step.pk)]
            assert moments == sorted(moments)
            assert moments[-1] <= now
    assert len(told) > len(read("living")["crowd"]["82"])
