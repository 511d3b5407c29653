"""Cases, then their figures: imported once Django is awake, since its models need it."""

from collections.abc import Callable
from datetime import date

from django.db import connections

from bench.generate import generate
from mediane.kit import clock
from mediane.statistics.actions import catch_up_network


def fill(number: int, *, superuser_url: str, seed: int, day: date, say: Callable[[str], None]) -> None:
    generate(number, superuser_url=superuser_url, seed=seed, day=day, say=say)
    say("chiffres par mois")
    catch_up_network(at=clock.now())
    connections.close_all()
