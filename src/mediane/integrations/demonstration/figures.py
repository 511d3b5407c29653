"""What was lived is counted before anybody looks, by the doors of every day and of every night."""

from mediane.kit import clock
from mediane.statistics import actions


def count() -> None:
    actions.catch_up_network(at=clock.now())
    actions.watch_network(at=clock.now())
