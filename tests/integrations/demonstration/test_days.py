"""Whatever day it is loaded, three cases of Paris are late: those of the drawing, and for what it says."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediane.casework.actions.schedule import DAYS_TO_READ
from mediane.casework.models import Case
from mediane.integrations import demonstration
from mediane.integrations.demonstration import AFTER_THE_STORIES, alike, living, representatives
from mediane.integrations.demonstration.moments import workday
from mediane.kit import rowsecurity
from mediane.kit.workdays import Zone, add_working_days

DRAWN = {
    "Lucette Morvan": "Décider la recevabilité",
    "Samira Belkacem": "Revoir\u00a0: Services de la Caf",
    "Ibrahima Sow": "Répondre",
}
# A Sunday, a bank holiday after a week-end, the first working day after one, the last of a month, a new year.
DAYS = ["2026-11-29", "2027-03-29", "2027-03-30", "2027-04-30", "2027-01-02"]
HOURS = [time(8, 0), time(15, 0), time(23, 50)]


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.sampled_from(list(Zone)), st.sampled_from([0, 1]))
def test_what_arrived_on_the_last_working_day_is_still_to_be_read_in_time(today, zone, ago):
    assert add_working_days(workday(today, -ago, zone), DAYS_TO_READ, zone) >= today


@pytest.mark.slow
@pytest.mark.parametrize(("rank", "day"), list(enumerate(DAYS)), ids=str)
def test_the_late_are_those_of_the_drawing(cast, settings, tmp_path, monkeypatch, rank, day):
    settings.DATA = tmp_path
    now = datetime.combine(date.fromisoformat(day), HOURS[rank % len(HOURS)], ZoneInfo("Europe/Paris"))
    monkeypatch.setattr("mediane.kit.clock.now", lambda: now)
    service = demonstration._open(cast.paris)
    alike.live_elsewhere(service)
    living.greet(service)
    told = living.bring_to_life(service)
    alike.come_again(service, told)
    for tell_more in AFTER_THE_STORIES:
        # Whether a mandate holds, the database asks its own clock.
        if tell_more is not representatives.introduce:
            tell_more(service)

    with rowsecurity.working_for(rowsecurity.staff(cast.paris.pk)):
        late = Case.objects.open().filter(due_on__lt=service.today).select_related("beneficiary")
        assert {case.beneficiary.full_name: case.due_what for case in late} == DRAWN
