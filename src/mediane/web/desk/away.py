"""What absences change on the pages of cases: whose one looks after, and who is proposed instead of whom."""

from django.http import HttpResponse
from django.shortcuts import render

from mediane.accounts.models import User
from mediane.attendance.models import Absence
from mediane.attendance.queries.absences import covered_by, covers, running
from mediane.kit import clock
from mediane.kit.french import long_date
from mediane.web.request import StaffRequest

ANYWAY = "anyway"


def covering(request: StaffRequest) -> list[Absence]:
    """Those whom whoever asks replaces today."""
    return covered_by(request.actor.id, away_today(request))


def in_words(absences: list[Absence]) -> dict[str, str]:
    """By name: « Vous remplacez Nadia Pruvost jusqu’au 4 décembre 2026 »."""
    return {
        one.member.full_name: f"Vous remplacez {one.member.full_name} jusqu’au {long_date(one.last_on)}"
        for one in absences
    }


def hints(absences: list[Absence]) -> dict[str, str]:
    """Beside each person: until when they are away, and who stands in."""
    return {str(one.member_id): _until(one) for one in absences}


def in_their_place(absences: list[Absence]) -> dict[str, list[str]]:
    """Beside each person: those whom they replace."""
    known: dict[str, list[str]] = {}
    for one in absences:
        known.setdefault(str(one.cover_id), []).append(one.member.full_name)
    return known


def instead(request: StaffRequest, to: User, *, back: str) -> HttpResponse | None:
    """The page that proposes the cover of somebody away, before anything is done; None when there is no need.

    « Quand même » stays possible. A cover who is away too is not offered.
    """
    known = away_today(request)
    absence = next((one for one in known if one.member_id == to.pk), None)
    if absence is None or request.POST.get(ANYWAY) == str(to.pk):
        return None
    context = {
        "to": to,
        "until": long_date(absence.last_on),
        "cover": None if absence.cover_id in covers(known) else absence.cover,
        "cover_is_away": absence.cover_id in covers(known),
        "covering": absence.cover,
        # All that was chosen comes along, but whom for.
        "held": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("to", ANYWAY, "csrfmiddlewaretoken")
        ],
        "here": request.path,
        "back_href": back,
    }
    return render(request, "desk/assign_away.html", context)


def away_today(request: StaffRequest) -> list[Absence]:
    return running(request.organisation.pk, clock.today(request.organisation.time_zone))


def _until(absence: Absence) -> str:
    stands_in = f" Remplacement\u00a0: {absence.cover.full_name}." if absence.cover else ""
    return f"En absence jusqu’au {long_date(absence.last_on)}.{stands_in}"
