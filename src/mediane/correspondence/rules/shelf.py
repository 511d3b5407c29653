"""Which version of each template is in force on a day, and which one is offered first."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from mediane.correspondence.states import TemplateState


class Version(Protocol):
    """What is asked of a version; `organisation_id` is None for a national one."""

    code: str
    organisation_id: int | None
    version: int
    state: str
    valid_from: date | None
    valid_until: date | None
    retired_on: date | None
    benefits: list[str]
    grounds: list[str]


Kept = TypeVar("Kept", bound=Version)


def in_force(versions: Iterable[Kept], day: date) -> list[Kept]:
    """One version of each template at most: the last that began, if it has not ended.

    One that is retired or has run out does not bring back the one it replaced.
    """
    last: dict[str, Kept] = {}
    for one in versions:
        if _has_begun(one, day) and (one.code not in last or one.version > last[one.code].version):
            last[one.code] = one
    return [one for one in last.values() if not _has_ended(one, day)]


def suits(version: Version, benefits: Iterable[str], grounds: Iterable[str]) -> bool:
    """Of a template kept for some benefits or grounds, one at least is the case’s."""
    return all(
        not wanted or not set(wanted).isdisjoint(had)
        for wanted, had in ((version.benefits, benefits), (version.grounds, grounds))
    )


def offered(
    versions: Iterable[Kept], day: date, benefits: Sequence[str], grounds: Sequence[str]
) -> list[Kept]:
    """Local before national, then the most precise; otherwise in the order given."""
    fit = [one for one in in_force(versions, day) if suits(one, benefits, grounds)]
    return sorted(fit, key=lambda one: (one.organisation_id is None, -_precision(one)))


def _precision(version: Version) -> int:
    return bool(version.benefits) + bool(version.grounds)


def _has_begun(version: Version, day: date) -> bool:
    """One retired before its first day was never in force."""
    if version.state not in (TemplateState.APPROVED, TemplateState.RETIRED):
        return False
    begins = version.valid_from
    if begins is None or begins > day:
        return False
    return version.retired_on is None or version.retired_on >= begins


def _has_ended(version: Version, day: date) -> bool:
    ended = version.valid_until is not None and version.valid_until < day
    return ended or version.state == TemplateState.RETIRED
