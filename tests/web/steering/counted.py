"""Figures of any past, without its cases: facts are counted by the product, and kept as it keeps them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from mediane.kit import clock, rowsecurity
from mediane.organisations.models import Organisation
from mediane.organisations.queries import the_national_mediation
from mediane.statistics.actions import add_up
from mediane.statistics.models import Tally, Watermark
from mediane.statistics.rules.counts import tally
from mediane.statistics.rules.facts import Fact, Money
from mediane.statistics.states import Axis, Population


def a_fact(day: date, **differs: Any) -> Fact:
    """A request received and answered the same day."""
    plain: dict[str, Any] = {
        "received_on": day,
        "closed_on": day,
        "scope": Population.MEDIATION,
        "channel": "ONLINE",
        "origin": "BENEFICIARY",
        "benefits": ("APL",),
        "groups": ("logement",),
        "grounds": ("NON_PAYMENT",),
        "cause": "NON_PAYMENT",
        "outcome": "revised",
        "days": {Axis.DAYS_REPLY: 30},
    }
    return Fact(**plain | differs)


def out_of_scope(day: date, **differs: Any) -> Fact:
    given = {"scope": Population.OUT_OF_SCOPE, "cause": "", "outcome": "", "scope_reason": "OTHER_BODY"}
    return a_fact(day, **given | {"body": "MDPH", "days": {}} | differs)


def paid(kind: str, euros: int) -> Money:
    return Money(kind, "APL", euros * 100)


def count(caf: Organisation, facts: Iterable[Fact]) -> None:
    kept = list(facts)
    days = {day for fact in kept for day in (fact.received_on, fact.closed_on) if day}
    months = {day.replace(day=1) for day in days}
    with rowsecurity.working_for(rowsecurity.staff(caf.pk)):
        Tally.objects.bulk_create(
            Tally(
                organisation=caf,
                month=month,
                population=key.population,
                channel=key.channel,
                benefit=key.benefit,
                counts=counts,
            )
            for month in months
            for key, counts in tally(kept, month).items()
        )
        Watermark.objects.get_or_create(organisation=caf, defaults={"caught_up_at": clock.now()})
    with rowsecurity.working_for(rowsecurity.national(the_national_mediation().pk)):
        add_up(months=months)
