"""Makers of files, so that nothing binary is kept in the repository."""

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from PIL import Image

Maker = Callable[..., bytes]


@pytest.fixture(scope="session")
def picture() -> Maker:
    def make(
        form: str = "JPEG", *, size: tuple[int, int] = (40, 30), mode: str = "RGB", **more: Any
    ) -> bytes:
        out = io.BytesIO()
        image = Image.linear_gradient("L").resize(size).convert(mode)
        image.save(out, form, **more)
        return out.getvalue()

    return make


@pytest.fixture(scope="session")
def pdf() -> Maker:
    def make(pages: int = 1, **more: Any) -> bytes:
        out = io.BytesIO()
        with pikepdf.new() as made:
            for _ in range(pages):
                made.add_blank_page()
            made.save(out, **more)
        return out.getvalue()

    return make
