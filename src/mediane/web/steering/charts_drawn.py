"""What the engine drew, made ours: patterns, a text alternative, names no other chart of the page has."""

import logging
import re
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mediane.kit.charts import ChartError, drawn
from mediane.kit.graphics import ours
from mediane.web.steering.figures.shown import Drawing

SIZE = re.compile(r'<svg ([^>]*?)class="marks" width="([\d.]+)" height="([\d.]+)"')
logger = logging.getLogger(__name__)
Place = tuple[str, Drawing, str]  # its name, what stands there, what is said of it
Pictures = dict[str, list[SafeString]]


def pictures(places: Sequence[Place]) -> Pictures:
    """Drawn all at once: the engine is woken once a page, and only for what was not drawn before.

    Without it there are tables, and the page says so.
    """
    try:
        made = drawn([spec for _, drawing, _ in places for spec in (drawing.wide, drawing.narrow)])
    except ChartError:
        logger.exception("charts not drawn")
        return {}
    return {
        name: [
            inline(svg, name=f"{name}-{look}", alternative=said, look=look)
            for svg, look in zip(made[2 * rank : 2 * rank + 2], ("wide", "narrow"), strict=True)
        ]
        for rank, (name, _, said) in enumerate(places)
    }


def inline(svg: str, *, name: str, alternative: str, look: str) -> SafeString:
    """For a page: as wide as its place."""
    said = f'role="img" aria-label="{escape(alternative)}" focusable="false"'
    sized = SIZE.sub(rf'<svg \1class="m-chart m-chart--{look}"', ours(svg, name), count=1)
    head, inside = sized.split(">", 1)
    return mark_safe(f"{head} {said}>{inside}")  # noqa: S308 — the engine escapes words, we do ours


def alone(svg: str, *, name: str, alternative: str) -> str:
    """For a file: with its size and its title, on white."""
    head, inside = SIZE.sub(r'<svg \1width="\2" height="\3"', ours(svg, name), count=1).split(">", 1)
    title = f'<title id="{name}-title">{escape(alternative)}</title>'
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return f'{head} role="img" aria-labelledby="{name}-title">{title}{ground}{inside}'
