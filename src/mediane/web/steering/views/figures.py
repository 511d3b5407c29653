"""The home of steering: figures of a place and a period; each one as a file."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mediane.catalogue.models import Benefit, Channel
from mediane.catalogue.queries import every
from mediane.kit import clock
from mediane.kit.charts import drawn
from mediane.kit.sheets import as_xlsx
from mediane.kit.spreadsheet import as_csv
from mediane.web.request import StaffRequest
from mediane.web.steering import charts_drawn
from mediane.web.steering.charts_drawn import Place
from mediane.web.steering.figures.asked import Asked, asked
from mediane.web.steering.figures.filters import filters
from mediane.web.steering.figures.lead import five, lead, remarks
from mediane.web.steering.figures.page import FIGURES, LOOK_OF
from mediane.web.steering.figures.read import Read, read
from mediane.web.steering.figures.shown import Shown, as_cells, as_texts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def figures(request: StaffRequest) -> HttpResponse:
    today = clock.today(request.organisation.time_zone)
    found = _read(request, today)
    shown = [make(found) for make in FIGURES.values()] if found.handled or found.received else []
    pictures = charts_drawn.pictures(list(_places(shown)))
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
        data, kind = as_csv(as_texts(one.table)), "text/csv; charset=utf-8"
    else:
        data, kind = as_xlsx(as_cells(one.table), told=_told(one, found)), XLSX
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


def _places(shown: Sequence[Shown]) -> Iterator[Place]:
    for one in shown:
        if one.blocks:
            for rank, block in enumerate(one.blocks):
                if block.drawing:
                    yield f"{one.code}-{rank}", block.drawing, f"{block.label}. {block.amount}. {block.note}"
        elif one.drawing:
            yield one.code, one.drawing, one.alternative
