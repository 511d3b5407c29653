"""When each Caf opened the online procedure, or will: decided by the national mediation, one by one."""

from datetime import UTC, date, datetime, timedelta

from mediane.journal.rules import Actor
from mediane.kit import clock, rowsecurity
from mediane.organisations.actions import decide_opening
from mediane.organisations.models import Organisation
from mediane.organisations.queries import all_cafs, openings

GENERALISED_ON = date(2024, 11, 4)
DECIDED_AT = datetime(2024, 9, 12, 8, 15, tzinfo=UTC)
DECIDED_BY = "Hélène Marchetti"
# Guyane was to open with the others, and was put off; Mayotte waits for a day.
SOON, UNKNOWN = "973", "976"
NOT_YET = (SOON, UNKNOWN)


def decide() -> None:
    """The generalisation, as it was decided in its time."""
    cnaf = Organisation.objects.get(is_national=True)
    by = Actor("national", 0, DECIDED_BY, cnaf.pk, "NATIONAL", "médiatrice nationale")
    with rowsecurity.working_for(rowsecurity.national(cnaf.pk)):
        known = openings()
        for caf in all_cafs():
            if known[caf.pk].online_from is None and caf.code != UNKNOWN:
                _open(caf, GENERALISED_ON, "Généralisation à tout le réseau", by, DECIDED_AT)
        _put_off(Organisation.objects.get(code=SOON), by)


def _put_off(caf: Organisation, by: Actor) -> None:
    """Told before the day it should have opened, then again."""
    before = datetime.combine(GENERALISED_ON - timedelta(days=6), DECIDED_AT.timetz())
    _open(caf, None, "Le compte en ligne n’est pas encore relié dans ce département", by, before)
    now = clock.now()
    day = clock.day_of(now, caf.time_zone) + timedelta(days=24)
    _open(caf, day, "Le raccordement du compte est prêt", by, now - timedelta(days=11))


def _open(caf: Organisation, day: date | None, because: str, by: Actor, at: datetime) -> None:
    decide_opening(organisation=caf, phase=3, online_from=day, because=because, by=by, at=at)
