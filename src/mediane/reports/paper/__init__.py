"""A frozen edition → its PDF, its charts and its data; always the same bytes."""

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from mediane.correspondence.paper.drawable import FOLDER, drawable
from mediane.kit import pdf
from mediane.reports.paper.charts import drawn, drawn_for_screens
from mediane.reports.paper.data import archive

HERE = Path(__file__).parent
__all__ = ["archive", "drawn", "drawn_for_screens", "report_pdf"]


def report_pdf(contents: Mapping[str, Any], pictures: Mapping[str, tuple[str, bytes]]) -> bytes:
    """PDF/UA-1 and PDF/A-2a together. `pictures` by their print, with their media type."""
    data: dict[str, object] = {
        "contents": drawable(contents),
        "charts": drawn(contents),
        "pictures": {name: _framed(kind, data) for name, (kind, data) in pictures.items()},
        "created": contents["cover"]["frozen_at"],
    }
    return pdf.render(HERE / "report.typ", data, fonts=FOLDER, standards=pdf.ACCESSIBLE_AND_KEPT)


def _framed(kind: str, data: bytes) -> str:
    """A photograph inside a drawing: Typst takes no bytes from its data, and draws what text says."""
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    address = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    size = f'width="{width}" height="{height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{address}"/></svg>'
