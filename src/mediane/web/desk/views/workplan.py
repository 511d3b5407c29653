from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mediane.casework.queries import workplan as queries
from mediane.casework.queries.listed import Listed
from mediane.casework.queries.signals import signals_of
from mediane.casework.queries.waits import listed_waits
from mediane.casework.queries.workplan import Counts, Cursor, Tab
from mediane.casework.rules.urgency import week_ends
from mediane.casework.states import WAITING
from mediane.kit import clock
from mediane.organisations.models import Organisation
from mediane.organisations.queries import team_of
from mediane.web.desk import filters as addresses
from mediane.web.desk import today as words
from mediane.web.desk.rows import Row, rows
from mediane.web.desk.waits import in_a_row
from mediane.web.request import StaffRequest

TABS = {
    Tab.ALL: "Tous",
    Tab.LATE: "En retard",
    Tab.TO_QUALIFY: "À qualifier",
    Tab.MINE: "Mes dossiers",
    Tab.UNASSIGNED: "Non attribués",
    Tab.AWAITING_PERSON: "Attend l’allocataire",
    Tab.AWAITING_DECISION: "Attend une décision",
    Tab.NEWS: "Réponses reçues",
    Tab.CLOSED: "Clos",
}
EMPTY = {
    Tab.ALL: ("Aucun dossier ouvert", "Les demandes des allocataires arriveront ici dès leur envoi."),
    Tab.LATE: ("Aucune échéance dépassée", "Un dossier vient ici le lendemain de son échéance."),
    Tab.TO_QUALIFY: ("Rien à qualifier", "Les nouvelles demandes arriveront ici dès leur envoi."),
    Tab.MINE: (
        "Aucun dossier à votre nom",
        "Ceux que vous prenez en charge, ou qui vous sont attribués, viendront ici.",
    ),
    Tab.UNASSIGNED: (
        "Chaque dossier est suivi par quelqu’un",
        "Les nouvelles demandes viennent ici en attendant.",
    ),
    Tab.AWAITING_PERSON: ("Aucune pièce attendue", "Un dossier vient ici quand vous demandez des pièces."),
    Tab.AWAITING_DECISION: (
        "Aucune décision attendue",
        "Un dossier vient ici quand vous le mettez en attente.",
    ),
    Tab.NEWS: ("Aucune réponse à lire", "Les messages et les documents des allocataires arriveront ici."),
    Tab.CLOSED: ("Aucun dossier clos", "Un dossier vient ici une fois la réponse envoyée."),
}


@require_http_methods(["GET", "HEAD"])
def workplan(request: StaffRequest) -> HttpResponse:
    organisation = request.organisation
    today = clock.today(organisation.time_zone)
    team = team_of(organisation.pk)
    tab, filters = addresses.read_tab(request.GET), addresses.read(request.GET, team)
    after = Cursor.read(request.GET.get(addresses.AFTER, ""), closed=tab == Tab.CLOSED)
    scope: dict[str, Any] = {
        "organisation_id": organisation.pk,
        "user_id": request.actor.id,
        "today": today,
        "tab": tab,
        "filters": filters,
    }
    counts = queries.counts(**scope)
    page = queries.page(**scope, after=after)
    shown = _rows(organisation, page.cases, today)
    context = {
        "tabs": _tabs(counts, tab),
        **_of_the_day(organisation, counts, today),
        "bar": addresses.bar(filters, team, tab=tab),
        "tab": tab,
        "groups": _groups(page, shown, counts, today)
        if tab != Tab.CLOSED
        else [("", None, shown)][: len(shown)],
        "team": team,
        "total": counts.shown if tab != Tab.CLOSED else None,
        "number": len(shown),
        "is_continued": after is not None,
        "next_href": addresses.query(filters, team, tab=tab, after=str(page.next)) if page.next else None,
        "here": addresses.query(filters, team, tab=tab),
        "empty": dict(zip(("title", "text"), EMPTY[tab], strict=True)),
    }
    return render(request, "desk/workplan.html", context)


def _rows(organisation: Organisation, cases: list[Listed], today: date) -> list[Row]:
    waiting = [case.reference for case in cases if case.state in WAITING]
    return rows(
        cases,
        signals_of(organisation.pk, cases),
        organisation=organisation,
        today=today,
        waits=in_a_row(listed_waits(organisation, waiting), today),
    )


def _of_the_day(organisation: Organisation, counts: Counts, today: date) -> dict[str, Any]:
    zone = organisation.time_zone
    return {
        "day": words.day(today),
        "late": words.late(counts),
        "rest": words.rest(counts),
        "unread": [
            (words, references)
            for words, references in (
                ("Réuni par un collègue à un autre dossier", counts.merged_by_others),
                ("Du nouveau sur un dossier clos", counts.written_once_closed),
            )
            if references
        ],
        "meetings": words.meetings(organisation.pk, today=today, time_zone=zone),
    }


def _tabs(counts: Counts, current: Tab) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "href": addresses.query(queries.Filters(), (), tab=tab),
            "count": counts.tabs.get(tab),
            "late": tab == Tab.LATE,
            "current": tab == current,
        }
        for tab, label in TABS.items()
    ]


def _groups(
    page: queries.Page, shown: list[Row], counts: Counts, today: date
) -> list[tuple[str, int | None, list[Row]]]:
    """Late, this week, later: each with its true count, those with nothing on this page left out."""
    dated = [(case.due_on, row) for case, row in zip(page.cases, shown, strict=True)]
    sunday = week_ends(today)
    groups = (
        ("En retard", counts.late, [row for on, row in dated if on < today]),
        ("Cette semaine", counts.this_week, [row for on, row in dated if today <= on <= sunday]),
        ("Plus tard", counts.later, [row for on, row in dated if on > sunday]),
    )
    return [group for group in groups if group[2]]
