"""The 101 Cafs, who works there, and the references of their cases."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, partial

from mediane.accounts.models import User
from mediane.casework.queries.targets import targets_of
from mediane.casework.rules.deadlines import Due, Target, deadlines
from mediane.kit import rowsecurity
from mediane.kit.references import ALPHABET, REMAINDER, WEIGHTS
from mediane.kit.workdays import Zone
from mediane.organisations.actions import add_member
from mediane.organisations.models import Organisation, Role
from mediane.organisations.queries import holiday_zone_of, team_of

PARIS = "75"
TEAM = ((Role.MEDIATOR, "médiatrice"), (Role.OFFICER, "référente"), (Role.OFFICER, "référent"))
MEMORY = (
    "SET maintenance_work_mem = '1GB'",
    "SET max_parallel_maintenance_workers = 2",
    "SET synchronous_commit = off",
)
DRAWN = len(ALPHABET) ** 7
STRIDE = 7_919_000_009  # prime to 31: every reference is met once before any comes back


def reference(number: int) -> str:
    """As `mediane.kit.references` makes them, drawn by number: a million without two alike."""
    rest, symbols, weight = number * STRIDE % DRAWN, "", 0
    for position in range(7):
        rest, value = divmod(rest, len(ALPHABET))
        symbols += ALPHABET[value]
        weight += WEIGHTS[position] * value
    return f"{symbols[:4]}-{symbols[4:]}{ALPHABET[(REMAINDER - weight) % len(ALPHABET)]}"


@dataclass
class Caf:
    row: Organisation
    team: list[User]
    people: list[int] = field(default_factory=list)
    cases: int = 0

    def __post_init__(self) -> None:
        zone, targets = holiday_zone_of(self.row), targets_of(self.row.pk)
        self.dues = partial(_dues, zone, targets)


SHOWN = ("acknowledgement", "admissibility", "reply")


@cache
def _dues(zone: Zone, targets: tuple[Target, ...], day: date) -> list[Due]:
    return [due for due in deadlines(day, targets, zone) if due.kind in SHOWN]


def all_cafs(day: date) -> list[Caf]:
    """Paris first, which has the most cases."""
    at = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
    rows = sorted(Organisation.objects.cafs(), key=lambda row: (row.code != PARIS, row.code))
    return [Caf(row, _team(row, at)) for row in rows]


def _team(row: Organisation, at: datetime) -> list[User]:
    for position, (role, title) in enumerate(TEAM):
        email, name = (
            f"equipe{position}@caf{row.code}.invalid",
            f"{title.capitalize()} {row.code}-{position + 1}",
        )
        add_member(organisation=row, email=email, full_name=name, role=role, title=title, at=at)
    with rowsecurity.working_for(rowsecurity.staff(row.pk)):
        return [membership.user for membership in team_of(row.pk)]
