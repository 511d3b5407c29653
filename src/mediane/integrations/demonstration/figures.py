"""What was lived is counted before anybody looks: for each Caf, then for the network."""

from datetime import date
from functools import cache

from mediane.kit import clock, rowsecurity
from mediane.organisations.queries import all_cafs, the_national_mediation
from mediane.statistics import actions
from mediane.statistics.queries.signals import seasons_on


def count() -> None:
    months: set[date] = set()
    for caf in all_cafs():
        with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
            months |= actions.catch_up(caf=caf, at=clock.now())
    with rowsecurity.working_for(rowsecurity.national(the_national_mediation().pk)):
        actions.add_up(months=months)
    network = cache(seasons_on)
    for caf in all_cafs():
        today = clock.today(caf.time_zone)
        with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
            actions.watch(caf=caf, today=today, network=network(today))
