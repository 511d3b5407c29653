from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TypeVar

from mediane.catalogue.models import Dated

Row = TypeVar("Row", bound=Dated)


@cache
def every(model: type[Row]) -> dict[str, Row]:
    """The whole list by code. Kept by the process: these tables change by migration only."""
    return {row.code: row for row in model._default_manager.order_by("position", "code")}


def in_force(model: type[Row], day: date) -> list[Row]:
    """A list as it is offered on a day."""
    return [
        row
        for row in every(model).values()
        if (row.valid_from is None or row.valid_from <= day)
        and (row.valid_until is None or day <= row.valid_until)
    ]


def labels(model: type[Row], codes: Iterable[str]) -> list[str]:
    known = every(model)
    return [known[code].label for code in codes]
