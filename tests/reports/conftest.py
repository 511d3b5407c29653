import io

import pytest
from PIL import Image


@pytest.fixture
def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2400, 1200), "#0e5460").save(out, "PNG")
    return out.getvalue()
