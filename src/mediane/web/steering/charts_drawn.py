"""What the engine drew, made ours: patterns, a text alternative, names no other chart of the page has."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mediane.web.steering.charts import HATCHED

# Said of every group and path: the whole is one picture, with one alternative.
SAID_OF_PARTS = re.compile(r' (?:role="graphics-[a-z]+"|aria-[a-z]+="[^"]*"|pointer-events="none")')
SIZE = re.compile(r'<svg ([^>]*?)class="marks" width="([\d.]+)" height="([\d.]+)"')
PATTERN = (
    '<pattern id="{name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="6" height="6" fill="#ffffff"/>'
    f'<rect width="2.4" height="6" fill="{HATCHED}"/></pattern>'
)


def inline(svg: str, *, name: str, alternative: str, look: str) -> SafeString:
    """For a page: as wide as its place."""
    said = f'role="img" aria-label="{escape(alternative)}" focusable="false"'
    sized = SIZE.sub(rf'<svg \1class="m-chart m-chart--{look}"', _ours(svg, name), count=1)
    head, inside = sized.split(">", 1)
    return mark_safe(f"{head} {said}>{inside}")  # noqa: S308 — the engine escapes words, we do ours


def alone(svg: str, *, name: str, alternative: str) -> str:
    """For a file: with its size and its title, on white."""
    head, inside = SIZE.sub(r'<svg \1width="\2" height="\3"', _ours(svg, name), count=1).split(">", 1)
    title = f'<title id="{name}-title">{escape(alternative)}</title>'
    ground = '<rect width="100%" height="100%" fill="#ffffff"/>'
    return f'{head} role="img" aria-labelledby="{name}-title">{title}{ground}{inside}'


def _ours(svg: str, name: str) -> str:
    plain = SAID_OF_PARTS.sub("", svg)
    hatched = plain.replace(f'fill="{HATCHED}"', f'fill="url(#{name}-hatch)"')
    renamed = hatched.replace('id="clip', f'id="{name}-clip').replace("url(#clip", f"url(#{name}-clip")
    if hatched == plain:
        return renamed
    return renamed.replace("</svg>", f"<defs>{PATTERN.format(name=name)}</defs></svg>")
