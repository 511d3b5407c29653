"""The home of steering: figures of a place and a period; each one as a file."""

import logging
from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from mediane.catalogue.models import Benefit, Channel
from mediane.catalogue.queries import every
from mediane.kit import clock
from mediane.kit.charts import ChartError, drawn
from mediane.kit.sheets import as_xlsx
from mediane.kit.spreadsheet import as_csv
from mediane.web.request import StaffRequest
from mediane.web.steering import charts_drawn, figures_shown
from mediane.web.steering.figures_asked import Asked, asked
from mediane.web.steering.figures_filters import filters
from mediane.web.steering.figures_lead import five, lead, remarks
from mediane.web.steering.figures_page import FIGURES, LOOK_OF
from mediane.web.steering.figures_read import Read, read
from mediane.web.steering.figures_shown import Drawing, Shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
logger = logging.getLogger(__name__)
Pictures = dict[str, list[SafeString]]


@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    found = _read(request, today)
    shown = [make(found) for make in FIGURES.values()] if found.handled or found.received else []
    pictures = _pictures(shown)
    context = {
        "asked": found.asked,
        "read": found,
        "lead": lead(found),
        "remarks": remarks(found),
        "five": five(found) if shown else [],
        "shown": shown,
        "looks": LOOK_OF,
        "pictures": pictures,
        "is_undrawn": not pictures and any(one.drawing for one in shown),
        "filters": filters(found, today, is_national=request.actor.kind == "national"),
        "is_usual": not request.GET,
        "this_year": today.year,
    }
    return render(request, "steering/figures.html", context)


@require_safe
def figure(request: StaffRequest, code: str, ending: str) -> HttpResponse:
    if code not in FIGURES or ending not in ("csv", "xlsx", "svg"):
        raise Http404
    found = _read(request, clock.today(request.organisation.time_zone))
    one = FIGURES[code](found)
    if ending == "svg":
        data, kind = _svg(one), "image/svg+xml"
    elif ending == "csv":
        data, kind = as_csv(figures_shown.as_texts(one.table)), "text/csv; charset=utf-8"
    else:
        data, kind = as_xlsx(figures_shown.as_cells(one.table), told=_told(one, found)), XLSX
    answer = HttpResponse(data, content_type=kind)
    name = "-".join(["mediane", code, _file_part(found.asked), found.asked.period.code])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def _read(request: StaffRequest, today: date) -> Read:
    return read(asked(request.GET, actor=request.actor, own=request.organisation, today=today), today)


def _svg(one: Shown) -> bytes:
    if one.drawing is None:
        raise Http404
    picture = charts_drawn.alone(drawn([one.drawing.wide])[0], name=one.code, alternative=one.alternative)
    return picture.encode()


def _told(one: Shown, found: Read) -> list[tuple[str, str]]:
    """What a sheet far from its page must say of itself."""
    by = found.asked.by
    lines = [
        ("Figure", one.title),
        ("Ce qui est compté", one.counts),
        ("Lieu", found.asked.place_name),
        ("Période", found.asked.period.words),
    ]
    if by.channel:
        lines.append(("Canal", every(Channel)[by.channel].label))
    if by.benefit:
        lines.append(("Prestation", every(Benefit)[by.benefit].label))
    return lines + [(how.name, f"{how.definition} {how.over}") for how in one.indicators]


def _file_part(asked: Asked) -> str:
    return asked.caf.code if asked.caf else "reseau" if asked.is_the_network else "region"


def _pictures(shown: Sequence[Shown]) -> Pictures:
    """Drawn all at once: the engine is woken once a page, and only for what was not drawn before.

    Without it there are tables, and the page says so.
    """
    places: list[tuple[str, str, Drawing, str]] = []
    for one in shown:
        if one.blocks:
            for rank, block in enumerate(one.blocks):
                if block.drawing:
                    said = f"{block.label}. {block.amount}. {block.note}"
                    places.append((f"{one.code}-{rank}", f"{one.code}-{rank}", block.drawing, said))
        elif one.drawing:
            places.append((one.code, one.code, one.drawing, one.alternative))
    try:
        made = drawn([spec for _, _, drawing, _ in places for spec in (drawing.wide, drawing.narrow)])
    except ChartError:
        logger.exception("charts not drawn")
        return {}
    pictures: Pictures = {}
    for rank, (place, name, _, said) in enumerate(places):
        pictures[place] = [
            charts_drawn.inline(svg, name=f"{name}-{look}", alternative=said, look=look)
            for svg, look in zip(made[2 * rank : 2 * rank + 2], ("wide", "narrow"), strict=True)
        ]
    return pictures
