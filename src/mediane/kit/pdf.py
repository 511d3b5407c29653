"""A Typst template and data → an accessible PDF (PDF/UA-1), made to be kept where asked (PDF/A-2a).

The data travel as JSON in `sys.inputs.data`: they are never source, so nothing a person types
can become markup or code. A template reads files of its own folder only.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal

import typst

Standard = Literal["ua-1", "a-2a"]
ACCESSIBLE: tuple[Standard, ...] = ("ua-1",)
# Both hold together: read by anybody, and by any machine in fifty years.
ACCESSIBLE_AND_KEPT: tuple[Standard, ...] = ("ua-1", "a-2a")


class PdfError(Exception):
    """The document could not be made, or would not have been accessible."""


def render(
    template: Path, data: Mapping[str, object], *, fonts: Path, standards: Sequence[Standard] = ACCESSIBLE
) -> bytes:
    """`data["created"]` (ISO 8601 with its offset) dates the file: same data, same bytes."""
    compiler = _compiler(template, data, fonts)
    try:
        made, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=list(standards), timestamp=_creation(data)
        )
    except typst.TypstError as error:
        raise PdfError(error.diagnostic) from error
    if warnings:
        raise PdfError("\n".join(warning.message for warning in warnings))
    if not isinstance(made, bytes):
        raise PdfError(f"{template.name} gave no document")
    return made


def pictures(template: Path, data: Mapping[str, object], *, fonts: Path, dots_per_inch: int) -> list[bytes]:
    """The same document as PNG pages, to be looked at before it is made."""
    try:
        made = _compiler(template, data, fonts).compile(format="png", ppi=float(dots_per_inch))
    except typst.TypstError as error:
        raise PdfError(error.diagnostic) from error
    if made is None:
        raise PdfError(f"{template.name} gave no picture")
    return [made] if isinstance(made, bytes) else list(made)


def _compiler(template: Path, data: Mapping[str, object], fonts: Path) -> typst.Compiler:
    return typst.Compiler(
        template,
        root=template.parent,
        font_paths=_shipped(fonts),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )


def _creation(data: Mapping[str, object]) -> datetime:
    created = datetime.fromisoformat(str(data["created"]))
    if created.tzinfo is None:
        raise PdfError("the creation date has no offset")
    # Typst takes whole seconds.
    return created.replace(microsecond=0)


@lru_cache(maxsize=4)
def _shipped(folder: Path) -> typst.Fonts:
    """Neither the machine's fonts nor Typst's own: a letter looks the same everywhere."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    if not fonts.families():
        raise PdfError(f"no font in {folder}")
    return fonts
