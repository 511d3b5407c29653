"""Cases of the same person, or of whoever may be the same: what they resemble, and what was said of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BooleanField, Expression, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from mediane.casework.models import Case, Link
from mediane.casework.queries.listed import COLUMNS, Listed, as_listed
from mediane.casework.rules.resemblance import Asked, Resemblance, resemblance
from mediane.casework.states import CLOSED, Kinship, State
from mediane.catalogue.models import Benefit, Ground
from mediane.catalogue.queries import every
from mediane.kit.prepared import prepared
from mediane.people.models import Beneficiary
from mediane.people.queries import may_be
from mediane.referrals.models import Referral
from mediane.referrals.queries import safe_contact_of

WITHIN = timedelta(days=3 * 366)
MOST = 20
# Beside what a list shows, what is compared and what was said.
COMPARED = ("grounds", "referral__explanation", "referral__decision_contested", "referral__decision_on")
BESIDE = (*COMPARED, "pk", "key_id", "beneficiary_id", "beneficiary__merged_into_id", "said")


@dataclass(frozen=True)
class Said:
    """The decision that stands on a pair of cases; `is_first` when the case in hand was received first."""

    kinship: Kinship
    rank: int
    by: str
    at: datetime
    is_first: bool


@dataclass(frozen=True)
class Near:
    """Another case, why it is shown beside this one, and what was said of the two."""

    pk: int
    key_id: int
    listed: Listed
    person: int
    is_same_person: bool
    found: Resemblance
    said: Said | None

    @property
    def is_open(self) -> bool:
        return self.listed.state not in CLOSED

    @property
    def is_duplicate(self) -> bool:
        """This case answers for it."""
        return bool(self.said and self.said.kinship == Kinship.DUPLICATE and self.said.is_first)

    @property
    def rank(self) -> int:
        return self.said.rank if self.said else 0


class Among(Func):
    """Whether a column is in an array; an index answers it."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def near_cases(case: Case, people: list[int]) -> list[Near]:
    """The other cases of these people, newest first: those received within a few years are compared."""
    mine = asked_of(case)
    rows = _cases_of(
        case=case.pk, organisation=case.organisation_id, people=people, since=case.received_on - WITHIN
    )
    return [_near(case, mine, row) for row in rows]


def people_around(case: Case) -> list[int]:
    """Whose cases a case is compared with."""
    person = case.beneficiary.known_as
    return everybody(person, _around(person=person)[0])


def everybody(person: int, around: Any) -> list[int]:
    """A person, her other accounts, and those that may be hers, as annotated by `may_be`."""
    return [person, *around.same_people, *around.like_first, *around.like_second]


def worth_showing(case: Case, others: list[Near]) -> list[Near]:
    """What somebody has to look at first, then what was decided.

    What another Caf goes on with waits for nobody: what comes back from there is that very request.
    """
    gone = State.TRANSFERRED
    shown = [
        near for near in others if near.said or (near.found and gone not in (case.state, near.listed.state))
    ]
    return sorted(shown, key=lambda near: (near.said is not None, -near.found.strength))


def between(one: Case, other: Case) -> Resemblance:
    return resemblance(asked_of(one), asked_of(other))


def asked_of(case: Case) -> Asked:
    referral = case.referral
    return _asked(
        case.beneficiary.known_as,
        (case.benefits, case.grounds),
        (referral.decision_contested, referral.decision_on),
        f"{referral.asked} {referral.explanation}",
        case.received_on,
    )


def _asked(
    person: int,
    codes: tuple[list[str], list[str]],
    decision: tuple[str, date | None],
    text: str,
    received_on: date,
) -> Asked:
    benefits, grounds = codes
    return Asked(
        person=person,
        benefits=frozenset(every(Benefit)[code].short for code in benefits),
        grounds=frozenset(every(Ground)[code].label for code in grounds),
        decision=decision[0],
        decision_on=decision[1],
        text=text,
        received_on=received_on,
    )


def _near(case: Case, mine: Asked, row: tuple) -> Near:
    listed = Listed(*row[: len(COLUMNS)])
    grounds, explanation, decision, decision_on, pk, key_id, of, merged_into, said = row[len(COLUMNS) :]
    person = merged_into or of
    theirs = _asked(
        person,
        (listed.benefits, grounds),
        (decision, decision_on),
        f"{listed.asked} {explanation}",
        listed.received_on,
    )
    return Near(
        pk=pk,
        key_id=key_id,
        listed=listed,
        person=person,
        is_same_person=person == mine.person,
        found=resemblance(mine, theirs),
        said=_said(said, case) if said else None,
    )


def _said(row: dict[str, Any], case: Case) -> Said:
    at = datetime.fromisoformat(row["at"])
    return Said(Kinship(row["kinship"]), row["rank"], row["by"], at, is_first=row["earlier"] == case.pk)


@prepared
def _cases_of(*, case: int, organisation: int, people: list[int], since: date) -> QuerySet[Case, tuple]:
    said = Link.objects.filter(
        Q(earlier=case, later=OuterRef("pk")) | Q(earlier=OuterRef("pk"), later=case), replaced_at=None
    ).values_list(
        JSONObject(kinship="kinship", rank="rank", by="decided_by", at="decided_at", earlier="earlier_id")
    )
    others = Case.objects.filter(
        _among("beneficiary_id", people), organisation_id=organisation, received_on__gte=since
    )
    rows = as_listed(others.exclude(pk=case).order_by("-received_at", "-pk"))
    return rows.annotate(said=Subquery(said[:1])).values_list(*COLUMNS, *BESIDE)[:MOST]


def _among(column: str, values: Any) -> Expression:
    return Among(F(column), values)


@prepared
def _around(*, person: Any) -> QuerySet[Beneficiary]:
    return Beneficiary.objects.filter(pk=person).annotate(**may_be(person))


def opinions_on(earlier: Case, later: Case) -> list[Link]:
    """Everything said of a pair, the decision that stands first."""
    return list(Link.objects.filter(earlier=earlier, later=later).order_by("-rank"))


def cases_by_account(accounts: list[int]) -> dict[int, list[str]]:
    """The references of the requests of each account, newest first."""
    rows = Case.objects.filter(beneficiary__in=accounts).order_by("-received_at")
    found: dict[int, list[str]] = {}
    for account, reference in rows.values_list("beneficiary_id", "reference"):
        found.setdefault(account, []).append(reference)
    return found


def safe_contacts(accounts: list[int]) -> list[tuple[Referral, dict[str, str]]]:
    """Where each request said it was safe to write or call, opened; newest first."""
    sent = Referral.objects.filed().select_related("key").filter(beneficiary__in=accounts)
    rows = sent.exclude(safe_contact=None).order_by("-filed_at")[:MOST]
    return [(referral, contact) for referral in rows if (contact := safe_contact_of(referral))]
