from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mediane.casework.queries import workplan as queries
from mediane.casework.queries.signals import signals_of
from mediane.casework.queries.waits import listed_waits
from mediane.casework.queries.workplan import Counts, Cursor, Sort, Tab
from mediane.casework.rules.urgency import week_ends
from mediane.casework.states import WAITING
from mediane.kit import clock
from mediane.organisations.models import Membership, Organisation
from mediane.organisations.queries import team_of
from mediane.web.desk import filters as addresses
from mediane.web.desk import today as words
from mediane.web.desk import worklist
from mediane.web.desk.away import covering, in_words
from mediane.web.desk.rows import Row, rows
from mediane.web.desk.waits import in_a_row
from mediane.web.request import StaffRequest
from mediane.worklists.queries.changes import changes_of
from mediane.worklists.queries.desks import OwnDesk, desk_of
from mediane.worklists.rules import MOST_AT_ONCE

TABS = {
    Tab.ALL: "Tous",
    Tab.LATE: "En retard",
    Tab.TO_QUALIFY: "À qualifier",
    Tab.MINE: "Mes dossiers",
    Tab.UNASSIGNED: "Non attribués",
    Tab.AWAITING_PERSON: "Attend l’allocataire",
    Tab.AWAITING_DECISION: "Attend une décision",
    Tab.NEWS: "Du nouveau",
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
    Tab.NEWS: (
        "Rien de nouveau à lire",
        "Ce que les allocataires envoient, les réponses et les retards des services arriveront ici.",
    ),
    Tab.CLOSED: ("Aucun dossier clos", "Un dossier vient ici une fois la réponse envoyée."),
}


@require_http_methods(["GET", "HEAD"])
def workplan(request: StaffRequest) -> HttpResponse:
    organisation = request.organisation
    today = clock.today(organisation.time_zone)
    team = team_of(organisation.pk)
    desk = desk_of(organisation_id=organisation.pk, user_id=request.actor.id, at=clock.now())
    if not request.GET and (begins_with := desk.view(desk.begins_with)):
        return redirect(f"{request.path}{worklist.address_of(begins_with, team)}")
    place, filters = addresses.read_place(request.GET), addresses.read(request.GET, team)
    after = Cursor.read(request.GET.get(addresses.AFTER, ""), closed=place.tab == Tab.CLOSED)
    covered = covering(request)
    scope: dict[str, Any] = {"organisation_id": organisation.pk, "user_id": request.actor.id}
    asked: dict[str, Any] = scope | {"today": today, "tab": place.tab, "filters": filters}
    asked["covering"] = tuple(one.member_id for one in covered)
    counts, page = queries.counts(**asked), queries.page(**asked, after=after, sort=place.sort)
    shown = _shown(organisation, page, today)
    context = {
        "tabs": _tabs(counts, place.tab),
        **_of_the_day(organisation, counts, today),
        "bar": addresses.bar(filters, team, place),
        "tab": place.tab,
        "groups": _groups(page, shown, counts, today)
        if _is_grouped(place)
        else [("", None, shown)][: len(shown)],
        "team": team,
        "total": counts.shown if place.tab != Tab.CLOSED else None,
        "number": len(shown),
        "is_continued": after is not None,
        "next_href": addresses.query(filters, team, place, after=str(page.next)) if page.next else None,
        "here": addresses.query(filters, team, place),
        "empty": dict(zip(("title", "text"), EMPTY[place.tab], strict=True)),
        "changed": worklist.changed(changes_of(**scope, cases=page.cases)),
        **_own(desk, team, place, filters),
    }
    return render(request, "desk/workplan.html", context | {"covered": in_words(covered)})


def _shown(organisation: Organisation, page: queries.Page, today: date) -> list[Row]:
    waiting = [case.reference for case in page.cases if case.state in WAITING]
    return rows(
        page.cases,
        signals_of(organisation.pk, page.cases),
        organisation=organisation,
        today=today,
        waits=in_a_row(listed_waits(organisation, waiting), today),
    )


def _is_grouped(place: addresses.Place) -> bool:
    """By due date: in another order, late cases are not together."""
    return place.tab != Tab.CLOSED and place.sort == Sort.DUE


def _own(
    desk: OwnDesk, team: list[Membership], place: addresses.Place, filters: queries.Filters
) -> dict[str, Any]:
    """What is of whoever reads: views, columns, keys, what they last did to many cases."""
    bar = worklist.views_bar(desk, team, place, filters)
    columns = bar["current"].columns if bar["current"] else desk.columns
    return {
        "own": bar,
        "heads": worklist.heads(columns, place.tab),
        "caption": worklist.CAPTIONS[place.sort],
        "shortcuts": desk.has_shortcuts,
        "lately": desk.lately,
        "lately_words": worklist.lately(desk.lately, team),
        "entry_key": uuid4(),
        "most_at_once": MOST_AT_ONCE,
    }


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
            "href": addresses.query(queries.Filters(), (), addresses.Place(tab)),
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
