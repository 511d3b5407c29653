"""Sheets drawn apart that leave in one envelope."""

import io

import pikepdf


def bound(*parts: bytes) -> bytes:
    """One PDF of several, page after page, each page as it was."""
    written = io.BytesIO()
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(io.BytesIO(part)) as one:
                whole.pages.extend(one.pages)
        whole.save(written)
    return written.getvalue()
