"""The months a page counts."""

from datetime import date

CHOICES = ((3, "3 derniers mois"), (12, "12 derniers mois"), (24, "24 derniers mois"))
USUAL = 12


def months_before(month: date, number: int) -> date:
    year, rank = divmod(month.year * 12 + month.month - 1 - number, 12)
    return date(year, rank + 1, 1)


def beginning(today: date, number: int) -> date:
    """So many whole months before the one under way."""
    return months_before(today.replace(day=1), number)
