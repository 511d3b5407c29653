"""What the engine drew, made ours: patterns, a text alternative, names no other chart of the page has."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from mediane.kit.graphics import ours

SIZE = re.compile(r'<svg ([^>]*?)class="marks" width="([\d.]+)" height="([\d.]+)"')


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
