"""The months a page counts."""

from datetime import date

from mediane.kit.months import months_later

CHOICES = ((3, "3 derniers mois"), (12, "12 derniers mois"), (24, "24 derniers mois"))
USUAL = 12


def beginning(today: date, number: int) -> date:
    """So many whole months before the one under way."""
    return months_later(today, -number)
