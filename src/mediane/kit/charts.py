"""A Vega-Lite specification → SVG, drawn once: in a process of its own, which gives its memory back.

The engine holds as much as a small browser; what is drawn is kept in files that all workers share, by the
print of its specification and of the engine. Numbers of a Caf are in them, no person is.
"""

import hashlib
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from django.core.cache import caches

Specification = Mapping[str, Any]
SECONDS = 30
ENGINE = version("vl-convert-python")


class ChartError(Exception):
    """The specification cannot be drawn."""


def drawn(specifications: Sequence[Specification]) -> list[str]:
    """The SVG of each, in their order: same specification, same characters.

    :raises ChartError: if the engine refuses one of them.
    """
    texts = [json.dumps(one, sort_keys=True, ensure_ascii=False) for one in specifications]
    names = {text: hashlib.sha256(f"{ENGINE} {text}".encode()).hexdigest() for text in texts}
    kept = caches["drawings"]
    known: dict[str, str] = kept.get_many(names.values())
    missing = [text for text, name in names.items() if name not in known]
    if missing:
        fresh = dict(zip((names[text] for text in missing), _draw(missing), strict=True))
        kept.set_many(fresh)
        known |= fresh
    return [known[names[text]] for text in texts]


def _draw(texts: Sequence[str]) -> list[str]:
    command = [sys.executable, "-I", "-m", "mediane.kit.drawing"]
    try:
        done = subprocess.run(  # noqa: S603 — a module of ours, and nothing of a person in its arguments
            command, input=json.dumps(texts), capture_output=True, text=True, timeout=SECONDS, check=True
        )
    except subprocess.CalledProcessError as error:
        raise ChartError(error.stderr.strip()[-500:]) from error
    except subprocess.TimeoutExpired as error:
        raise ChartError(f"not drawn within {SECONDS} seconds") from error
    made: list[str] = json.loads(done.stdout)
    return made
