"""An edition of an annual report as a page: its charts drawn for a screen, its pictures where they are."""

import base64
import re
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from mediane.reports.paper import drawn_for_screens, report_pdf
from mediane.reports.rules.composing import every_block, print_of

KEPT_FOR = 86_400
LOOKS = ("wide", "narrow")
STYLES = Path(__file__).parent / "static" / "design" / "report.css"
SIZE = re.compile(r'<svg ([^>]*?)class="marks" width="[\d.]+" height="[\d.]+"')


def as_page(contents: Mapping[str, Any], pictures: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of a report expect; `pictures` gives the address of each by its print."""
    whole = dict(contents)
    alternatives = dict(_alternatives(whole))
    charts = {
        name: format_html_join("", "{}", zip(map(partial(_inline, alternatives[name]), LOOKS, looks)))
        for name, looks in drawn_for_screens(whole).items()
    }
    return {"report": whole, "charts": charts, "pictures": dict(pictures)}


def pdf_kept(contents: Mapping[str, Any], pictures: Mapping[str, tuple[str, bytes]]) -> bytes:
    """Made once for what it says; a draft that changes is made again."""
    whole = dict(contents)
    name = f"report-pdf:{print_of(whole)}"
    kept: bytes | None = cache.get(name)
    if kept is None:
        kept = report_pdf(whole, pictures)
        cache.set(name, kept, KEPT_FOR)
    return kept


def in_the_page(pictures: Mapping[str, tuple[str, bytes]]) -> dict[str, str]:
    """Pictures as addresses that hold them: for a file that stands alone."""
    return {
        name: f"data:{kind};base64,{base64.b64encode(data).decode()}"
        for name, (kind, data) in pictures.items()
    }


@lru_cache(maxsize=1)
def styles() -> SafeString:
    return mark_safe(f"<style>{STYLES.read_text(encoding='utf-8')}</style>")  # noqa: S308 — a file of ours


def _alternatives(contents: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for block in every_block(contents):
        if block["kind"] == "chart":
            found.append((block["table"]["code"], block["alternative"]))
        if block["kind"] == "money":
            found += [(f"somme-{rank}", one["alternative"]) for rank, one in enumerate(block["sums"])]
    return found


def _inline(alternative: str, look: str, svg: str) -> SafeString:
    """One of the two is seen, and read aloud: the style sheet says which."""
    said = f'role="img" aria-label="{escape(alternative)}" focusable="false"'
    named = f"m-report__drawing m-report__drawing--{look}"
    head, inside = SIZE.sub(rf'<svg \1class="{named}"', svg, count=1).split(">", 1)
    fonts = inside.replace(
        'font-family="Atkinson Hyperlegible Next"', 'font-family="Atkinson Next, Arial, sans-serif"'
    )
    return mark_safe(f"{head} {said}>{fonts}")  # noqa: S308 — the engine escapes words, we do ours
