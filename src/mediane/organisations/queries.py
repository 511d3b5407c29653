from datetime import date
from functools import cache

from django.db.models import QuerySet

from mediane.kit.prepared import prepared
from mediane.kit.workdays import Zone
from mediane.organisations import rules
from mediane.organisations.models import OF_A_SERVICE, Membership, Opening, Organisation, Role


@cache
def by_code(code: str) -> Organisation | None:
    """Kept by the process: Cafs change by migration only."""
    return Organisation.objects.cafs().filter(code=code).first()


@cache
def by_id(organisation_id: int) -> Organisation:
    return Organisation.objects.get(pk=organisation_id)


@cache
def the_national_mediation() -> Organisation:
    return Organisation.objects.get(is_national=True)


def all_cafs() -> list[Organisation]:
    return list(Organisation.objects.cafs().order_by("code"))


def holiday_zone_of(organisation: Organisation) -> Zone:
    return rules.holiday_zone(organisation.code)


def opening_of(organisation_id: int) -> Opening:
    """What was last decided of the online procedure. Read each time: it may be decided at any moment."""
    return decided_openings(organisation_id)[0]


@prepared
def decided_openings(organisation_id: int) -> QuerySet[Opening]:
    """Every decision on the opening of a Caf, the last one first."""
    return Opening.objects.filter(organisation_id=organisation_id).order_by("-rank")


def openings() -> dict[int, Opening]:
    """What stands for each Caf, by its number; in one statement."""
    return {row.organisation_id: row for row in Opening.objects.order_by("rank")}


def is_online(organisation: Organisation, day: date) -> bool:
    return opening_of(organisation.pk).is_online(day)


def membership_of(user_id: int, organisation_id: int) -> Membership | None:
    """The running right of a user to work in a Caf; None the moment it ends."""
    return next(iter(_running_right(user=user_id, organisation=organisation_id)), None)


@prepared
def _running_right(*, user: int, organisation: int) -> QuerySet[Membership]:
    rights = Membership.objects.select_related("user").of_active_users()
    return rights.filter(user_id=user, organisation_id=organisation)


@prepared
def team_of(organisation_id: int) -> QuerySet[Membership]:
    """Who works on cases: the head of the Caf does not, nor who answers for a service."""
    outside = (Role.HEAD, *OF_A_SERVICE)
    team = Membership.objects.select_related("user").of_active_users().exclude(role__in=outside)
    return team.filter(organisation_id=organisation_id).order_by("role", "user__full_name")


def contacts_of(organisation_id: int, service: str) -> list[Membership]:
    """Who answers for a service of a Caf, its head last."""
    rows = Membership.objects.select_related("user").of_active_users().filter(service=service)
    return list(rows.filter(organisation_id=organisation_id).order_by("role", "user__full_name"))


def services_with_contacts(organisation_id: int) -> set[str]:
    """The services that somebody of this Caf answers for."""
    rows = Membership.objects.of_active_users().filter(organisation_id=organisation_id)
    return set(rows.exclude(service="").values_list("service", flat=True))
